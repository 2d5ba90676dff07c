// The panels beside the derivation: somebody's lines with a verdict on each, and a whole question with its answer.

import { ask } from './ask.js';
import { element, formula, post, sentence } from './setting.js';

const $ = (id) => document.getElementById(id);

export function checkPanel(declared) {
  $('check-now').onclick = async () => {
    const reply = await ask({ do: 'check', source: $('lines').value, declare: declared() });
    $('verdicts').replaceChildren(...(reply.ok ? reply.data.lines.map(verdict) : [element('li', { className: 'fails', textContent: reply.error.text })]));
  };
}

function verdict(line) {
  const item = element('li', { className: line.verdict });
  const assuming = line.assuming?.length ? ` if ${line.assuming.join(' and ')}` : '';
  item.append(element('span', { className: 'badge', textContent: line.verdict }), formula(line.latex), sentence(`${assuming}${line.reason ? ` — ${line.reason}` : ''}`));
  if (line.mistake?.repair) item.append(element('p', {}, sentence(String(line.mistake.repair))));
  if (line.expected) {
    item.append(element('p', {}, 'expected: ', formula(line.expected)));
    const button = element('button', { type: 'button', textContent: 'Take it' });
    button.onclick = () => accept(line, button);
    if (line.place) item.append(button);
  }
  return item;
}

/** Put what was expected behind the last = of the line, where that is plain. */
function accept(line, button) {
  const lines = $('lines').value.split('\n');
  const at = (row, column) => lines.slice(0, row - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const [start, end] = [at(line.place.line, line.place.column), at(line.place.end_line, line.place.end_column)];
  const text = $('lines').value;
  const equals = text.slice(start, end).lastIndexOf('=');
  if (equals < 0) { button.disabled = true; return; }
  $('lines').value = `${text.slice(0, start + equals + 1)} ${line.expected}${text.slice(end)}`;
  $('check-now').click();
}

export function questionPanel() {
  $('answer-now').onclick = async () => {
    const reply = await ask({ do: 'answer', source: $('post').value });
    $('answer').replaceChildren(reply.ok ? post(reply.data.text) : element('p', { className: 'error', textContent: reply.error.text }));
  };
}

// The panels beside the derivation: somebody's lines with a verdict on each, and a whole question with its answer.

import { ask } from './ask.js';
import { element, formula, post, sentence } from './setting.js';

const $ = (id) => document.getElementById(id);
const LINES = String.raw`f = \|Xw - y\|^2
df = 2 (Xw - y)^T X dw
\nabla_w f = X^T (Xw - y)`;
const POST = String.raw`What is the gradient of $L = \|Xw - y\|^2 + \lambda \|w\|^2$ with respect to $w$?
I got $\frac{\partial L}{\partial w} = X^T(Xw - y) + \lambda w$ but my numbers are half of what they should be.`;

/** A button, with Ctrl+Enter in its field, that shows that it is at work. */
function atWork(button, field, work) {
  const run = async () => {
    if (button.disabled) return;
    const word = button.textContent;
    [button.disabled, button.textContent] = [true, `${word} …`];
    try { await work(); } finally { [button.disabled, button.textContent] = [false, word]; }
  };
  button.onclick = run;
  field.onkeydown = (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } };
}

const wrong = (error) => element('li', { className: 'error' }, element('pre', { textContent: error.text }));

export function checkPanel(declared) {
  atWork($('check-now'), $('lines'), async () => {
    const reply = await ask({ do: 'check', source: $('lines').value, declare: declared() });
    $('verdicts').replaceChildren(...(reply.ok ? reply.data.lines.map(verdict) : [wrong(reply.error)]));
    const counts = reply.ok ? Object.entries(reply.data.counts).filter(([, count]) => count) : [];
    $('verdict-sum').textContent = counts.map(([word, count]) => `${count} ${word}`).join(', ');
  });
  $('check-example').onclick = () => { $('lines').value = LINES; $('check-now').click(); };
}

function verdict(line) {
  const item = element('li', { className: line.verdict });
  const lines = /(?<!\\)&|\\\\/.test(line.latex) ? `\\begin{aligned}${line.latex}\\end{aligned}` : line.latex;
  item.append(element('span', { className: 'badge', textContent: line.verdict }), formula(lines));
  if (line.assuming?.length) item.append(element('p', {}, 'if ', sentence(line.assuming.join(' and '))));
  if (line.reason) item.append(element('p', {}, sentence(line.reason)));
  if (line.mistake?.repair) item.append(element('p', {}, sentence(String(line.mistake.repair))));
  if (line.expected) {
    item.append(element('p', {}, 'expected: ', formula(line.expected)));
    const button = element('button', { type: 'button', textContent: 'Put it in the line' });
    button.onclick = () => accept(line, button);
    if (line.place) item.append(button);
  }
  return item;
}

/** Put what was expected behind the last = of the line, where that is plain. */
function accept(line, button) {
  const rows = $('lines').value.split('\n');
  const at = (row, column) => rows.slice(0, row - 1).reduce((sum, each) => sum + each.length + 1, 0) + [...rows[row - 1]].slice(0, column - 1).join('').length;
  const [start, end] = [at(line.place.line, line.place.column), at(line.place.end_line, line.place.end_column)];
  const text = $('lines').value;
  const equals = text.slice(start, end).lastIndexOf('=');
  if (equals < 0) { button.disabled = true; return; }
  $('lines').value = `${text.slice(0, start + equals + 1)} ${line.expected}${text.slice(end)}`;
  $('check-now').click();
}

export function questionPanel(tell) {
  let text = '';
  atWork($('answer-now'), $('post'), async () => {
    const reply = await ask({ do: 'answer', source: $('post').value });
    text = reply.ok ? reply.text : '';
    $('answer').replaceChildren(reply.ok ? post(text) : wrong(reply.error));
    $('answer-copy').hidden = !reply.ok;
  });
  $('answer-copy').onclick = () => navigator.clipboard?.writeText(text).then(() => tell('copied'), () => tell('the browser does not let the page copy'));
  $('answer-example').onclick = () => { $('post').value = POST; $('answer-now').click(); };
}

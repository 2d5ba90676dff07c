// The panels beside the derivation: somebody's lines with a verdict on each, and a whole question with its answer.

import { ask } from './ask.js';
import { field, range } from './fields.js';
import { element, formula, post, sentence } from './setting.js';

const $ = (id) => document.getElementById(id);
const LINES = String.raw`f = \|Xw - y\|^2
df = 2 (Xw - y)^T X dw
\nabla_w f = X^T (Xw - y)`;
const POST = String.raw`What is the gradient of $L = \|Xw - y\|^2 + \lambda \|w\|^2$ with respect to $w$?
I got $\frac{\partial L}{\partial w} = X^T(Xw - y) + \lambda w$ but my numbers are half of what they should be.`;

const PUT = 'Put it in the line';
const SIGNS = { holds: '✓', fails: '✗', unknown: '?', unreadable: '?' };
const SEVERITY = { fails: 'error', unreadable: 'warning' };

/** A button that shows that it is at work. */
function atWork(button, work) {
  const run = async () => {
    if (button.disabled) return;
    const word = button.textContent;
    [button.disabled, button.textContent] = [true, `${word} …`];
    try { await work(); } finally { [button.disabled, button.textContent] = [false, word]; }
  };
  button.onclick = run;
}

const wrong = (error) => element('li', { className: 'error' }, element('pre', { textContent: error.text }));

export function checkPanel(declared) {
  const lines = field($('lines'), { words: true, run: () => $('check-now').click(), changed: () => lines.mark([]) });
  const accept = (line) => { lines.value = mended(lines.value, line); $('check-now').click(); };
  atWork($('check-now'), async () => {
    const text = lines.value;
    const reply = await ask({ do: 'check', source: text, declare: declared() });
    const found = reply.ok ? reply.data.lines : [];
    $('verdicts').replaceChildren(...(reply.ok ? found.map((line) => verdict(line, accept)) : [wrong(reply.error)]));
    $('verdict-sum').textContent = reply.ok ? Object.entries(reply.data.counts).filter(([, count]) => count).map(([word, count]) => `${count} ${word}`).join(', ') : '';
    if (lines.value !== text) return;
    const placed = found.filter((line) => line.place).map((line) => ({ ...line, ...range(text, line.place) }));
    lines.judge(placed.filter((line) => SIGNS[line.verdict]).map((line) => ({ from: line.from, sign: SIGNS[line.verdict], word: line.verdict })));
    lines.mark(placed.filter((line) => SEVERITY[line.verdict]).map((line) => ({
      from: line.from, to: line.to, severity: SEVERITY[line.verdict], message: `${line.verdict}: ${line.reason ?? ''}`.replaceAll('$', ''), actions: mendable(line) ? [{ name: PUT, apply: () => accept(line) }] : [],
    })));
  });
  $('check-example').onclick = () => { lines.value = LINES; $('check-now').click(); };
}

function verdict(line, accept) {
  const item = element('li', { className: line.verdict });
  const lines = /(?<!\\)&|\\\\/.test(line.latex) ? `\\begin{aligned}${line.latex}\\end{aligned}` : line.latex;
  item.append(element('span', { className: 'badge', textContent: line.verdict }), formula(lines));
  if (line.assuming?.length) item.append(element('p', {}, 'if ', sentence(line.assuming.join(' and '))));
  if (line.reason) item.append(element('p', {}, sentence(reason(line))));
  if (line.expected) {
    item.append(element('p', {}, 'expected: ', formula(line.expected)));
    const button = element('button', { type: 'button', textContent: PUT });
    button.onclick = () => accept(line);
    if (mendable(line)) item.append(button);
  }
  return item;
}

/** Why, with the parts of the line that it names set as formulas. */
function reason({ reason: words, mistake }) {
  return mistake?.repair ? words.replace(`${mistake.part} should be ${mistake.repair}`, () => `$${mistake.part}$ should be $${mistake.repair}$`) : words;
}

const mendable = (line) => Boolean(line.expected && line.place && line.latex.includes('='));

/** The text with what was expected behind the last = of the line. */
function mended(text, line) {
  const { from, to } = range(text, line.place);
  const equals = text.slice(from, to).lastIndexOf('=');
  return equals < 0 ? text : `${text.slice(0, from + equals + 1)} ${line.expected}${text.slice(to)}`;
}

export function questionPanel(tell) {
  let text = '';
  const asked = field($('post'), { words: true, run: () => $('answer-now').click() });
  atWork($('answer-now'), async () => {
    const reply = await ask({ do: 'answer', source: asked.value });
    text = reply.ok ? reply.text : '';
    $('answer').replaceChildren(reply.ok ? post(text) : wrong(reply.error));
    $('answer-copy').hidden = !reply.ok;
  });
  $('answer-copy').onclick = () => navigator.clipboard?.writeText(text).then(() => tell('copied'), () => tell('the browser does not let the page copy'));
  $('answer-example').onclick = () => { asked.value = POST; $('answer-now').click(); };
}

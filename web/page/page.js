// The page: three panels over one protocol. What is typed is asked for after a short rest; an answer that comes late is left out.

import { ask, begin, inBrowser } from './ask.js';
import { checkPanel, questionPanel } from './panels.js';
import { fromLink, intoLink, past, remember } from './keeping.js';
import { element, formula, sentence } from './setting.js';

const REST = 250;
const EXAMPLES = [
  { source: String.raw`\|Ax-b\|_2^2`, wrt: 'x' },
  { source: String.raw`\log\det(X^T A X)`, wrt: 'X', declare: ['A: matrix n x n symmetric'] },
  { source: String.raw`f = W^T x + b; \lambda = f^T y; W \in \mathbb{R}^{m\times 10}; \frac{\partial\lambda}{\partial W}` },
  { source: String.raw`\sum_{i=1}^n \log(1+\exp(-y_i x_i^T w))`, wrt: 'w' },
  { source: String.raw`p = \operatorname{softmax}(Wx); L = -t^T\log p; \mathbf{1}^T t = 1`, wrt: 'W' },
  { source: String.raw`\operatorname{tr}(AX^{-1}B)`, wrt: 'X' },
  { source: String.raw`\frac{x^TAx}{x^Tx}`, wrt: 'x', declare: ['A: matrix n x n symmetric'] },
];
const $ = (id) => document.getElementById(id);
const say = (text) => { $('state').textContent = text; };
let declared = [];
let turn = 0;
let timer = 0;

const state = () => ({
  source: $('source').value, wrt: $('wrt').value, layout: $('layout').value, order: $('order').value, form: $('form').value,
  detail: document.querySelector('[name=detail]:checked').value, declare: declared,
});

function put(given) {
  for (const name of ['source', 'wrt']) $(name).value = given[name] ?? '';
  for (const [name, usual] of [['layout', 'denominator'], ['order', '1'], ['form', 'auto']]) $(name).value = given[name] ?? usual;
  const detail = document.querySelector(`[name=detail][value="${CSS.escape(given.detail ?? 'normal')}"]`);
  if (detail) detail.checked = true;
  declared = Array.isArray(given.declare) ? given.declare.map(String) : [];
  derive();
}

const request = (more = {}) => {
  const { source, wrt, layout, order, form, detail, declare } = state();
  const asked = { source, layout, order: Number(order), form, detail, declare, ...more };
  if (wrt.trim()) asked.wrt = wrt;
  if (inBrowser()) asked.check = false;
  return asked;
};

function later() {
  clearTimeout(timer);
  preview();
  timer = setTimeout(derive, REST);
}

function preview() {
  $('preview').replaceChildren(...$('source').value.split(/;|\n/).filter((each) => each.trim()).map((each) => element('div', {}, formula(each))));
}

async function derive() {
  const mine = ++turn;
  preview();
  showDeclared();
  intoLink(state());
  if (!$('source').value.trim()) return clear();
  const reply = await ask({ do: 'show', ...request() }).catch((error) => ({ ok: false, error: { text: String(error), message: String(error) } }));
  if (mine !== turn) return;
  if (!reply.ok) return showError(reply.error);
  $('error').hidden = true;
  $('source').removeAttribute('aria-invalid');
  showNames(reply.symbols);
  showDerivation(reply);
  remember(state());
  showList('history', past());
}

function clear() {
  $('error').hidden = true;
  for (const id of ['derivation', 'names']) $(id).replaceChildren();
}

function showError(error) {
  $('error').hidden = false;
  $('error').textContent = `${error.message}${error.help ? `\n${error.help}` : ''}`;
  $('source').setAttribute('aria-invalid', 'true');
  for (const id of ['derivation', 'names']) $(id).replaceChildren();
  if (!error.line || error.file !== '<formula>') return;
  const lines = $('source').value.split('\n');
  const at = (line, column) => lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const marked = $('source').value.slice(at(error.line, error.column), at(error.end_line, error.end_column));
  if (marked.trim()) $('error').prepend(element('code', { textContent: `${marked}: ` }));
}

function showNames(names) {
  $('names').replaceChildren(...names.map((each) => {
    const size = each.shape.length ? ` ${each.shape.join(' × ')}` : '';
    const text = `${each.kind}${size} ${each.properties.join(' ')}`.trim();
    const chip = element('button', { type: 'button', title: each.guessed ? 'guessed: click to declare it' : 'click to declare it otherwise' }, formula(each.latex), ` ${text}`);
    chip.onclick = () => {
      $('declaration').value = `${each.latex}: ${each.kind} ${each.shape.filter((dim) => each.kind === 'matrix' || dim !== '1').join(' x ')} ${each.properties.join(' ')}`.trim();
      $('declaration').focus();
    };
    return element('li', { className: `${each.guessed ? 'guessed' : ''} ${each.variable ? 'variable' : ''}` }, chip);
  }));
}

function showDeclared() {
  $('declared').replaceChildren(...declared.map((each) => {
    const chip = element('button', { type: 'button', textContent: `${each} ×`, title: 'take it back' });
    chip.onclick = () => { declared = declared.filter((other) => other !== each); derive(); };
    return element('li', {}, chip);
  }));
}

function rowsOf(line, kind) {
  return line.rows.map((right, at) => {
    const row = element('tr', { className: `${kind} ${line.confirmed === false ? 'unconfirmed' : ''}`, tabIndex: at ? -1 : 0 });
    row.append(element('td', {}, at ? '' : formula(line.left, false)), element('td', { className: 'relation' }, at ? '' : formula(line.relation)), element('td', {}, formula(`\\displaystyle ${right}`)));
    row.append(element('td', { className: 'reason' }, at ? '' : sentence(line.reason)));
    row.onmouseenter = row.onfocus = () => about(line);
    return row;
  });
}

function about(line) {
  const confirmed = line.confirmed === true ? 'confirmed by numbers' : line.confirmed === false ? 'not confirmed' : 'not checked';
  $('about').replaceChildren(sentence([line.reason, line.source, confirmed].filter(Boolean).join(' · ')));
}

function showDerivation(reply) {
  const table = element('table', { className: 'derivation' });
  for (const line of reply.lines) table.append(...rowsOf(line, ''));
  if (reply.result) table.append(...rowsOf(reply.result, 'result'));
  const definitions = (lines, word) => (lines.length ? [element('p', {}, `${word} `, ...lines.flatMap((line, at) => [at ? ', ' : '', formula(`${line.left} ${line.relation} ${line.rows.join(' ')}`)]), '.')] : []);
  const said = reply.sentences.map((each) => element('p', {}, sentence(each)));
  $('derivation').replaceChildren(...definitions(reply.let, 'Let'), table, ...definitions(reply.where, 'with'), ...said);
  say(reply.checked ? (reply.confirmed ? 'every step confirmed by numbers' : 'not every step is confirmed') : 'not checked: the numbers are computed by the installed derivtex');
  $('about').replaceChildren();
}

function showList(id, list) {
  $(id).replaceChildren(...list.map((each) => {
    const button = element('button', { type: 'button', textContent: each.source });
    button.onclick = () => put(each);
    return element('li', {}, button);
  }));
}

async function copy(kind) {
  let text = location.href;
  if (kind !== 'link') {
    const how = { markdown: { format: 'markdown' }, forum: { template: 'forum' }, eqnarray: { template: 'eqnarray' }, align: { template: 'align' } }[kind] ?? { format: kind };
    const reply = await ask(request(how));
    if (!reply.ok) return showError(reply.error);
    text = reply.text;
  }
  $('text').textContent = text;
  $('text').hidden = false;
  await navigator.clipboard?.writeText(text).then(() => say('copied'), () => say('select the text below to copy it'));
}

function open(tab) {
  for (const each of document.querySelectorAll('[role=tab]')) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    $(each.getAttribute('aria-controls')).hidden = !chosen;
  }
}

function wire() {
  for (const id of ['source', 'wrt']) $(id).addEventListener('input', later);
  for (const id of ['layout', 'order', 'form']) $(id).addEventListener('change', derive);
  for (const each of document.querySelectorAll('[name=detail]')) each.addEventListener('change', derive);
  for (const each of document.querySelectorAll('[data-copy]')) each.onclick = () => copy(each.dataset.copy);
  const tabs = [...document.querySelectorAll('[role=tab]')];
  tabs.forEach((tab, at) => {
    tab.onclick = () => open(tab);
    tab.onkeydown = ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) { const next = tabs[(at + step + tabs.length) % tabs.length]; open(next); next.focus(); }
    };
  });
  $('declaring').onsubmit = (event) => {
    event.preventDefault();
    const text = $('declaration').value.trim();
    if (!text) return;
    const name = text.split(':')[0].trim();
    declared = [...declared.filter((each) => each.split(':')[0].trim() !== name), text];
    $('declaration').value = '';
    derive();
  };
  checkPanel(() => declared);
  questionPanel();
  showList('examples', EXAMPLES);
  showList('history', past());
}

wire();
await begin(say).catch((error) => say(`Python could not be loaded: ${error.message}`));
put(fromLink() ?? past()[0] ?? EXAMPLES[0]);
document.body.dataset.ready = 'yes';

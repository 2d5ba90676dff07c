// The page: three panels over one protocol. What is typed is asked for after a short rest; an answer that comes late is left out.

import { ask, begin, numbersAre, whenNumbersCome } from './ask.js';
import { showDerivation } from './derivation.js';
import { EXAMPLES } from './examples.mjs';
import { field, range, visual } from './fields.js';
import { chosen, makeMenus, putMenus } from './menus.js';
import { names } from './names.js';
import { checkPanel, questionPanel } from './panels.js';
import { fromLink, intoLink, past, remember } from './keeping.js';
import { picture } from './picture.js';
import { element, mathml, preview as previewOf } from './setting.js';

const REST = 250;
const OF_BEFORE = ['derivation', 'names', 'readings'];  // what stays, faint, where a formula cannot be read
const $ = (id) => document.getElementById(id);
const tell = (text) => { $('told').textContent = text; };
let turn = 0;
let timer = 0;
let source = { value: '' };
let seen = { put() {} };

const state = () => ({
  source: source.value, wrt: $('wrt').value, ...chosen(), detail: document.querySelector('[name=detail]:checked').value, declare: names.declared,
});

function put(given) {
  source.value = given.source ?? '';
  seen.put(source.value);
  $('wrt').value = given.wrt ?? '';
  putMenus(given);
  const detail = document.querySelector(`[name=detail][value="${CSS.escape(given.detail ?? 'normal')}"]`);
  if (detail) detail.checked = true;
  names.declared = Array.isArray(given.declare) ? given.declare.map(String) : [];
  derive();
}

const request = (more = {}) => {
  const { wrt, ...asked } = { ...state(), ...more };
  if (wrt.trim()) asked.wrt = wrt;
  if (numbersAre() !== 'here') asked.check = false;
  return asked;
};

function later() {
  clearTimeout(timer);
  preview();
  timer = setTimeout(derive, REST);
}

const preview = () => $('preview').replaceChildren(...previewOf(source.value));

async function derive() {
  const mine = ++turn;
  clearTimeout(timer);
  preview();
  names.showDeclared();
  intoLink(state());
  if (!source.value.trim()) return clear();
  $('derivation').classList.add('waiting');
  const reply = await ask({ do: 'show', ...request() }).catch((error) => ({ ok: false, error: { text: String(error), message: String(error) } }));
  if (mine !== turn) return;
  $('text').hidden = true;
  if (!reply.ok) return showError(reply.error);
  $('error').hidden = true;
  $('source').removeAttribute('aria-invalid');
  source.mark([]);
  for (const id of OF_BEFORE) $(id).classList.remove('waiting');
  names.show(reply.symbols, reply.readings);
  showDerivation(reply, numbersAre());
  remember(state());
  showList('history', past());
}

function clear() {
  $('error').hidden = true;
  source.mark([]);
  $('state').textContent = '';
  for (const id of ['derivation', 'names', 'readings']) $(id).replaceChildren();
}

/** What is wrong, marked at its place in the formula; what was derived before stays, faint. */
function showError(error) {
  const here = error.line && error.file === '<formula>';
  const told = [element('p', { textContent: `${here ? `line ${error.line}, column ${error.column}: ` : ''}${error.message}` })];
  if (error.help) told.push(element('p', { className: 'hint', textContent: error.help }));
  $('error').replaceChildren(...told);
  $('error').hidden = false;
  $('source').setAttribute('aria-invalid', 'true');
  source.mark(here ? [{ ...range(source.value, error), severity: 'error', message: error.message }] : []);
  $('state').textContent = '';
  for (const id of OF_BEFORE) $(id).classList.add('waiting');
}

function showList(id, list) {
  $(id).replaceChildren(...list.map((each) => {
    const button = element('button', { type: 'button', textContent: each.wrt ? `${each.source}   by ${each.wrt}` : each.source });
    button.onclick = () => put(each);
    return element('li', {}, button);
  }));
}

/** How what is copied is asked for; what is not among them is a language. */
const COPIES = {
  markdown: { format: 'markdown' }, forum: { template: 'forum' }, eqnarray: { template: 'eqnarray' }, align: { template: 'align' }, mathml: { template: 'aligned', profile: 'katex' },
};

async function copy(kind) {
  if (kind === 'png' || kind === 'svg') return tell(await picture($('derivation'), kind).catch((error) => `no picture: ${error.message}`));
  let text = location.href;
  if (kind !== 'link') {
    const reply = await ask(request(COPIES[kind] ?? { format: kind }));
    if (!reply.ok) return showError(reply.error);
    text = kind === 'mathml' ? mathml(reply.text) : reply.text;
  }
  $('text').textContent = text;
  $('text').hidden = false;
  return navigator.clipboard?.writeText(text).then(() => tell('copied'), () => tell('select the text below to copy it'));
}

function open(tab) {
  for (const each of document.querySelectorAll('[role=tab]')) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    $(each.getAttribute('aria-controls')).hidden = !chosen;
  }
  tell('');
}

function wire() {
  source = field($('source'), { changed: later, run: derive });
  seen = visual($('visual'), source, tell);
  $('wrt').addEventListener('input', later);
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
  checkPanel(() => names.declared);
  questionPanel(tell);
  showList('examples', EXAMPLES);
  showList('history', past());
}

wire();
await begin(tell).catch((error) => tell(`Python could not be loaded: ${error.message}`));
const { options, kinds, properties } = await ask({ do: 'options' });
makeMenus(options, derive);
names.begin(kinds, properties, derive);
whenNumbersCome(derive);
put(fromLink() ?? past()[0] ?? EXAMPLES[0]);
document.body.dataset.ready = 'yes';

// The names of a formula: what each was read as, why, and a small form by which its kind, size and properties are declared otherwise.

import { element, formula, sentence } from './setting.js';

const $ = (id) => document.getElementById(id);
let kinds = [];
let properties = [];
let changed = () => {};

export const names = {
  declared: [],
  begin(known, besides, then) { [kinds, properties, changed] = [known, besides, then]; },
  show(symbols, readings) {
    $('names').replaceChildren(...symbols.map(chip));
    $('readings').replaceChildren(...readings.map((each) => element('li', {}, sentence(each))));
  },
  showDeclared() {
    $('declared').replaceChildren(...names.declared.map((each) => {
      const button = element('button', { type: 'button', textContent: `${each} ×`, title: 'take it back' });
      button.onclick = () => { names.declared = names.declared.filter((other) => other !== each); changed(); };
      return element('li', {}, button);
    }));
  },
};

const sizeOf = (each) => each.shape.filter((dim) => each.kind === 'matrix' || dim !== '1').join(' x ');

function chip(each) {
  const size = each.shape.length ? ` ${each.shape.join(' × ')}` : '';
  const button = element('button', { type: 'button', title: each.guessed ? 'guessed: click to declare it' : 'click to declare it otherwise' }, formula(each.declared), ` ${each.kind}${size} ${each.properties.join(' ')}`);
  button.onclick = () => edit(each, button);
  return element('li', { className: `${each.guessed ? 'guessed' : ''} ${each.variable ? 'variable' : ''}` }, button);
}

/** The form for one name, below the chips. */
function edit(each, button) {
  const form = $('declaring');
  const kind = element('select', { name: 'kind' }, ...kinds.map((word) => element('option', { value: word, textContent: word })));
  kind.value = each.kind;
  const size = element('input', { name: 'size', size: 10, value: sizeOf(each), placeholder: 'n x m', spellcheck: false });
  const boxes = properties.map((word) => element('label', {}, element('input', { type: 'checkbox', value: word, checked: each.properties.includes(word) }), ` ${word}`));
  const away = element('button', { type: 'button', textContent: 'Leave it' });
  form.replaceChildren(
    element('div', { className: 'row' }, formula(each.declared), element('label', {}, 'is a ', kind), element('label', {}, 'of size ', size), element('button', { className: 'main', textContent: 'Declare' }), away),
    element('details', { open: each.properties.length > 0 }, element('summary', { textContent: 'Properties' }), element('div', { className: 'row' }, ...boxes)),
  );
  const close = () => { form.hidden = true; button.focus(); };
  away.onclick = close;
  form.onkeydown = ({ key }) => key === 'Escape' && close();
  form.onsubmit = (event) => {
    event.preventDefault();
    const said = boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value);
    names.declared = [...names.declared.filter((other) => other.split(':')[0].trim() !== each.declared), [`${each.declared}: ${kind.value}`, kind.value === 'scalar' ? '' : size.value.trim(), ...said].filter(Boolean).join(' ')];
    form.hidden = true;
    changed();
  };
  form.hidden = false;
  kind.focus();
}

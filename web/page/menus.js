// The menus: every option of the page that has values, as the program tells them; the usual ones in sight, the others below More.

import { element } from './setting.js';

const IN_SIGHT = ['layout', 'order', 'form'];
const ELSEWHERE = ['detail'];
const WORDS = { 1: 'gradient', 2: 'Hessian' };
let menus = [];

export function makeMenus(options, changed) {
  menus = options.filter((each) => each.values.length && !ELSEWHERE.includes(each.name)).map((each) => {
    const values = each.usual === null ? ['', ...each.values] : each.values;
    const select = element('select', { id: each.name }, ...values.map((value) => element('option', { value, textContent: (each.name === 'order' && WORDS[value]) || value || 'as usual' })));
    select.onchange = changed;
    document.getElementById(IN_SIGHT.includes(each.name) ? 'choices' : 'others').append(element('label', { title: each.help }, `${each.name} `, select));
    return { ...each, select };
  });
}

/** What is chosen: what is as usual is not said. */
export const chosen = () => Object.fromEntries(menus.map(({ name, usual, select }) => [name, select.value, usual]).filter(([, value, usual]) => value !== '' && value !== String(usual)).map(([name, value]) => [name, value]));

export function putMenus(given) {
  for (const { name, usual, values, select } of menus) select.value = values.map(String).includes(String(given[name])) ? given[name] : usual ?? '';
  document.getElementById('more').open ||= menus.some(({ name, usual, select }) => !IN_SIGHT.includes(name) && select.value !== String(usual ?? ''));
}

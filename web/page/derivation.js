// The lines of a derivation as a table; pointing at a line tells its rule, its book and what the numbers say.

import { element, formula, sentence } from './setting.js';

const $ = (id) => document.getElementById(id);

function rowsOf(line, kind) {
  return line.rows.map((right, at) => {
    const row = element('tr', { className: `${kind} ${line.confirmed === false ? 'unconfirmed' : ''}`, tabIndex: at ? -1 : 0 });
    row.setAttribute('aria-describedby', 'about');
    row.append(element('td', {}, at ? '' : formula(line.left, false)), element('td', { className: 'relation' }, at ? '' : formula(line.relation)), element('td', {}, formula(`\\displaystyle ${right}`)));
    row.append(element('td', { className: 'reason' }, at ? '' : sentence(line.reason)));
    row.onmouseenter = row.onfocus = () => about(line);
    return row;
  });
}

function about(line) {
  const numbers = line.confirmed === null ? 'not checked' : `${line.confirmed ? 'confirmed' : 'not confirmed'} by numbers${line.error === null ? '' : `: both sides agree to ${agreement(line.error)}`}`;
  const rules = line.rules.length ? `${line.rules.length > 1 ? 'rules' : 'rule'} ${line.rules.join(', ')}` : line.reason;
  $('about').replaceChildren(sentence([rules, line.source, numbers].filter(Boolean).join(' · ')));
}

const UNCHECKED = {
  here: 'not checked', coming: 'not checked yet: the numbers are on their way', none: 'not checked: this page has no NumPy; the installed derivtex checks',
};

const agreement = (error) => (error < 1e-16 ? 'the last digit' : error.toExponential(0));

export function showDerivation(reply, numbers) {
  const table = element('table', { className: 'derivation' });
  for (const line of reply.lines) table.append(...rowsOf(line, ''));
  if (reply.result) table.append(...rowsOf(reply.result, 'result'));
  const definitions = (lines, word) => (lines.length ? [element('p', {}, `${word} `, ...lines.flatMap((line, at) => [at ? ', ' : '', formula(`${line.left} ${line.relation} ${line.rows.join(' ')}`)]), '.')] : []);
  const said = reply.sentences.map((each) => element('p', {}, sentence(each)));
  $('derivation').replaceChildren(...definitions(reply.let, 'Let'), table, ...definitions(reply.where, 'with'), ...said);
  const sure = reply.checked && reply.confirmed;
  $('state').className = sure ? 'good' : 'doubt';
  $('state').textContent = sure ? '✓ every step confirmed by numbers' : reply.checked ? '? not every step is confirmed' : UNCHECKED[numbers];
  $('about').replaceChildren();
}

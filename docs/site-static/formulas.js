// The formulas of a page, which Sphinx leaves between \( \) and \[ \], set by KaTeX.

import katex from './katex/katex.mjs';

for (const each of document.querySelectorAll('.math')) {
  const text = each.textContent.trim().replace(/^\\[([]|\\[)\]]$/g, '');
  katex.render(text, each, { displayMode: each.tagName === 'DIV', throwOnError: false, maxExpand: 1000 });
}

// MathLive as the page's visual field: nothing is fetched but KaTeX's fonts, no sounds, and what is typed stays the LaTeX that the page reads.

import { MathfieldElement } from 'mathlive';

Object.assign(MathfieldElement, { fontsDirectory: new URL('../katex/fonts', import.meta.url).href, soundsDirectory: null, locale: document.documentElement.lang });
// Letters that stand beside one another stay letters, functions take what stands behind them, and an exponent that is a T or -1 is closed by itself.
const OWN = { log: '\\log', sum: '\\sum', tr: '\\operatorname{tr}', diag: '\\operatorname{diag}', vec: '\\operatorname{vec}', rank: '\\operatorname{rank}', '||': '\\|' };
const GREEK = ['pi', 'mu', 'nu', 'xi', 'Pi', 'Xi', 'ln', 'in'];
const WORDS = ['and', 'not', 'xin', 'sint', 'inch', 'grad', 'sub', 'sup', 'deg', '∂', '∆'];
const kept = (word) => GREEK.includes(word) || !(/^[A-Za-z]{1,2}$/.test(word) || WORDS.includes(word));

/** A field that shows LaTeX as it is set; changed: called with the LaTeX after each change. */
export function mathfield(label, changed) {
  const field = new MathfieldElement({ smartFence: true });
  field.setAttribute('aria-label', label);
  field.addEventListener('input', ({ data }) => { if (data === 'T' || data === '1') leaveExponent(field); changed(field.getValue('latex').replace(/\\operatorname\{\\mathrm\{(\w+)\}\}/g, '\\operatorname{$1}')); });
  field.addEventListener('mount', () => { field.inlineShortcuts = { ...Object.fromEntries(Object.entries(field.inlineShortcuts).filter(([word]) => kept(word))), ...OWN }; });
  return field;
}

/** Behind an exponent that is a transpose or an inverse the caret stands on the line again. */
function leaveExponent(field) {
  const inside = field.position;
  field.executeCommand('moveAfterParent');
  if (!/\^(T|\{-?T\}|\{-1\})$/.test(field.getValue(0, field.position, 'latex'))) field.position = inside;
}

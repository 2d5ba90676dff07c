// CodeMirror as the page's field for LaTeX: brackets that are matched and closed, commands in a colour, marks at the place of an error, a gutter for verdicts.

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { stex, stexMath } from '@codemirror/legacy-modes/mode/stex';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import { EditorView, gutter, GutterMarker, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const BRACKETS = { closeBrackets: { brackets: ['(', '[', '{'] } };
const COLOURS = HighlightStyle.define([
  { tag: [tags.tagName, tags.keyword, tags.modifier, tags.special(tags.variableName)], class: 'tex-command' },
  { tag: tags.comment, class: 'tex-comment' },
  { tag: [tags.atom, tags.number], class: 'tex-number' },
]);

class Verdict extends GutterMarker {
  constructor(sign, word) { super(); Object.assign(this, { sign, word, elementClass: `sign-${word}` }); }
  eq(other) { return other.word === this.word; }
  toDOM() { return Object.assign(document.createElement('span'), { textContent: this.sign, title: this.word, ariaLabel: this.word }); }
}

const judged = StateEffect.define();
const verdicts = StateField.define({
  create: () => RangeSet.empty,
  update: (set, change) => change.effects.reduce((kept, effect) => (effect.is(judged) ? effect.value : kept), set.map(change.changes)),
});
const verdictGutter = [verdicts, gutter({ class: 'verdict-gutter', markers: (view) => view.state.field(verdicts), initialSpacer: () => new Verdict('✓', 'holds') })];

/**
 * A field in place of an element. attributes: of the element that is typed into. words: a whole text, rather than a formula.
 * run: what Ctrl+Enter does. changed: called after each change of the text.
 */
export function editor(place, { text, attributes, words, run, changed }) {
  const language = StreamLanguage.define({ ...(words ? stex : stexMath), languageData: BRACKETS });
  const keys = [...closeBracketsKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap];
  const begin = run ? [{ key: 'Mod-Enter', run: () => { run(); return true; } }] : [];
  const view = new EditorView({
    doc: text,
    extensions: [
      history(), bracketMatching({ brackets: '()[]{}' }), closeBrackets(), language, syntaxHighlighting(COLOURS), EditorView.lineWrapping, keymap.of([...begin, ...keys]),
      EditorView.contentAttributes.of(attributes), EditorView.updateListener.of((update) => update.docChanged && changed()), words ? verdictGutter : [],
    ],
  });
  place.replaceWith(view.dom);
  return {
    dom: view.dom,
    focus: () => view.focus(),
    get value() { return view.state.doc.toString(); },
    set value(to) { if (to !== this.value) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: to } }); },
    /** Underline places: [{from, to, severity, message, actions}], in UTF-16 units. */
    mark(places) { view.dispatch(setDiagnostics(view.state, places)); },
    /** Signs beside lines: [{from, sign, word}]. */
    judge(signs) { view.dispatch({ effects: judged.of(RangeSet.of(signs.map(({ from, sign, word }) => new Verdict(sign, word).range(view.state.doc.lineAt(from).from)), true)) }); },
  };
}

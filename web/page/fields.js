// The fields for LaTeX: CodeMirror where `npm install` has bundled it, the plain text areas where not; MathLive beside it when it is asked for.

const bundled = await import('./fields/editor.js').catch(() => null);

/** How many UTF-16 units of a text are before a line and column, both from 1, columns in letters. */
export function offset(text, line, column) {
  const rows = text.split('\n');
  const before = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  return Math.min(before + [...(rows[line - 1] ?? '')].slice(0, column - 1).join('').length, text.length);
}

/** The part of a text that a place of the program names; what stands on no letter is given the one before. */
export function range(text, place) {
  const from = offset(text, place.line, place.column);
  const to = Math.max(offset(text, place.end_line ?? place.line, place.end_column ?? place.column), Math.min(from + 1, text.length));
  return { from: from === to ? Math.max(from - 1, 0) : from, to };
}

/** The field of a text area. settings: words (a whole text), run (what Ctrl+Enter does), changed (called after each change). */
export function field(area, settings = {}) {
  const changed = settings.changed ?? (() => {});
  if (!bundled) return plain(area, { ...settings, changed });
  const label = document.querySelector(`label[for=${area.id}]`);
  label.id = `${area.id}-label`;
  const attributes = { id: area.id, 'aria-labelledby': label.id, 'aria-describedby': area.getAttribute('aria-describedby') ?? '', autocapitalize: 'off', spellcheck: 'false', style: `min-height: ${area.rows * 1.4}em` };
  const made = bundled.editor(area, { text: area.value, attributes, ...settings, changed });
  label.onclick = () => made.focus();
  return made;
}

function plain(area, { run, changed }) {
  area.addEventListener('input', changed);
  if (run) area.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
  return { dom: area, focus: () => area.focus(), get value() { return area.value; }, set value(to) { area.value = to; }, mark() {}, judge() {} };
}

const isFormula = (text) => !/\$|%|\\(?:section|begin\{document)/.test(text);

/** A button that puts MathLive in the place of a field and takes it away again; the field keeps the text. */
export function visual(button, own, tell) {
  let shown = null;
  const away = () => { shown?.remove(); shown = null; own.dom.hidden = false; button.setAttribute('aria-pressed', 'false'); };
  const put = (text) => shown?.setValue(text.split('\n').filter((line) => line.trim()).join('; '), { silenceNotifications: true });
  button.hidden = !bundled;
  button.onclick = async () => {
    if (shown) { away(); return own.focus(); }
    if (!isFormula(own.value)) return tell('a text with formulas is typed as LaTeX');
    const made = await import('./fields/mathfield.js').catch(() => null);
    if (!made) return tell('the visual field cannot be loaded');
    shown = made.mathfield('Formula, visual', (latex) => { own.value = latex; });
    shown.className = 'visual';
    put(own.value);
    own.dom.after(shown);
    own.dom.hidden = true;
    button.setAttribute('aria-pressed', 'true');
    return shown.focus();
  };
  return { put: (text) => (isFormula(text) ? put(text) : away()) };
}

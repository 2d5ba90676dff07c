// Formulas set by KaTeX where it is here, shown as LaTeX where it is not.

const katex = await import('./katex/katex.mjs').then((it) => it.default, () => null);

/** An element with a formula. */
export function formula(latex, display = false) {
  const made = document.createElement('span');
  if (!katex) made.textContent = latex;
  else katex.render(latex, made, { displayMode: display, throwOnError: false, output: 'htmlAndMathml', trust: false, maxSize: 20, maxExpand: 1000 });
  return made;
}

/** The displays of a text between $$ as MathML. */
export function mathml(text) {
  if (!katex) throw new Error('KaTeX is not here');
  const displays = [...text.matchAll(/\$\$([\s\S]+?)\$\$/g)].map(([, latex]) => katex.renderToString(latex, { displayMode: true, output: 'mathml', trust: false }));
  return displays.map((html) => /<math[\s\S]*<\/math>/.exec(html)[0]).join('\n');
}

/** A sentence with formulas between dollar signs. */
export function sentence(text) {
  const made = document.createElement('span');
  text.split(/\$([^$]+)\$/).forEach((part, at) => made.append(at % 2 ? formula(part) : part));
  return made;
}

/** What is typed, set as it stands: line by line, or as a text with formulas. */
export function preview(text) {
  if (/\$/.test(text)) return [post(text)];
  if (/\\begin\{/.test(text)) return [formula(text, true)];
  return text.split(/;|\n/).filter((each) => each.trim()).map((each) => element('div', {}, formula(each)));
}

/** A post: paragraphs, displays between $$, code between fences, ** for what is bold. */
export function post(text) {
  const made = document.createElement('div');
  text.split(/```[a-z]*\n([\s\S]*?)```/).forEach((outer, fenced) => {
    if (fenced % 2) return made.append(element('pre', { textContent: outer }));
    outer.split(/\$\$([\s\S]+?)\$\$/).forEach((part, display) => {
      if (display % 2) return made.append(formula(part, true));
      part.split(/\n{2,}/).filter((each) => each.trim()).forEach((each) => {
        const paragraph = element('p');
        each.split(/\*\*([^*]+)\*\*/).forEach((piece, bold) => paragraph.append(bold % 2 ? element('strong', { textContent: piece }) : sentence(piece)));
        made.append(paragraph);
      });
    });
  });
  return made;
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

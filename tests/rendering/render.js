// Reads [{id, tex, display}] from standard input, hands each formula to the engine named on the command line, prints [{id, error}].
// MathJax reads each one to its tree, where all its errors come from; nothing is drawn, which would take ten times as long.
const formulas = JSON.parse(require('fs').readFileSync(0, 'utf8'));

const engines = { katex, mathjax3: () => mathjax3([]), github: () => mathjax3(REFUSED_PACKAGES), mathjax4 };
const REFUSED_PACKAGES = ['bbox', 'html', 'require', 'newcommand', 'action', 'colortbl'];

function katex() {
  const engine = require('katex');
  return (tex, display) => { engine.renderToString(tex, { displayMode: display, throwOnError: true, strict: 'ignore' }); };
}

function mathjax3(without) {
  const { mathjax } = require('mathjax-full/js/mathjax.js');
  const { STATE } = require('mathjax-full/js/core/MathItem.js');
  const { TeX } = require('mathjax-full/js/input/tex.js');
  const { SVG } = require('mathjax-full/js/output/svg.js');
  const { liteAdaptor } = require('mathjax-full/js/adaptors/liteAdaptor.js');
  const { RegisterHTMLHandler } = require('mathjax-full/js/handlers/html.js');
  const { AllPackages } = require('mathjax-full/js/input/tex/AllPackages.js');
  RegisterHTMLHandler(liteAdaptor());
  const packages = AllPackages.filter(name => !['noerrors', 'noundefined', ...without].includes(name));
  const page = mathjax.document('', {
    InputJax: new TeX({ packages, tags: 'ams', formatError: (_, error) => { throw error; } }), OutputJax: new SVG(),
  });
  return (tex, display) => { page.convert(tex, { display, end: STATE.COMPILED }); };
}

async function mathjax4() {
  const MathJax = require('mathjax/node-main.cjs');
  await MathJax.init({
    loader: { load: ['input/tex'] }, tex: { tags: 'ams', formatError: (_, error) => { throw error; } },
  });
  return async (tex, display) => {
    if ((await MathJax.tex2mmlPromise(tex, { display })).includes('mathcolor="red"')) throw new Error('an undefined command');
  };
}

(async () => {
  const render = await engines[process.argv[2]]();
  const told = [];
  for (const { id, tex, display } of formulas) {
    try { await render(tex, display); } catch (error) { told.push({ id, error: String(error.message || error) }); }
  }
  process.stdout.write(JSON.stringify(told));
  process.exit(0);
})();

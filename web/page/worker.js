// Python in the reader's browser: Pyodide, and derivtex with what it needs. It answers before NumPy is there; where the site has NumPy, that
// is loaded behind the first answers, and from then on numbers confirm them.

import { loadPyodide } from './pyodide/pyodide.mjs';
import { answering, fromFiles, fromMemory, unpacked } from './starting.mjs';

const asked = [];
let answer = null;
self.onmessage = ({ data }) => (answer ? reply(data) : asked.push(data));

function reply({ id, text }) {
  self.postMessage({ id, text: answer(text) });
}

const data = async (name) => unpacked((await fetch(name)).body);
const texts = async () => JSON.parse(new TextDecoder().decode(await data('python.data')));

async function begin({ snapshot, module }) {
  const settings = { indexURL: new URL('./pyodide/', self.location.href).href };
  const files = texts();
  return await (snapshot && remembered(module, files, settings).catch(() => null)) || fromFiles(loadPyodide, await files, settings);
}

async function remembered(module, files, settings) {
  const memory = data('snapshot.data');
  const create = module && (await import(`./pyodide/${module}`)).default;
  return fromMemory(loadPyodide, create, memory, files, settings);
}

/** The packages of the site, one after the other, while requests are answered. */
async function follow(python, packages) {
  for (const name of packages) {
    await python.loadPackage(name, { messageCallback() {} });
    if (name === 'numpy') {
      answer('{"source": "x^T x", "wrt": "x", "do": "show"}');
      self.postMessage({ numbers: 'here' });
    }
  }
}

try {
  const engine = await (await fetch('engine.json')).json();
  const python = await begin(engine);
  answer = answering(python);
  self.postMessage({ numbers: engine.packages.includes('numpy') ? 'coming' : 'none' });
  asked.forEach(reply);
  follow(python, engine.packages).catch(() => self.postMessage({ numbers: 'none' }));
} catch (error) {
  self.postMessage({ failed: String(error) });
}

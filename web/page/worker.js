// Python in the reader's browser: Pyodide, and derivtex with what it needs in one archive. It answers before NumPy is there; where the site
// has NumPy, that is loaded behind the first answers, and from then on numbers confirm them.

import { loadPyodide } from './pyodide/pyodide.mjs';

const asked = [];
let answer = null;
self.onmessage = ({ data }) => (answer ? reply(data) : asked.push(data));

function reply({ id, text }) {
  self.postMessage({ id, text: answer(new TextEncoder().encode(text)) });
}

async function begin() {
  const python = await loadPyodide({ indexURL: new URL('./pyodide/', self.location.href).href });
  const archive = await (await fetch('python.zip')).arrayBuffer();
  python.unpackArchive(archive, 'zip', { extractDir: '/lib/derivtex' });
  python.runPython('import sys; sys.path.insert(0, "/lib/derivtex")');
  const reader = python.runPython('from derivtex.faces.server import answer\nlambda line: answer(line.to_bytes())');
  reader(new TextEncoder().encode('{"source": "x^T x", "wrt": "x", "check": false, "do": "show"}'));
  answer = reader;
  return python;
}

/** The packages of the site, one after the other, while requests are answered. */
async function follow(python, packages) {
  for (const name of packages) {
    await python.loadPackage(name, { messageCallback() {} });
    if (name === 'numpy') {
      answer(new TextEncoder().encode('{"source": "x^T x", "wrt": "x", "do": "show"}'));
      self.postMessage({ numbers: 'here' });
    }
  }
}

try {
  const { packages } = await (await fetch('engine.json')).json();
  const python = await begin();
  self.postMessage({ numbers: packages.includes('numpy') ? 'coming' : 'none' });
  asked.forEach(reply);
  follow(python, packages).catch(() => self.postMessage({ numbers: 'none' }));
} catch (error) {
  self.postMessage({ failed: String(error) });
}

// Python in the reader's browser: Pyodide, and derivtex with what it needs in one archive. No number is computed here: there is no NumPy.

import { loadPyodide } from './pyodide/pyodide.mjs';

const asked = [];
let answer = null;
self.onmessage = ({ data }) => (answer ? reply(data) : asked.push(data));

function reply({ id, text }) {
  self.postMessage({ id, text: answer(new TextEncoder().encode(text)) });
}

try {
  const python = await loadPyodide({ indexURL: new URL('./pyodide/', self.location.href).href });
  const archive = await (await fetch('python.zip')).arrayBuffer();
  python.unpackArchive(archive, 'zip', { extractDir: '/lib/derivtex' });
  python.runPython('import sys; sys.path.insert(0, "/lib/derivtex")');
  const reader = python.runPython('from derivtex.faces.server import answer\nlambda line: answer(line.to_bytes())');
  reader(new TextEncoder().encode('{"source": "x^T x", "wrt": "x", "check": false, "do": "show"}'));
  answer = reader;
  self.postMessage({ ready: true });
  asked.forEach(reply);
} catch (error) {
  self.postMessage({ failed: String(error) });
}

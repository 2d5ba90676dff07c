// Python with derivtex in it, in a browser or in Node: from the site's files, or from its memory as it was once all was imported and had
// derived, which saves the reader most of the waiting.

import { EXAMPLES } from './examples.mjs';

const HOUSE = '/lib/derivtex';
const TIME = Date.UTC(1980, 0, 1);
const IMPORTED = `
import gc, sys
sys.path.insert(0, "${HOUSE}")
from derivtex.faces.server import answer
`;

/** What a data file of the site holds, a stream of bytes that gzip made smaller. */
export const unpacked = (stream) => new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();

/** Pyodide with derivtex in its file system and imported; `files` are texts by their paths. */
export async function fromFiles(loadPyodide, files, settings) {
  const python = await loadPyodide(settings);
  lay(python.FS, files);
  python.runPython(IMPORTED);
  return python;
}

/** The memory of a Python that has derived the page's examples, without numbers. */
export async function memoryOf(loadPyodide, files, indexURL) {
  const python = await fromFiles(loadPyodide, files, { indexURL, env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' }, _makeSnapshot: true });
  const asked = [{ do: 'options' }, ...EXAMPLES.map((each) => ({ do: 'show', ...each })), { ...EXAMPLES[0], format: 'numpy' }];
  for (const each of asked) python.runPython(`answer(${JSON.stringify(JSON.stringify({ check: false, ...each }))}.encode())\nNone`);
  python.runPython('gc.collect()\nNone');
  return python.makeMemorySnapshot();
}

/** Python as it was when its memory was kept. `create` makes Pyodide's module, whose own memory is too small for that unless it is told. */
export async function fromMemory(loadPyodide, create, memory, files, settings) {
  const large = create && (async (given) => {
    const made = await create(given);
    made.growMemory((await memory).byteLength);
    return made;
  });
  const python = await loadPyodide({ ...settings, _loadSnapshot: memory, ...(large && { createPyodideModule: large }) });
  lay(python.FS, await files);
  python.runPython('sys.path_importer_cache.clear()');  // the folders that it remembers are others
  return python;
}

/** What answers a line of a request. */
export function answering(python) {
  const answer = python.runPython('lambda line: answer(line.to_bytes())');
  return (text) => answer(new TextEncoder().encode(text));
}

/** The files: bytes, since a string would be written character by character; of one time, so that no template seems to have changed. */
function lay(system, files) {
  const bytes = new TextEncoder();
  for (const [path, text] of Object.entries(files)) {
    const here = `${HOUSE}/${path}`;
    system.mkdirTree(here.slice(0, here.lastIndexOf('/')));
    system.writeFile(here, bytes.encode(text), { canOwn: true });
    system.utime(here, TIME, TIME);
  }
}

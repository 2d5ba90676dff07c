// Run by `derivtex web --build` in Node: keeps the memory of a Python that is ready, beside the site's other files, once it was seen that
// Python starts from it. Argument: the folder of the site.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { answering, fromMemory, memoryOf, unpacked } from './starting.mjs';

const site = process.argv[2];
const folder = join(site, 'pyodide', '/');
const bring = (name) => import(pathToFileURL(join(folder, name)));
const files = JSON.parse(new TextDecoder().decode(await unpacked(new Blob([await readFile(join(site, 'python.data'))]).stream())));
const { loadPyodide } = await bring('pyodide.mjs');
const memory = await memoryOf(loadPyodide, files, folder);
const create = await bring('pyodide.asm.mjs').then((module) => module.default, () => null);
const again = await fromMemory(loadPyodide, create, memory, files, { indexURL: folder });
const reply = JSON.parse(answering(again)('{"do": "show", "source": "x^T x", "wrt": "x", "check": false}'));
if (!reply.ok) throw new Error(reply.error.message);
await writeFile(join(site, 'snapshot.data'), gzipSync(memory));

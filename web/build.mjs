// Bundles the two fields of the page, with the licences of what is in them: one file that every visit loads, one that MathLive's first use does.

import { build } from 'esbuild';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const TARGET = 'node_modules/.fields';

const { metafile } = await build({
  entryPoints: ['fields/editor.js', 'fields/mathfield.js'], outdir: TARGET, bundle: true, minify: true, format: 'esm', target: 'es2022', metafile: true, logLevel: 'warning',
});
const packages = [...new Set(Object.keys(metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean))].sort();
const licences = packages.map((name) => {
  const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md'].map((each) => `node_modules/${name}/${each}`).find(existsSync);
  if (!file) throw new Error(`${name} has no licence beside it`);
  return `${name}\n\n${readFileSync(file, 'utf8').trim()}\n`;
});
writeFileSync(`${TARGET}/LICENSES.txt`, licences.join('\n\n'));

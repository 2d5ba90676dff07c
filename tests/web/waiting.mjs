// How long a person waits: prints milliseconds as JSON. Arguments: address of the page, of the static site.

import { derived, opened, ready } from './browser.mjs';

const REST = 250;  // what the page waits after a key
const [address, site] = process.argv.slice(2);
const { browser, context, page } = await opened(address);
const taken = async (work) => { const start = performance.now(); await work(); return performance.now() - start; };
const first = await taken(() => derived(page, String.raw`\operatorname{tr}(AX^{-1}B)`, 'X', '(X^{-1}BAX^{-1})^{T}')) - REST;
const next = await taken(() => derived(page, 'x^TCx', 'x', 'C^{T}')) - REST;
await page.close();
let visit = null;
const usable = await taken(async () => { visit = (await ready(context, site)).page; });
const known = () => visit.waitForFunction(() => document.getElementById('state').textContent.match(/^(not checked: |✓|\?)/), null, { timeout: 180000 });
const confirmed = usable + await taken(known);
console.log(JSON.stringify({ first, next, usable, confirmed }));
await browser.close();

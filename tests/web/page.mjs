// Drives the page in Chromium, and beside it the static site; prints one JSON object with what was seen.
// Arguments: address of the page, of the static site, folder for pictures; - for none.

import { readFile } from 'node:fs/promises';
import { derived, opened, textOf } from './browser.mjs';
import { offline } from './static.mjs';

const [address, site, pictures] = process.argv.slice(2);
const { browser, context, page, seen } = await opened(address);
const beside = site === '-' ? null : offline(browser, site);
beside?.catch(() => {});  // told at the end
const rows = () => page.locator('table.derivation tr').count();
const latex = () => page.locator('table.derivation annotation').allTextContents();
const picture = (name) => pictures !== '-' && page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });

await derived(page, String.raw`\operatorname{tr}(AX^{-1}B)`, 'X', '(X^{-1}BAX^{-1})^{T}');
seen.derived = await latex();
seen.rows = await rows();
seen.state = await page.textContent('#state');
await page.hover('table.derivation tr:first-child');
seen.about = await page.textContent('#about');
await picture('derived');

await page.selectOption('#layout', 'numerator');
await page.waitForFunction(() => document.querySelector('table.derivation tr.result')?.textContent.includes('-X^{-1}BAX^{-1}'), null, { timeout: 60000 });
await page.click('[data-copy=align]');
await page.waitForSelector('#text:not([hidden])');
seen.copied = await page.textContent('#text');
await page.click('[data-copy=mathml]');
await page.waitForFunction(() => document.getElementById('text').textContent.startsWith('<math'));
const link = page.url();
await page.evaluate(() => { navigator.clipboard.write = () => Promise.reject(new Error('not here')); });
const [saved] = await Promise.all([page.waitForEvent('download'), page.click('[data-copy=png]')]);
seen.picture = (await readFile(await saved.path())).subarray(1, 4).toString();

await page.click('#names button >> nth=0');
await page.selectOption('#declaring select', 'matrix');
await page.click('#declaring summary');
await page.check('#declaring input[value=symmetric]');
await page.click('#declaring .main');
await page.waitForSelector('#declared button', { timeout: 60000 });
seen.declared = await page.textContent('#declared button');
await page.click('#declared button');

await page.fill('#source', String.raw`(X) + \foo`);
await page.waitForSelector('#error:not([hidden])');
seen.error = await page.textContent('.cm-lintRange-error');
await picture('error');

await page.fill('#source', '');
await page.click('#visual');
await page.waitForSelector('math-field:focus');
await page.keyboard.type('tr(X^TAX)', { delay: 80 });
await page.waitForFunction(() => document.querySelector('table.derivation tr.result')?.textContent.includes('(A + A^{T})X'), null, { timeout: 60000 });
seen.visual = await textOf(page, '#source');
await picture('visual');
await page.click('#visual');
await page.keyboard.press('End');
await page.keyboard.type('(');
seen.closed = (await textOf(page, '#source')).slice(-2);

const other = await context.newPage();
await other.goto(link);
await other.waitForSelector('table.derivation tr.result', { timeout: 180000 });
seen.linked = await textOf(other, '#source');
await other.close();

await page.click('#tab-check');
seen.panel = await page.isVisible('#check') && !(await page.isVisible('#derive'));
await page.fill('#lines', String.raw`f = x^T A x` + '\n' + String.raw`\frac{\partial f}{\partial x} = 2A^T x + Ax`);
await page.click('#check-now');
await page.waitForSelector('#verdicts li', { timeout: 60000 });
seen.verdicts = await page.locator('#verdicts .badge').allTextContents();
await picture('checked');

await page.click('#check-example');
await page.waitForSelector('#verdicts li:nth-child(3).fails button', { timeout: 60000 });
seen.signs = await page.locator('.verdict-gutter .cm-gutterElement:not([style*=hidden])').allTextContents();
await page.click('#verdicts button');
await page.waitForSelector('#verdicts li:nth-child(3).holds', { timeout: 60000 });
seen.repaired = await textOf(page, '#lines');

await page.click('#tab-question');
await page.click('#answer-example');
await page.waitForSelector('#answer p', { timeout: 60000 });
seen.post = await page.textContent('#answer');
await picture('answered');

await page.click('#tab-derive');
await page.emulateMedia({ colorScheme: 'dark' });
await picture('dark');
await page.setViewportSize({ width: 390, height: 800 });
seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
await picture('phone');
console.log(JSON.stringify({ ...seen, offline: await beside }));
await browser.close();

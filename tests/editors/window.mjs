// Visual Studio Code itself, in Chromium: the extension in its window, with a paper. Prints what was seen as JSON.
// Arguments: address of its server with the folder open, name of the paper, folder for pictures or -.

import { chromium } from 'playwright-core';

const [address, paper, pictures] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
page.setDefaultTimeout(120000);
const picture = (name) => pictures !== '-' && page.screenshot({ path: `${pictures}/${name}.png` });
const lines = async () => (await page.locator('.view-line').allTextContents()).map((line) => line.replaceAll('\u00a0', ' '));

await page.goto(address);
await page.click('.monaco-dialog-box .monaco-button:has-text("Yes")');  // the authors of the folder are trusted
await page.dblclick(`.explorer-folders-view .monaco-list-row:has-text("${paper}")`);
await page.waitForSelector('.squiggly-error');
await page.keyboard.press('Control+Shift+m');
const problem = await page.textContent('.markers-panel .monaco-list-row .marker-message-details-container');
await picture('problems');

async function command(title, row) {
  await page.click('.view-line >> nth=0');
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${row}:6`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(`derivtex: ${title}`);
  await page.click(`.quick-input-list .monaco-list-row:has-text("${title}")`);
}

await command('Derive the formula: below', 3);
await page.waitForSelector('.view-line:has-text("begin{align*}")');
const derived = await lines();
await picture('derived');
await command('What can be done with this formula', 3);
await page.waitForSelector('.quick-input-list .monaco-list-row:has-text("numerator")');
const choices = await page.locator('.quick-input-list .monaco-list-row').allTextContents();
await picture('choices');
console.log(JSON.stringify({ problem, derived, choices }));
await browser.close();

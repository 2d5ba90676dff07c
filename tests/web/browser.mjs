// Chromium with the page of an address open and ready.

import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function opened(address) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return { browser, context, ...await ready(context, address) };
}

/** A new page at an address, when it is ready; what it says to the console and whom it asks is kept. */
export async function ready(context, address) {
  const page = await context.newPage();
  const seen = { errors: [], foreign: [] };
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && seen.errors.push(message.text()));
  page.on('request', (request) => [address, 'data:', 'blob:'].some((own) => request.url().startsWith(own)) || seen.foreign.push(request.url()));
  await page.goto(address);
  await page.waitForSelector('body[data-ready]', { timeout: 180000 });
  return { page, seen };
}

/** Type a formula and wait until its result holds a piece of LaTeX. */
export async function derived(page, source, wrt, piece) {
  await page.fill('#wrt', wrt);
  await page.fill('#source', source);
  await page.waitForFunction((text) => document.querySelector('table.derivation tr.result')?.textContent.includes(text), piece, { timeout: 60000 });
}

/** The text of a field. */
export const textOf = (page, field) => page.locator(`${field} .cm-line`).allTextContents().then((lines) => lines.join('\n'));

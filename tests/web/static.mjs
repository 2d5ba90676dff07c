// The static site in a browser: visited once, then opened again without a network, where Python derives in the page.

import { derived, ready } from './browser.mjs';

export async function offline(browser, address) {
  const context = await browser.newContext();
  const visit = await context.newPage();
  await visit.route('**/worker.js', (route) => route.abort());  // on the first visit the browser only has to keep the files
  await visit.goto(address);
  await visit.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await visit.close();
  await context.setOffline(true);
  const { page, seen } = await ready(context, address);
  await derived(page, String.raw`\operatorname{tr}(AX^{-1}B)`, 'X', '(X^{-1}BAX^{-1})^{T}');  // which the page does not begin with
  await page.waitForFunction(() => !document.getElementById('state').textContent.includes('on their way'), null, { timeout: 120000 });
  seen.state = await page.textContent('#state');
  await context.close();
  return seen;
}

// Drives the static site in Chromium: Python runs in the page; prints one JSON object with what was seen. Argument: address.

import { derived, opened } from './browser.mjs';

const { browser, page, seen } = await opened(process.argv[2]);
await derived(page, String.raw`\operatorname{tr}(AX)`, 'X', 'A^{T}');
seen.state = await page.textContent('#state');
console.log(JSON.stringify(seen));
await browser.close();

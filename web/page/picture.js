// The derivation as a picture: the page's own HTML with its style and fonts drawn by the browser, without anything from elsewhere.

const SCALE = 2;
const MARGIN = 16;

const read = (blob) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = () => failed(new Error('a font cannot be read'));
  reader.readAsDataURL(blob);
});

/** The rules that hold at the moment: those of a width or a scheme where it is that one. */
const holding = (rules) => [...rules].flatMap((rule) => (rule instanceof CSSMediaRule ? (matchMedia(rule.media.mediaText).matches ? holding(rule.cssRules) : []) : [rule]));

/** The style of the page, with the fonts of the formulas inside. */
async function style() {
  const rules = [...document.styleSheets].flatMap((sheet) => holding(sheet.cssRules).map((rule) => [rule, sheet.href]));
  const used = new Set([...document.fonts].filter((font) => font.status === 'loaded').map((font) => `${font.family}${font.weight}${font.style}`.replaceAll('"', '')));
  const texts = rules.map(async ([rule, base]) => {
    if (!(rule instanceof CSSFontFaceRule)) return rule.cssText;
    const { fontFamily, fontWeight, fontStyle } = rule.style;
    const file = /url\("?([^")]+\.woff2)"?\)/.exec(rule.cssText)?.[1];
    if (!file || !used.has(`${fontFamily}${fontWeight}${fontStyle}`.replaceAll('"', ''))) return '';
    const data = await read(await (await fetch(new URL(file, base))).blob());
    return `@font-face{font-family:${fontFamily};font-weight:${fontWeight};font-style:${fontStyle};src:url(${data})}`;
  });
  return (await Promise.all(texts)).join('\n');
}

function save(href, download) {
  Object.assign(document.createElement('a'), { href, download }).click();
  return `saved as ${download}`;
}

/** Draw an element as PNG and hand it to the clipboard, or as a file where that is not allowed; as SVG always as a file. What became of it, in words. */
export async function picture(shown, kind = 'png') {
  const widest = Math.max(shown.scrollWidth, ...[...shown.children].map((each) => each.scrollWidth));
  const [width, height] = [widest + 4 * MARGIN, shown.scrollHeight + 2 * MARGIN];
  const svg = Object.assign(document.createElement('div'), { innerHTML: '<svg><foreignObject width="100%" height="100%"></foreignObject></svg>' }).firstChild;
  svg.setAttribute('width', width);
  svg.setAttribute('height', height);
  const { color, backgroundColor: paper } = getComputedStyle(document.body);
  const sheet = Object.assign(document.createElement('style'), { textContent: `${await style()}\n.derivation{overflow:visible}` });
  const box = Object.assign(document.createElement('div'), { style: `padding:${MARGIN}px;box-sizing:border-box;width:${width}px;font:16px/1.5 system-ui,sans-serif;color:${color}` });
  box.append(shown.cloneNode(true));
  svg.firstChild.append(sheet, box);
  const drawn = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  if (kind === 'svg') return save(drawn, 'derivation.svg');
  const image = Object.assign(new Image(), { src: drawn });
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * SCALE, height: height * SCALE });
  const pen = canvas.getContext('2d');
  pen.fillStyle = paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const png = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    return 'copied as a picture';
  } catch {
    return save(await read(png), 'derivation.png');
  }
}

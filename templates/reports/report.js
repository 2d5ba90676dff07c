for (const code of document.querySelectorAll('code.tex')) {
  const displayMode = code.classList.contains('display');
  try {
    const place = document.createElement(displayMode ? 'div' : 'span');
    const shown = code.closest('td') ? `\\displaystyle ${code.textContent}` : code.textContent;
    place.innerHTML = katex.renderToString(shown, { displayMode, output: 'mathml', strict: 'ignore', throwOnError: true });
    place.title = code.textContent;
    code.replaceWith(place);
  } catch (error) {
    code.title = error.message;
  }
}

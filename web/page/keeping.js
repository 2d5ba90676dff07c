// What is kept: the whole state in the link's fragment, the last formulas in the browser's own storage.

const KEY = 'derivtex.history';
const MOST = 30;

export function fromLink() {
  try {
    return JSON.parse(decodeURIComponent(escape(atob(location.hash.slice(1).replace(/-/g, '+').replace(/_/g, '/')))));
  } catch {
    return null;
  }
}

export function intoLink(state) {
  const text = btoa(unescape(encodeURIComponent(JSON.stringify(state)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  history.replaceState(null, '', `#${text}`);
}

export function past() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

export function remember(state) {
  const others = past().filter((each) => each.source !== state.source);
  try {
    localStorage.setItem(KEY, JSON.stringify([state, ...others].slice(0, MOST)));
  } catch { /* storage may be full or forbidden: then nothing is kept */ }
}

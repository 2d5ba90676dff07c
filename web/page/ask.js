// One way to ask, two places that answer: the server this page came from, or Python in a worker beside the page. The worker answers before
// NumPy is there: whether numbers can confirm anything is known from the beginning, or later.

const ON_NUMBERS = ['check', 'answer', 'solve'];
let worker = null;
let numbers = 'here';
let settle = () => {};
const settled = new Promise((done) => { settle = done; });
const waiting = new Map();
let last = 0;

export async function begin(tell) {
  const { engine } = await (await fetch('engine.json')).json();
  if (engine !== 'worker') return settle();
  tell('loading Python …');
  worker = new Worker('worker.js', { type: 'module' });
  // What is kept for a time without a network is fetched once Python is here; without it the site works as long as there is one.
  await started().finally(() => { navigator.serviceWorker?.register('offline.js').catch(() => {}); });
  tell('');
}

/** Until the worker answers. */
function started() {
  return new Promise((ready, failed) => {
    worker.onerror = ({ message }) => failed(new Error(message || 'the worker did not start'));
    worker.onmessage = ({ data }) => {
      if (data.failed) return failed(new Error(data.failed));
      if (data.numbers) return arrived(data.numbers, ready);
      waiting.get(data.id)?.(JSON.parse(data.text));
      waiting.delete(data.id);
    };
  });
}

function arrived(now, ready) {
  numbers = now;
  if (now !== 'coming') settle();
  ready();
}

/** The answer to a request of `derivtex server`; what numbers decide waits for them. */
export async function ask(request) {
  const text = JSON.stringify(request);
  if (ON_NUMBERS.includes(request.do)) await settled;
  if (worker) {
    const id = ++last;
    return new Promise((answered) => { waiting.set(id, answered); worker.postMessage({ id, text }); });
  }
  const reply = await fetch('api', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
  return reply.json();
}

/** Whether numbers can be computed where the answers come from: here, coming, or none. */
export const numbersAre = () => numbers;

/** Do something once numbers that are coming have come, or turn out not to. */
export const whenNumbersCome = (work) => numbers === 'coming' && settled.then(work);

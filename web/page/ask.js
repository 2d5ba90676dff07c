// One way to ask, two places that answer: the server this page came from, or Python in a worker beside the page.

let worker = null;
const waiting = new Map();
let last = 0;

export async function begin(tell) {
  const { engine } = await (await fetch('engine.json')).json();
  if (engine !== 'worker') return;
  navigator.serviceWorker?.register('offline.js').catch(() => {});  // without it the site works as long as there is a network
  tell('loading Python …');
  worker = new Worker('worker.js', { type: 'module' });
  await new Promise((ready, failed) => {
    worker.onmessage = ({ data }) => {
      if (data.ready) return ready();
      if (data.failed) return failed(new Error(data.failed));
      waiting.get(data.id)?.(JSON.parse(data.text));
      waiting.delete(data.id);
    };
  });
  tell('');
}

/** The answer to a request of `derivtex server`. */
export async function ask(request) {
  const text = JSON.stringify(request);
  if (worker) {
    const id = ++last;
    return new Promise((answered) => { waiting.set(id, answered); worker.postMessage({ id, text }); });
  }
  const reply = await fetch('api', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
  return reply.json();
}

/** Whether the numbers can be computed where the answers come from. */
export const inBrowser = () => worker !== null;

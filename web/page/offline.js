// The static site without a network: on the first visit the browser keeps all its files; a site that was built anew is kept anew.

const { version, files } = self.KEPT;  // the building writes this line's object above it

self.oninstall = (event) => event.waitUntil(caches.open(version).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
self.onactivate = (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
self.onfetch = (event) => event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)));

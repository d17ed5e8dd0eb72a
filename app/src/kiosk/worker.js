// The service worker: the page without a network. VERSION and FILES stand above; whatever else is asked for goes to the
// server. A new version waits until the page says that nobody is in the middle of something.

const CACHE = `kiosk-${VERSION}`;

async function fetchAll() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(file => new Request(file, { cache: 'reload', credentials: 'omit' })));
}

async function takeOver() {
  const old = (await caches.keys()).filter(name => name.startsWith('kiosk-') && name !== CACHE);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
}

async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return await cache.match(path) ?? fetch(request);
}

self.addEventListener('install', event => event.waitUntil(fetchAll()));
self.addEventListener('activate', event => event.waitUntil(takeOver()));
self.addEventListener('message', event => {
  if (event.data === 'apply') self.skipWaiting();
});
self.addEventListener('fetch', event => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin || !FILES.includes(pathname)) return;
  event.respondWith(answer(pathname, event.request));
});

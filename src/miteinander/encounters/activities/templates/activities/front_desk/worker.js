// Keeps the page of one front desk for a gap in the network, and nothing else.
// It is dropped when the meeting is over, and when the person is not signed in any more.
const NAME = "desk-{{ date.pk }}-{{ page_until }}";
const UNTIL = {{ page_until }};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function drop() {
  await caches.delete(NAME);
}

async function answer(request) {
  const isPage = request.mode === "navigate";
  try {
    const response = await fetch(request);
    const isGone = response.type === "opaqueredirect" || [403, 404].includes(response.status);
    if (isPage && isGone) await drop();
    return response;
  } catch (error) {
    if (Date.now() > UNTIL) await drop();
    const cache = (await caches.has(NAME)) ? await caches.open(NAME) : null;
    const kept = cache && (await cache.match(request, { ignoreVary: true, ignoreSearch: true }));
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

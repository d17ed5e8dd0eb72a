// What the tablet keeps: `meta` (keys, settings, counts), `queue` (sealed answers that wait), `aside` (answers that the
// server did not take). Every change waits for the disk: what somebody was thanked for survives a power cut.

const BOX = 'hailong-kiosk';
let box = null;

const finished = request => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});

async function openBox() {
  const request = indexedDB.open(BOX, 1);
  request.onupgradeneeded = () => {
    for (const name of ['meta', 'queue', 'aside']) request.result.createObjectStore(name);
  };
  box = await finished(request);
}

/// Changes several stores, all or nothing.
const change = (names, work) => new Promise((yes, no) => {
  const transaction = box.transaction(names, 'readwrite', { durability: 'strict' });
  transaction.oncomplete = () => yes();
  transaction.onabort = () => no(transaction.error);
  work(name => transaction.objectStore(name));
});

const look = (name, ask) => finished(ask(box.transaction(name).objectStore(name)));
const recall = key => look('meta', store => store.get(key));
const remember = (key, value) => change(['meta'], of => of('meta').put(value, key));

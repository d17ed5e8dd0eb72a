// Answers that wait. A row stands under its nonce, which is random: the order of rows is not that of people. No time is
// kept with it.

let sealKey = null;
let dropped = 0;

async function putTap(nonce, tap) {
  const row = await sealTap(sealKey, nonce, tap);
  await change(['queue'], of => of('queue').put(row, nonce));
}

const countTaps = () => look('queue', store => store.count());
const keysOfTaps = most => look('queue', store => store.getAllKeys(null, most));

/// Opens some answers. One that cannot be opened is laid aside, not thrown away.
async function openTaps(nonces) {
  const opened = [];
  for (const nonce of nonces) {
    const row = await look('queue', store => store.get(nonce));
    if (!row) continue;
    try {
      opened.push({ nonce, row, tap: await openTap(sealKey, nonce, row) });
    } catch {
      await layAside([{ nonce, row, why: 'unreadable' }], []);
    }
  }
  return opened;
}

/// Takes rows out of the queue: some because they are kept by the server, some to be looked at by staff.
const layAside = (refused, kept) => change(['queue', 'aside'], of => {
  for (const { nonce, row, why } of refused) {
    of('aside').put({ ...row, why }, nonce);
    of('queue').delete(nonce);
  }
  for (const nonce of kept) of('queue').delete(nonce);
});

async function countAside() {
  const rows = await look('aside', store => store.getAll());
  const late = rows.filter(row => row.why === 'late').length;
  return { late, bad: rows.length - late };
}

const forgetAside = () => change(['aside'], of => of('aside').clear());

async function dropRepeat() {
  dropped += 1;
  await remember('dropped', dropped);
}

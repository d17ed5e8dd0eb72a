// Sending. An answer leaves the queue when the server has said what became of it, and never before; sent twice it is one.
// No clock is asked: not for what is sent, not for when.

const AT_ONCE = 40;
// Seconds until the next try, by the number of failures in a row; then between calls that carry nothing.
const PAUSES = [5, 10, 20, 40, 80, 160, 300];
const BEAT = 600;
const PATIENCE = 20000;

// A start of the tablet. A server that hears an old one after a new one knows that two tablets hold one key.
const session = text64(chance(16));

let device = null;
let failures = 0;
let isSending = false;
let isWanted = false;
let isUnknown = false;
let timer = 0;
let nextTry = 0;
// The answer that somebody may still add to, and the one that was just finished.
let current = null;
let fresh = null;

function wake(seconds) {
  clearTimeout(timer);
  nextTry = performance.now() + seconds * 1000;
  timer = setTimeout(() => send(), seconds * 1000);
}

/// Sends what waits, now or after the pause that a failure asks for.
async function send() {
  if (!device) return;
  if (isSending) {
    isWanted = true;
    return;
  }
  isSending = true;
  isWanted = false;
  let pause = BEAT;
  try {
    while (await sendSome());
    failures = 0;
  } catch (trouble) {
    const step = PAUSES[Math.min(failures, PAUSES.length - 1)];
    failures += 1;
    // Tablets that lost their server together do not come back in one moment.
    pause = Math.max(trouble.after || 0, step * (1 + Math.random() / 4));
  }
  isSending = false;
  wake(isWanted && !failures ? 0 : pause);
  await told();
}

/// A new answer is sent at once unless the server is known to be away.
const sendSoon = () => failures ? undefined : send();

async function sendSome() {
  const nonces = (await keysOfTaps(AT_ONCE + 1)).filter(nonce => nonce !== current?.nonce);
  const opened = await openTaps(nonces.slice(0, AT_ONCE));
  const waiting = await countTaps();
  const live = opened.length === 1 && opened[0].nonce === fresh && !failures;
  const body = JSON.stringify({
    device: device.id,
    session,
    version: texts.version,
    waiting: waiting - waiting % 10,
    dropped: dropped - dropped % 10,
    live,
    answers: opened.map(({ nonce, tap }) => ({ n: nonce, s: tap.s, o: tap.o, f: tap.f })),
  });
  const answer = await post('/k/sync', body, await sign(device.pair, 'hailong-sync-1', body));
  await settle(opened, answer);
  return nonces.length > AT_ONCE;
}

async function post(path, body, signature) {
  const headers = { 'content-type': 'application/json', 'x-hailong-signature': signature };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(path, { method: 'POST', body, headers, signal, credentials: 'omit', cache: 'no-store' });
  isUnknown = answer.status === 404;
  if (!answer.ok) {
    const trouble = new Error(`status ${answer.status}`);
    trouble.status = answer.status;
    trouble.after = Number(answer.headers.get('retry-after')) || 0;
    throw trouble;
  }
  return answer.json();
}

/// Believes only an answer that says of each what became of it.
async function settle(opened, answer) {
  const fates = answer.answers;
  if (!Array.isArray(fates) || fates.length !== opened.length || !answer.config) throw new Error('no answer of ours');
  const refused = [];
  const kept = [];
  opened.forEach(({ nonce, row }, at) => {
    if (fates[at] === 'kept' || fates[at] === 'held') kept.push(nonce);
    if (fates[at] === 'late' || fates[at] === 'unreadable') refused.push({ nonce, row, why: fates[at] });
  });
  await layAside(refused, kept);
  await learn(answer.config);
  if (kept.length + refused.length < opened.length) throw new Error('some have to wait');
}

// Pairing, starting, updates. Last of the files: here it begins.

// A new version takes over when nobody has touched the tablet for so long.
const CALM = 30000;

let registration = null;

/// The link of the QR carries its secret behind the #, which no browser sends and no history keeps here.
function takeSecret() {
  const secret = location.hash.startsWith('#pair=') ? location.hash.slice(6) : '';
  if (location.hash) history.replaceState(null, '', '/k/');
  return secret;
}

/// The same key for the same secret, also after a restart: an answer that was lost on the way can be asked for again.
async function signerFor(secret) {
  const begun = await recall('pairing');
  if (begun?.secret === secret) return begun.pair;
  const pair = await makeSigner();
  await remember('pairing', { secret, pair });
  return pair;
}

async function pairTablet(secret, digits) {
  const pair = await signerFor(secret);
  const body = JSON.stringify({ secret, key: await publicKey(pair) });
  const answer = await post('/k/pair', body, await sign(pair, 'hailong-pair-1', secret));
  const kept = { id: answer.device, pair };
  const fresh = await newPin(digits);
  // An older pairing's queue stays, and so does the key under which it is sealed.
  const seal = await recall('seal') ?? await makeSeal();
  await change(['meta'], of => {
    const meta = of('meta');
    meta.put(kept, 'device');
    meta.put(seal, 'seal');
    meta.put(fresh, 'pin');
    meta.put(answer.config, 'config');
    meta.put(0, 'dropped');
    meta.delete('pairing');
  });
  navigator.storage?.persist?.();
  await run();
}

function askForPin(secret) {
  show('pair');
  at('pair-form').hidden = false;
  at('pair-form').onsubmit = async event => {
    event.preventDefault();
    const [digits, again] = [at('pair-pin').value, at('pair-again').value];
    const wrong = !/^\d{4,8}$/.test(digits) ? 'pair_form' : digits !== again ? 'pair_differ' : '';
    if (wrong) {
      sayInto(at('pair-wrong'), wrong);
      return;
    }
    for (const id of ['pair-pin', 'pair-again']) at(id).value = '';
    try {
      await pairTablet(secret, digits);
    } catch (trouble) {
      const isGone = trouble.status === 410 || trouble.status === 404;
      sayInto(at('pair-wrong'), isGone ? 'pair_gone' : 'pair_network');
    }
  };
}

/// Begins to ask, with what the tablet knows.
async function run() {
  device = await recall('device');
  sealKey = await recall('seal');
  pin = await recall('pin');
  config = await recall('config');
  dropped = await recall('dropped') ?? 0;
  block();
  home();
  await told();
  stir();
  send();
}

async function renewQuietly() {
  if (!navigator.serviceWorker) return;
  // The first worker takes over a page that is new already; each later one brings a newer page.
  let isControlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isControlled) location.reload();
    isControlled = true;
  });
  registration = await navigator.serviceWorker.register('/k/worker.js', { scope: '/k/' });
  setInterval(updateWhenCalm, BEAT * 1000 / 10);
}

/// An update never comes between a person and the thanks.
function updateWhenCalm() {
  registration.update().catch(() => {});
  const isCalm = (shown === 'ask' || shown === 'notice') && !current && !isKeeping && !isSending;
  if (isCalm && registration.waiting && performance.now() - Math.max(lastTap, shownAt) > CALM) {
    registration.waiting.postMessage('apply');
  }
}

async function start() {
  const secret = takeSecret();
  texts = await (await fetch('/k/words.json')).json();
  speak();
  await openBox();
  listen();
  listenToStaff();
  addEventListener('hashchange', () => location.reload());
  renewQuietly().catch(() => {});
  const known = await recall('device');
  if (secret) askForPin(secret);
  else if (known) await run();
  else {
    show('pair');
    at('pair-none').hidden = false;
  }
}

/// One window at a time: two would send the same queue and count each other's taps.
const alone = () => new Promise(() => { start().catch(() => showNotice('not_kept')); });

async function onlySay(key) {
  texts = await (await fetch('/k/words.json')).json();
  speak();
  showNotice(key);
}

if (globalThis.isSecureContext && navigator.locks) {
  navigator.locks.request(BOX, { ifAvailable: true }, async lock => {
    if (lock) return alone();
    await onlySay('elsewhere');
    navigator.locks.request(BOX, () => location.reload());
  });
} else {
  // Without https a browser has neither keys nor a service worker.
  onlySay('needs_https');
}

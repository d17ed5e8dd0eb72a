// Behind the PIN: how the tablet is, and the way out of the full screen.

// After so many wrong PINs in a row the next try waits, each time twice as long; a restart does not shorten it.
const FREE_TRIES = 5;
const LONGEST_WAIT = 600;

let pin = null;
let blockedUntil = 0;

function block() {
  const over = pin.wrong - FREE_TRIES;
  if (over >= 0) blockedUntil = performance.now() + Math.min(30 * 2 ** over, LONGEST_WAIT) * 1000;
}

async function tryPin(typed) {
  const wait = Math.ceil((blockedUntil - performance.now()) / 1000);
  if (wait > 0) {
    sayInto(at('pin-wrong'), 'pin_wait', { n: wait });
    return;
  }
  const isRight = await hashPin(typed, pin.salt, pin.rounds) === pin.hash;
  pin = { ...pin, wrong: isRight ? 0 : pin.wrong + 1 };
  await remember('pin', pin);
  if (isRight) {
    show('staff');
    await tellStaff();
  } else {
    block();
    sayInto(at('pin-wrong'), 'pin_wrong');
  }
}

function fact(name, text) {
  document.querySelector(`[data-fact="${name}"]`).textContent = text;
}

function connection() {
  if (isUnknown) return say('unknown_device');
  if (!failures) return say('online');
  return say('offline', { n: Math.max(0, Math.ceil((nextTry - performance.now()) / 1000)) });
}

async function tellStaff() {
  const { late, bad } = await countAside();
  fact('name', config.name);
  fact('place', config.place.vi);
  fact('waiting', String(await countTaps()));
  fact('refused', late + bad ? say('refused_why', { late, bad }) : '0');
  fact('dropped', String(dropped));
  fact('until', config.until ?? config.closed_on ?? '–');
  fact('connection', connection());
  fact('version', texts.version);
  at('forget').disabled = late + bad === 0;
}

function listenToStaff() {
  at('staff-door').addEventListener('click', () => {
    at('pin-digits').value = '';
    at('pin-wrong').textContent = '';
    show('pin');
    at('pin-digits').focus();
  });
  at('pin-form').addEventListener('submit', event => {
    event.preventDefault();
    const typed = at('pin-digits').value;
    at('pin-digits').value = '';
    tryPin(typed);
  });
  at('pin-back').addEventListener('click', home);
  at('to-kiosk').addEventListener('click', () => { hasLeft = false; home(); });
  at('send-now').addEventListener('click', send);
  at('leave').addEventListener('click', () => {
    hasLeft = true;
    if (document.fullscreenElement) document.exitFullscreen();
  });
  at('forget').addEventListener('click', async () => {
    await forgetAside();
    await told();
  });
}

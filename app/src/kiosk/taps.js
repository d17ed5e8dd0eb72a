// From a tap to the thanks. The first tap is kept before anything else happens; all that follows may be left out.

// A second tap of a nervous finger lands on what the first one opened.
const NERVOUS = 600;

let lastTap = -Infinity;
let isKeeping = false;
let idleTimer = 0;
let thanksTimer = 0;
let hasLeft = false;

function fillScreen() {
  const page = document.documentElement;
  if (hasLeft || document.fullscreenElement || !page.requestFullscreen) return;
  page.requestFullscreen({ navigationUI: 'hide' }).catch(() => {});
}

async function tapFace(level) {
  const now = performance.now();
  if (isKeeping || now - lastTap < config.repeat * 1000) {
    await dropRepeat();
    return;
  }
  isKeeping = true;
  lastTap = now;
  fillScreen();
  const nonce = text64(chance(16));
  const tap = { s: config.survey, o: level };
  // From now on the sender leaves it alone, until it is finished.
  current = { nonce, tap };
  try {
    await putTap(nonce, tap);
  } catch {
    // Nobody is thanked for an answer that is not there.
    current = null;
    lastTap = -Infinity;
    showNotice('not_kept', true);
  }
  isKeeping = false;
  if (!current) return;
  if (config.follow) show('follow');
  else await finish();
  await told();
}

async function choose(field) {
  if (!current || performance.now() - shownAt < NERVOUS) {
    await dropRepeat();
    return;
  }
  try {
    await putTap(current.nonce, { ...current.tap, f: field });
  } catch {
    // The answer itself is kept already.
  }
  await finish();
}

async function finish() {
  fresh = current?.nonce ?? fresh;
  current = null;
  show('thanks');
  clearTimeout(thanksTimer);
  thanksTimer = setTimeout(() => shown === 'thanks' && home(), config.thanks * 1000);
  sendSoon();
}

/// Whoever walked away leaves the tablet to the next person, in its first language.
function rest() {
  if (shown === 'follow') finish();
  else if (device && config && shown !== 'thanks' && shown !== 'pair' && !(shown === 'notice' && notice === 'elsewhere')) home();
}

function stir() {
  clearTimeout(idleTimer);
  idleTimer = setTimeout(rest, (config?.idle ?? 20) * 1000);
}

function listen() {
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, stir, { passive: true });
  addEventListener('contextmenu', event => event.preventDefault());
  document.querySelector('.tap').addEventListener('click', event => {
    const face = event.target.closest('button');
    if (face) tapFace(Number(face.value));
  });
  at('fields').addEventListener('click', event => {
    const field = event.target.closest('button');
    if (field) choose(field.value);
  });
  at('skip').addEventListener('click', () => performance.now() - shownAt < NERVOUS ? dropRepeat() : finish());
  at('notice-back').addEventListener('click', home);
  at('languages').addEventListener('click', event => {
    const chosen = event.target.closest('[data-language]');
    if (!chosen) return;
    language = chosen.dataset.language;
    speak();
    told();
  });
  addEventListener('online', () => { failures = 0; send(); });
  stir();
}

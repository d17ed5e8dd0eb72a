// What is shown, in which language. Words of data that a language lacks are shown in Vietnamese and say so.

const PARTS = ['ask', 'follow', 'thanks', 'notice', 'pin', 'staff', 'pair'];

let texts = {};
let language = 'vi';
let config = null;
let shown = '';
let shownAt = 0;
let notice = '';

const at = id => document.getElementById(id);

function write(element, text, spoken) {
  element.textContent = text;
  if (spoken === language) element.removeAttribute('lang');
  else element.lang = spoken;
}

/// A phrase and the language that it is in.
function phrase(key) {
  const own = texts[language]?.[key];
  return own === undefined ? [texts.vi?.[key] ?? '', 'vi'] : [own, language];
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => name in values ? values[name] : place);
const say = (key, values = {}) => fill(phrase(key)[0], values);
const sayInto = (element, key, values = {}) => write(element, say(key, values), phrase(key)[1]);

/// Words of data.
const writeWords = (element, words) => words[language] ? write(element, words[language], language) : write(element, words.vi, 'vi');

/// Everything in the chosen language.
function speak() {
  document.documentElement.lang = language;
  document.title = `${say('title')} – Hài Lòng`;
  at('languages').setAttribute('aria-label', say('languages'));
  for (const element of document.querySelectorAll('[data-say]')) sayInto(element, element.dataset.say);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
  if (config) speakConfig();
  if (notice) sayInto(at('notice-title'), notice);
}

function speakConfig() {
  document.body.classList.toggle('list', config.layout === 'list');
  writeWords(at('province'), config.province);
  writeWords(at('where'), { ...config.place });
  if (!config.question) return;
  writeWords(at('question'), config.question);
  const faces = [...document.querySelectorAll('.tap button')];
  faces.forEach((face, place) => writeWords(face.querySelector('.word'), config.scale[place]));
  if (config.follow) speakFollow();
}

function speakFollow() {
  writeWords(at('about'), config.follow.text);
  at('fields').replaceChildren(...config.follow.options.map(option => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = option.apart ? 'large apart' : 'large';
    button.value = option.code;
    writeWords(button, option.words);
    return button;
  }));
}

/// Shows one part. Its heading is focused, so that a screen reader begins there.
function show(part) {
  shown = part;
  shownAt = performance.now();
  for (const id of PARTS) at(id).hidden = id !== part;
  const isOurs = part === 'pin' || part === 'staff' || part === 'pair';
  at('staff-door').hidden = isOurs || !device;
  at('languages').hidden = part === 'pair';
  if (part !== 'notice') notice = '';
  at(part).querySelector('h1').focus({ preventScroll: true });
}

function showNotice(key, back = false) {
  notice = key;
  sayInto(at('notice-title'), key);
  at('notice-do').hidden = key === 'elsewhere' || key === 'needs_https';
  at('notice-back').hidden = !back;
  show('notice');
  notice = key;
}

/// The question, or why there is none.
function home() {
  language = 'vi';
  speak();
  const states = { closed: 'closed', 'not-yet': 'not_yet', revoked: 'revoked' };
  if (config.state === 'open') show('ask');
  else showNotice(states[config.state] || 'closed');
}

/// What the server said of this tablet.
async function learn(fresh) {
  const before = config;
  config = fresh;
  if (JSON.stringify(fresh) === JSON.stringify(before)) return;
  await remember('config', fresh);
  const isAtRest = !current && (shown === 'ask' || shown === 'notice' && notice !== 'not_kept');
  if (isAtRest && before?.state === fresh.state) speak();
  else if (isAtRest) home();
}

/// How many answers wait; exact, because it is said to whoever stands here.
async function told() {
  const waiting = await countTaps();
  const { late, bad } = await countAside();
  const said = [];
  if (waiting) said.push(say('unsent', { n: waiting }));
  if (late + bad) said.push(say('aside', { n: late + bad }));
  // The same words again would be read out again.
  if (at('count').textContent !== said.join(' ')) at('count').textContent = said.join(' ');
  if (shown === 'staff') await tellStaff();
}

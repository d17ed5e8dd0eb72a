// The tablet's keys. Neither can be read out, not even by this page: one signs what is sent, the other seals what waits.

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const PIN_ROUNDS = 600000;
// Every sealed answer is equally long, so that its length does not tell whether more than one question was answered.
const SEALED = 160;

const bytesOf = text => new TextEncoder().encode(text);
const chance = count => crypto.getRandomValues(new Uint8Array(count));
const text64 = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const makeSigner = () => crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
const makeSeal = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
const publicKey = async pair => text64(await crypto.subtle.exportKey('raw', pair.publicKey));

async function sign(pair, purpose, message) {
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  return text64(await crypto.subtle.sign(how, pair.privateKey, bytesOf(`${purpose}\n${message}`)));
}

async function sealTap(seal, nonce, tap) {
  const iv = chance(12);
  const how = { name: 'AES-GCM', iv, additionalData: bytesOf(nonce) };
  const sealed = await crypto.subtle.encrypt(how, seal, bytesOf(JSON.stringify(tap).padEnd(SEALED)));
  return { iv, sealed };
}

async function openTap(seal, nonce, row) {
  const how = { name: 'AES-GCM', iv: row.iv, additionalData: bytesOf(nonce) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, seal, row.sealed)));
}

async function hashPin(pin, salt, rounds) {
  const key = await crypto.subtle.importKey('raw', bytesOf(pin), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return text64(await crypto.subtle.deriveBits(how, key, 256));
}

async function newPin(pin) {
  const salt = chance(16);
  return { salt, rounds: PIN_ROUNDS, hash: await hashPin(pin, salt, PIN_ROUNDS), wrong: 0 };
}

// SPDX-License-Identifier: MIT
'use strict';

// From the characters a terminal sends to key presses. One KeyDecoder holds one stream's state: it takes a character
// at a time and calls back with a whole key. The escape sequences are those of xterm, rxvt, PuTTY, Cygwin, the Linux
// console and tmux; what sits behind each is one table.

const kDecoder = Symbol('keypress-decoder');
const kKeys = Symbol('keypress-keys');

const ESC = '\x1b';
// Milliseconds after which a lone escape is the Escape key and not the start of a sequence.
const ESCAPE_TIMEOUT = 500;

const F_KEYS = ['11 OP [A', '12 OQ [B', '13 OR [C', '14 OS [D', '15 15 [E', '17', '18', '19', '20', '21', '23', '24'];
const CURSOR_KEYS = { A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home' };
const EDIT_KEYS = { 1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end' };

// Sequence after the escape, without its modifier -> [name, shift, ctrl].
function buildTable() {
  const table = { __proto__: null };
  F_KEYS.forEach((forms, k) => {
    const [number, ss3, linux] = forms.split(' ');
    table[`[${number}~`] = [`f${k + 1}`];
    if (ss3?.[0] === 'O') {
      table[ss3] = [`f${k + 1}`];
      table[`[${ss3[1]}`] = [`f${k + 1}`];
    }
    if (linux) table[`[${linux}`] = [`f${k + 1}`];
  });
  for (const letter of Object.keys(CURSOR_KEYS)) {
    const name = CURSOR_KEYS[letter];
    table[`[${letter}`] = table[`O${letter}`] = [name];
    if (letter <= 'E') {
      table[`[${letter.toLowerCase()}`] = [name, true];
      table[`O${letter.toLowerCase()}`] = [name, false, true];
    }
  }
  for (const digit of Object.keys(EDIT_KEYS)) {
    table[`[${digit}~`] = [EDIT_KEYS[digit]];
    if (digit === '1' || digit === '4') continue;
    table[`[${digit}$`] = [EDIT_KEYS[digit], true];
    table[`[${digit}^`] = [EDIT_KEYS[digit], false, true];
  }
  table['[[5~'] = ['pageup'];
  table['[[6~'] = ['pagedown'];
  table['[200~'] = ['paste-start'];
  table['[201~'] = ['paste-end'];
  table['[Z'] = ['tab', true];
  return table;
}

const PLAIN = {
  '__proto__': null, '\r': 'return', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\x7f': 'backspace',
  [ESC]: 'escape', ' ': 'space',
};

function isDigit(ch) {
  return ch >= '0' && ch <= '9';
}

class KeyDecoder {
  #table = null;
  #held = '';
  #emit;

  constructor(emit) {
    this.#emit = emit;
  }

  get pending() {
    return this.#held !== '';
  }

  // One code point. A sequence that turns out longer stays held.
  push(ch) {
    const held = this.#held;
    if (held === '') {
      if (ch === ESC) this.#held = ESC;
      else this.#plain(ch, ch, false);
      return;
    }
    if (held === ESC || held === ESC + ESC) {
      if (ch === ESC && held === ESC) {
        this.#held = ESC + ESC;
      } else if (ch === 'O' || ch === '[') {
        this.#held = held + ch;
      } else {
        this.#held = '';
        this.#plain(ch, held + ch, true);
      }
      return;
    }
    this.#sequence(held + ch, ch);
  }

  // No more characters came in time: a lone escape is the key. A sequence that began goes on waiting.
  flush() {
    const held = this.#held;
    if (held !== ESC && held !== ESC + ESC) return;
    this.#held = '';
    this.#plain('', held, true);
  }

  #sequence(text, ch) {
    const start = text.lastIndexOf(ESC) + 1;
    const body = text.slice(start + 1);
    if (text[start] === 'O') {
      // ESC O [modifier] letter
      if (isDigit(ch) && body.length === 1) {
        this.#held = text;
      } else {
        this.#held = '';
        this.#coded(text, `O${ch}`, body.length > 1 ? Number(body[0]) - 1 : 0);
      }
      return;
    }
    // ESC [ [ letter, ESC [ digits ; modifier final
    if (ch === '[' && body.length === 1) {
      this.#held = text;
      return;
    }
    const digits = body[0] === '[' ? body.slice(1) : body;
    if ((isDigit(ch) && /^\d{1,3}$|;\d$/.test(digits)) || (ch === ';' && /^\d{1,3};$/.test(digits))) {
      this.#held = text;
      return;
    }
    const linux = body[0] === '[' ? '[' : '';
    let number = digits;
    let modifier = 0;
    // A tilde, ^ or $ keeps the number of the key; a letter is the key and has only a modifier before it.
    const match = /^(\d\d?)(?:;(\d))?([~^$])$/.exec(digits) ?? /^(?:(?:\d;)?(\d))?()([A-Za-z])$/.exec(digits);
    if (match !== null) {
      const letter = match[2] === '';
      number = letter ? match[3] : match[1] + match[3];
      const digit = letter ? match[1] : match[2];
      if (digit !== undefined) modifier = Number(digit) - 1;
    }
    this.#held = '';
    this.#coded(text, `[${linux}${number}`, modifier);
  }

  #coded(sequence, code, modifier) {
    this.#table ??= buildTable();
    const entry = this.#table[code];
    const key = {
      sequence, name: entry ? entry[0] : 'undefined',
      ctrl: (modifier & 4) !== 0, meta: (modifier & 10) !== 0, shift: (modifier & 1) !== 0, code,
    };
    if (entry?.[1]) key.shift = true;
    if (entry?.[2]) key.ctrl = true;
    this.#emit(undefined, key);
  }

  #plain(ch, sequence, escaped) {
    const key = { sequence, name: undefined, ctrl: false, meta: false, shift: false };
    const name = PLAIN[ch];
    if (name !== undefined) {
      key.name = name;
      key.meta = escaped;
    } else if (!escaped && ch <= '\x1a') {
      key.name = String.fromCharCode(ch.charCodeAt(0) + 96);
      key.ctrl = true;
    } else if (ch.length === 1 && /^[0-9A-Za-z]$/.test(ch)) {
      key.name = ch.toLowerCase();
      key.shift = ch >= 'A' && ch <= 'Z';
      key.meta = escaped;
    } else if (escaped) {
      key.name = ch.length ? undefined : 'escape';
      key.meta = true;
    }
    this.#emit(escaped ? undefined : ch, key);
  }
}

function emitKeypressEvents(stream, iface = {}) {
  if (stream[kKeys]) return;
  const { StringDecoder } = require('string_decoder');
  const { clearTimeout, setTimeout } = require('timers');
  stream[kDecoder] = new StringDecoder('utf8');
  const keys = stream[kKeys] = new KeyDecoder((s, key) => stream.emit('keypress', s, key));
  let timer;

  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      // Nobody watches: the stream is left alone until somebody does.
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const string = stream[kDecoder].write(input);
    if (string === '') return;
    clearTimeout(timer);
    timer = undefined;
    iface[kSawKeyPress] = string.length === String.fromCodePoint(string.codePointAt(0)).length;
    // A tab inside pasted text is text: only the last character may complete.
    iface.isCompletionEnabled = false;
    let at = 0;
    for (const ch of string) {
      at += ch.length;
      if (at === string.length) iface.isCompletionEnabled = true;
      try {
        keys.push(ch);
      } catch (error) {
        // The listener's error is the caller's, but this stream must go on with a fresh decoder.
        iface.isCompletionEnabled = true;
        throw error;
      }
    }
    if (keys.pending) timer = setTimeout(() => keys.flush(), iface.escapeCodeTimeout ?? ESCAPE_TIMEOUT);
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

const kSawKeyPress = Symbol('_sawKeyPress');

module.exports = { emitKeypressEvents, kSawKeyPress };

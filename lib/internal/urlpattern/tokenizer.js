// SPDX-License-Identifier: MIT
'use strict';

// Tokens of a pattern string  https://urlpattern.spec.whatwg.org/#tokenizing: { type, index, value }, with types open,
// close, regexp, name, char, escaped-char, other-modifier, asterisk, end and invalid-char.

const singles = {
  __proto__: null, '*': 'asterisk', '+': 'other-modifier', '?': 'other-modifier', '{': 'open', '}': 'close',
};

const nameStart = /^[\p{ID_Start}$_]$/u;
const namePart = /^[\p{ID_Continue}$_\u200C\u200D]$/u;

// Is this code point one of a group's name?
function isNamePart(char, isFirst) {
  return (isFirst ? nameStart : namePart).test(char);
}

function codePointAt(input, index) {
  return index < input.length ? String.fromCodePoint(input.codePointAt(index)) : '';
}

// The end of a name that starts at `index`.
function nameEnd(input, index) {
  let at = index;
  for (;;) {
    const char = codePointAt(input, at);
    if (char === '' || !isNamePart(char, at === index)) return at;
    at += char.length;
  }
}

// The end of a regular expression whose text starts at `start`, behind its last parenthesis; -1 for none.
function regexpEnd(input, start) {
  let depth = 1;
  for (let at = start; at < input.length; at++) {
    const char = input[at];
    if (input.charCodeAt(at) > 0x7F || (at === start && char === '?')) return -1;
    if (char === '\\') {
      if (at === input.length - 1 || input.charCodeAt(++at) > 0x7F) return -1;
    } else if (char === ')') {
      if (--depth === 0) return at === start ? -1 : at + 1;
    } else if (char === '(') {
      depth++;
      if (input[at + 1] !== '?') return -1;
    }
  }
  return -1;
}

// A strict tokenizer throws where a lenient one makes invalid-char tokens.
function tokenize(input, isStrict) {
  const tokens = [];
  let index = 0;
  const add = (type, start, end, value = input.slice(start, end)) => {
    tokens.push({ type, index: start, value });
    index = end;
  };
  const invalid = (start, end) => {
    if (isStrict) throw new TypeError(`Invalid pattern at ${start}`);
    add('invalid-char', start, end);
  };
  while (index < input.length) {
    const char = codePointAt(input, index);
    const next = index + char.length;
    if (singles[char] !== undefined) {
      add(singles[char], index, next);
    } else if (char === '\\') {
      const escaped = codePointAt(input, next);
      if (escaped === '') invalid(index, next);
      else add('escaped-char', index, next + escaped.length, escaped);
    } else if (char === ':') {
      const end = nameEnd(input, next);
      if (end === next) invalid(index, next);
      else add('name', index, end, input.slice(next, end));
    } else if (char === '(') {
      const end = regexpEnd(input, next);
      if (end < 0) invalid(index, next);
      else add('regexp', index, end, input.slice(next, end - 1));
    } else {
      add('char', index, next);
    }
  }
  add('end', index, index, '');
  return tokens;
}

module.exports = { isNamePart, tokenize };

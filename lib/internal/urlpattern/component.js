// SPDX-License-Identifier: MIT
'use strict';

// One component of a pattern  https://urlpattern.spec.whatwg.org/#component: from a pattern string to parts, from parts
// to a regular expression and to the normalised pattern string.

const { isNamePart, tokenize } = require('internal/urlpattern/tokenizer');

const kFullWildcard = '.*';

function escapeRegExp(text) {
  return text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
}

function escapePattern(text) {
  return text.replace(/[+*?:{}()\\]/g, '\\$&');
}

// options: { delimiter, prefix, ignoreCase }; delimiter and prefix are a code point or ''.
function segmentWildcard(options) {
  return `[^${escapeRegExp(options.delimiter)}]+?`;
}

// https://urlpattern.spec.whatwg.org/#parse-a-pattern-string. `encode` is applied to fixed text. A part is { type:
// 'fixed-text', 'regexp', 'segment-wildcard' or 'full-wildcard', value, modifier: '', '?', '*' or '+', name, prefix, suffix }.
class PatternParser {
  constructor(input, options, encode) {
    this.encode = encode;
    this.prefix = options.prefix;
    this.segment = segmentWildcard(options);
    this.tokens = tokenize(input, true);
    this.index = 0;
    this.parts = [];
    this.pendingFixed = '';
    this.nextNumber = 0;
    this.names = new Set();
  }

  take(type) {
    const token = this.tokens[this.index];
    if (token.type !== type) return undefined;
    this.index++;
    return token;
  }

  require(type) {
    const token = this.take(type);
    if (token === undefined) throw new TypeError(`Missing ${type} in pattern`);
    return token;
  }

  takeRegExpOrWildcard(name) {
    return this.take('regexp') ?? (name === undefined ? this.take('asterisk') : undefined);
  }

  takeModifier() {
    return (this.take('other-modifier') ?? this.take('asterisk'))?.value ?? '';
  }

  takeText() {
    let text = '';
    for (;;) {
      const token = this.take('char') ?? this.take('escaped-char');
      if (token === undefined) return text;
      text += token.value;
    }
  }

  flushFixed() {
    if (this.pendingFixed === '') return;
    const value = this.encode(this.pendingFixed);
    this.pendingFixed = '';
    this.parts.push({ type: 'fixed-text', value, modifier: '', name: '', prefix: '', suffix: '' });
  }

  addPart(prefix, nameToken, regexpToken, suffix, modifier) {
    if (nameToken === undefined && regexpToken === undefined && modifier === '') {
      this.pendingFixed += prefix;
      return;
    }
    this.flushFixed();
    if (nameToken === undefined && regexpToken === undefined) {
      if (prefix === '') return;
      const value = this.encode(prefix);
      this.parts.push({ type: 'fixed-text', value, modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    let value = regexpToken === undefined ? this.segment : regexpToken.type === 'asterisk' ? kFullWildcard :
      regexpToken.value;
    let type = 'regexp';
    if (value === this.segment) type = 'segment-wildcard';
    else if (value === kFullWildcard) type = 'full-wildcard';
    if (type !== 'regexp') value = '';
    const name = nameToken !== undefined ? nameToken.value : `${this.nextNumber++}`;
    if (this.names.has(name)) throw new TypeError(`Two groups of the name ${name}`);
    this.names.add(name);
    this.parts.push({ type, value, modifier, name, prefix: this.encode(prefix), suffix: this.encode(suffix) });
  }

  parse() {
    while (this.index < this.tokens.length) {
      const char = this.take('char');
      const name = this.take('name');
      const regexp = this.takeRegExpOrWildcard(name);
      if (name !== undefined || regexp !== undefined) {
        let prefix = char?.value ?? '';
        if (prefix !== '' && prefix !== this.prefix) {
          this.pendingFixed += prefix;
          prefix = '';
        }
        this.flushFixed();
        this.addPart(prefix, name, regexp, '', this.takeModifier());
        continue;
      }
      const fixed = char ?? this.take('escaped-char');
      if (fixed !== undefined) {
        this.pendingFixed += fixed.value;
        continue;
      }
      if (this.take('open') !== undefined) {
        const prefix = this.takeText();
        const innerName = this.take('name');
        const innerRegexp = this.takeRegExpOrWildcard(innerName);
        const suffix = this.takeText();
        this.require('close');
        this.addPart(prefix, innerName, innerRegexp, suffix, this.takeModifier());
        continue;
      }
      this.flushFixed();
      this.require('end');
    }
    return this.parts;
  }
}

// https://urlpattern.spec.whatwg.org/#generate-a-regular-expression-and-name-list
function makeRegExp(parts, options) {
  const names = [];
  let text = '^';
  for (const part of parts) {
    const { type, modifier } = part;
    if (type === 'fixed-text') {
      text += modifier === '' ? escapeRegExp(part.value) : `(?:${escapeRegExp(part.value)})${modifier}`;
      continue;
    }
    names.push(part.name);
    const value = type === 'segment-wildcard' ? segmentWildcard(options) :
      type === 'full-wildcard' ? kFullWildcard : part.value;
    const repeats = modifier === '*' || modifier === '+';
    const prefix = escapeRegExp(part.prefix);
    const suffix = escapeRegExp(part.suffix);
    if (prefix === '' && suffix === '') {
      text += repeats ? `((?:${value})${modifier})` : `(${value})${modifier}`;
    } else if (!repeats) {
      text += `(?:${prefix}(${value})${suffix})${modifier}`;
    } else {
      text += `(?:${prefix}((?:${value})(?:${suffix}${prefix}(?:${value}))*)${suffix})${modifier === '*' ? '?' : ''}`;
    }
  }
  return { regexp: new RegExp(`${text}$`, options.ignoreCase ? 'vi' : 'v'), names };
}

function firstCodePoint(text) {
  return text === '' ? '' : String.fromCodePoint(text.codePointAt(0));
}

const isDigit = (char) => char >= '0' && char <= '9';

// Must the part stand in braces, lest its neighbours be read as part of it?
function needsGrouping(part, previous, next, options) {
  if (part.suffix !== '' || (part.prefix !== '' && part.prefix !== options.prefix)) return true;
  const hasCustomName = !isDigit(part.name[0]);
  if (hasCustomName && part.type === 'segment-wildcard' && part.modifier === '' && next !== undefined &&
      next.prefix === '' && next.suffix === '') {
    if (next.type === 'fixed-text' ? isNamePart(firstCodePoint(next.value), false) : isDigit(next.name[0])) return true;
  }
  return part.prefix === '' && previous !== undefined && previous.type === 'fixed-text' && options.prefix !== '' &&
    previous.value.endsWith(options.prefix);
}

// https://urlpattern.spec.whatwg.org/#generate-a-pattern-string
function makePattern(parts, options) {
  let text = '';
  parts.forEach((part, k) => {
    const { type, modifier } = part;
    if (type === 'fixed-text') {
      text += modifier === '' ? escapePattern(part.value) : `{${escapePattern(part.value)}}${modifier}`;
      return;
    }
    const previous = parts[k - 1];
    const hasCustomName = !isDigit(part.name[0]);
    const isGrouped = needsGrouping(part, previous, parts[k + 1], options);
    if (isGrouped) text += '{';
    text += escapePattern(part.prefix);
    if (hasCustomName) text += `:${part.name}`;
    if (type === 'regexp') {
      text += `(${part.value})`;
    } else if (type === 'segment-wildcard') {
      if (!hasCustomName) text += `(${segmentWildcard(options)})`;
    } else if (!hasCustomName && (previous === undefined || previous.type === 'fixed-text' || previous.modifier !== '' ||
               isGrouped || part.prefix !== '')) {
      text += '*';
    } else {
      text += `(${kFullWildcard})`;
    }
    if (type === 'segment-wildcard' && hasCustomName && part.suffix !== '' &&
        isNamePart(firstCodePoint(part.suffix), false)) {
      text += '\\';
    }
    text += escapePattern(part.suffix);
    if (isGrouped) text += '}';
    text += modifier;
  });
  return text;
}

// Compile a component: { pattern, regexp, names, hasRegExpGroups }
function compileComponent(input, encode, options) {
  const parts = new PatternParser(input, options, encode).parse();
  const { regexp, names } = makeRegExp(parts, options);
  return {
    pattern: makePattern(parts, options), regexp, names,
    hasRegExpGroups: parts.some((part) => part.type === 'regexp'),
  };
}

module.exports = { compileComponent, escapePattern };

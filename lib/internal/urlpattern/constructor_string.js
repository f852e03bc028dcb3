// SPDX-License-Identifier: MIT
'use strict';

// A URL with patterns in it, cut into its components  https://urlpattern.spec.whatwg.org/#constructor-string-parsing

const { tokenize } = require('internal/urlpattern/tokenizer');
const { compileComponent } = require('internal/urlpattern/component');
const { canonical, specialPorts } = require('internal/urlpattern/canonical');

const defaultOptions = { delimiter: '', prefix: '', ignoreCase: false };

class ConstructorStringParser {
  constructor(input) {
    this.input = input;
    this.tokens = tokenize(input, false);
    this.result = { __proto__: null };
    this.state = 'init';
    this.start = 0; // token index of the component's first token
    this.index = 0;
    this.step = 1;
    this.groupDepth = 0;
    this.bracketDepth = 0;
    this.isSpecial = false; // the protocol matches a special scheme
  }

  token(index) {
    return this.tokens[Math.min(index, this.tokens.length - 1)];
  }

  // A character that stands for itself.
  isPlain(value, index = this.index) {
    const token = this.token(index);
    return token.value === value && (token.type === 'char' || token.type === 'escaped-char' || token.type === 'invalid-char');
  }

  // A `?` that begins a search rather than making something optional.
  get isSearchPrefix() {
    if (this.isPlain('?')) return true;
    if (this.token(this.index).value !== '?') return false;
    if (this.index === 0) return true;
    return !['name', 'regexp', 'close', 'asterisk'].includes(this.token(this.index - 1).type);
  }

  text() {
    return this.input.slice(this.token(this.start).index, this.token(this.index).index);
  }

  change(state, skip) {
    const { result } = this;
    const from = this.state;
    if (from !== 'init' && from !== 'authority' && from !== 'done') result[from] = this.text();
    if (from !== 'init' && state !== 'done') {
      const early = ['protocol', 'authority', 'username', 'password'];
      if (early.includes(from) && ['port', 'pathname', 'search', 'hash'].includes(state)) result.hostname ??= '';
      if ([...early, 'hostname', 'port'].includes(from) && (state === 'search' || state === 'hash')) {
        result.pathname ??= this.isSpecial ? '/' : '';
      }
      if ([...early, 'hostname', 'port', 'pathname'].includes(from) && state === 'hash') result.search ??= '';
    }
    this.state = state;
    this.index += skip;
    this.start = this.index;
    this.step = 0;
  }

  rewind(state = undefined) {
    this.index = this.start;
    this.step = 0;
    if (state !== undefined) this.state = state;
  }

  // Where a path, a search or a hash may begin.
  takeRest(allowPath = true) {
    if (allowPath && this.isPlain('/')) this.change('pathname', 0);
    else if (this.isSearchPrefix) this.change('search', 1);
    else if (this.isPlain('#')) this.change('hash', 1);
  }

  parse() {
    for (; this.index < this.tokens.length; this.index += this.step) {
      this.step = 1;
      const { type } = this.tokens[this.index];
      if (type === 'end') {
        if (this.state === 'init') {
          this.rewind();
          if (this.isPlain('#')) this.change('hash', 1);
          else if (this.isSearchPrefix) this.change('search', 1);
          else this.change('pathname', 0);
          continue;
        }
        if (this.state === 'authority') {
          this.rewind('hostname');
          continue;
        }
        this.change('done', 0);
        break;
      }
      if (type === 'open') {
        this.groupDepth++;
        continue;
      }
      if (this.groupDepth > 0) {
        if (type !== 'close') continue;
        this.groupDepth--;
      }
      this.advance();
    }
    if (this.result.hostname !== undefined) this.result.port ??= '';
    return this.result;
  }

  advance() {
    switch (this.state) {
      case 'init':
        if (this.isPlain(':')) this.rewind('protocol');
        break;
      case 'protocol':
        if (this.isPlain(':')) this.endProtocol();
        break;
      case 'authority':
        if (this.isPlain('@')) this.rewind('username');
        else if (this.isPlain('/') || this.isSearchPrefix || this.isPlain('#')) this.rewind('hostname');
        break;
      case 'username':
        if (this.isPlain(':')) this.change('password', 1);
        else if (this.isPlain('@')) this.change('hostname', 1);
        break;
      case 'password':
        if (this.isPlain('@')) this.change('hostname', 1);
        break;
      case 'hostname':
        if (this.isPlain('[')) this.bracketDepth++;
        else if (this.isPlain(']')) this.bracketDepth--;
        else if (this.isPlain(':') && this.bracketDepth === 0) this.change('port', 1);
        else this.takeRest();
        break;
      case 'port':
        this.takeRest();
        break;
      case 'pathname':
        this.takeRest(false);
        break;
      case 'search':
        if (this.isPlain('#')) this.change('hash', 1);
        break;
      default:
    }
  }

  endProtocol() {
    const { regexp } = compileComponent(this.text(), canonical.protocol, defaultOptions);
    this.isSpecial = Object.keys(specialPorts).some((scheme) => regexp.test(scheme));
    if (this.isPlain('/', this.index + 1) && this.isPlain('/', this.index + 2)) this.change('authority', 3);
    else this.change(this.isSpecial ? 'authority' : 'pathname', 1);
  }
}

function parseConstructorString(input) {
  return new ConstructorStringParser(input).parse();
}

module.exports = { defaultOptions, parseConstructorString };

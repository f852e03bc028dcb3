// SPDX-License-Identifier: MIT
'use strict';

// --experimental-test-tag-filter: expressions over the tags of a test, with and, or, not, parentheses, and * in names.
//
//   or:   and ( ('or' | '||') and )*
//   and:  not ( ('and' | '&&') not )*
//   not:  ('not' | '!') not | '(' or ')' | name

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');

const words = new Map([['and', 'AND'], ['or', 'OR'], ['not', 'NOT']]);
const signs = new Map([['(', 'LPAREN'], [')', 'RPAREN'], ['!', 'NOT'], ['&&', 'AND'], ['||', 'OR']]);
const token = /\s*(?:(&&|\|\||[()!&|])|([^\s()!&|]+))/y;

class Parser {
  #tokens = [];
  #at = 0;

  constructor(text, name) {
    this.text = text;
    this.name = name;
    if (text.trim() === '') this.#fail('must not be empty');
    const scanner = new RegExp(token);
    for (let match = scanner.exec(text); match !== null; match = scanner.exec(text)) {
      const { 1: sign, 2: word } = match;
      const position = scanner.lastIndex - (sign ?? word).length;
      if (sign === '&' || sign === '|') {
        this.#fail(`unexpected '${sign}' at position ${position}; use '${sign}${sign}' or '${sign === '&' ? 'and' : 'or'}'`);
      }
      const lower = word?.toLowerCase();
      this.#tokens.push({ type: signs.get(sign) ?? words.get(lower) ?? 'TAG', position, tag: lower });
    }
    this.#tokens.push({ type: 'EOF', position: text.length });
  }

  #fail(reason) {
    throw new ERR_INVALID_ARG_VALUE(this.name, this.text, reason);
  }

  // Takes the next token when it is of this type.
  #take(type) {
    return this.#tokens[this.#at].type === type ? this.#tokens[this.#at++] : undefined;
  }

  parse() {
    const result = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest.type !== 'EOF') this.#fail(`unexpected token at position ${rest.position}`);
    return result;
  }

  #or() {
    const parts = [this.#and()];
    while (this.#take('OR')) parts.push(this.#and());
    return parts.length === 1 ? parts[0] : (tags) => parts.some((part) => part(tags));
  }

  #and() {
    const parts = [this.#not()];
    while (this.#take('AND')) parts.push(this.#not());
    return parts.length === 1 ? parts[0] : (tags) => parts.every((part) => part(tags));
  }

  #not() {
    const not = this.#take('NOT');
    if (not !== undefined) {
      if (this.#tokens[this.#at].type === 'EOF') this.#fail(`expected operand after 'not' at position ${not.position}`);
      const operand = this.#not();
      return (tags) => !operand(tags);
    }
    const open = this.#take('LPAREN');
    if (open !== undefined) {
      const inner = this.#or();
      if (!this.#take('RPAREN')) this.#fail(`unmatched '(' at position ${open.position}`);
      return inner;
    }
    const { type, position, tag } = this.#tokens[this.#at++];
    if (type !== 'TAG') {
      const isOpen = type === 'EOF' && this.#tokens.at(-2)?.type === 'LPAREN';
      if (isOpen) this.#fail(`unmatched '(' at position ${this.#tokens.at(-2).position}`);
      this.#fail(`unexpected token '${type}' at position ${position}`);
    }
    if (!tag.includes('*')) return (tags) => tags.includes(tag);
    const pattern = new RegExp(`^${tag.split('*').map((part) => RegExp.escape(part)).join('.*')}$`, 's');
    return (tags) => tags.some((one) => pattern.test(one));
  }
}

// Functions of a test's tags; null where nothing is asked for.
function readTagFilters(expressions, name) {
  if (expressions === undefined || expressions === null || expressions.length === 0) return null;
  require('internal/util').emitExperimentalWarning('Test tags');
  return expressions.map((text, k) => new Parser(text, `${name}[${k}]`).parse());
}

module.exports = { readTagFilters };

// SPDX-License-Identifier: MIT
'use strict';

// util.MIMEType and util.MIMEParams  https://mimesniff.spec.whatwg.org/

const { codes } = require('internal/errors');

const notHttpToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const notQuotable = /[^\t\u0020-~\u0080-\u00FF]/;
const endsHttpSpace = /[\r\n\t ]*$/;
const httpSpaceRun = /^[\r\n\t ]*/;

function asciiLower(str) {
  return str.replace(/[A-Z]/g, (char) => char.toLowerCase());
}

function parseTypeAndSubtype(str) {
  let position = httpSpaceRun.exec(str)[0].length;
  const slash = str.indexOf('/', position);
  const rawType = slash === -1 ? str.slice(position) : str.slice(position, slash);
  let bad = rawType.search(notHttpToken);
  if (rawType === '' || bad !== -1 || slash === -1) {
    throw new codes.ERR_INVALID_MIME_SYNTAX('type', str, bad === -1 ? -1 : position + bad);
  }
  position = slash + 1;
  const semicolon = str.indexOf(';', position);
  const rawSubtype = semicolon === -1 ? str.slice(position) : str.slice(position, semicolon);
  const subtype = rawSubtype.replace(endsHttpSpace, '');
  bad = subtype.search(notHttpToken);
  if (subtype === '' || bad !== -1) {
    throw new codes.ERR_INVALID_MIME_SYNTAX('subtype', str, bad === -1 ? -1 : position + bad);
  }
  return [asciiLower(rawType), asciiLower(subtype), semicolon === -1 ? str.length : semicolon + 1];
}

function quoteValue(value) {
  if (value.length === 0) return '""';
  if (value.search(notHttpToken) === -1) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

class MIMEParams {
  #data = new Map();
  #pending; // text not parsed yet

  #map() {
    if (this.#pending !== undefined) {
      const text = this.#pending;
      this.#pending = undefined;
      MIMEParams.#parse(this.#data, text);
    }
    return this.#data;
  }

  static lazily(text) {
    const params = new MIMEParams();
    params.#pending = text;
    return params;
  }

  // parse MIME type parameters  https://mimesniff.spec.whatwg.org/#parse-a-mime-type
  static #parse(map, str) {
    let position = 0;
    const end = str.replace(endsHttpSpace, '').length;
    while (position < end) {
      position += httpSpaceRun.exec(str.slice(position))[0].length;
      let stop = position;
      while (stop < str.length && str[stop] !== ';' && str[stop] !== '=') stop++;
      const name = asciiLower(str.slice(position, stop));
      position = stop;
      let value = null;
      if (position < end && str[position] === '=') {
        position++;
        if (str[position] === '"') {
          value = '';
          position++;
          while (position < str.length && str[position] !== '"') {
            if (str[position] === '\\' && position + 1 < str.length) position++;
            value += str[position++];
          }
          position++;
          while (position < str.length && str[position] !== ';') position++;
        } else {
          stop = str.indexOf(';', position);
          if (stop === -1) stop = str.length;
          value = str.slice(position, stop).replace(endsHttpSpace, '');
          position = stop;
          if (value === '') value = null;
        }
      }
      position++;
      if (name !== '' && value !== null && name.search(notHttpToken) === -1 && value.search(notQuotable) === -1 &&
          !map.has(name)) {
        map.set(name, value);
      }
    }
  }

  delete(name) {
    this.#map().delete(`${name}`);
  }

  get(name) {
    return this.#map().get(`${name}`) ?? null;
  }

  has(name) {
    return this.#map().has(`${name}`);
  }

  set(name, value) {
    const map = this.#map();
    name = `${name}`;
    value = `${value}`;
    let bad = name.search(notHttpToken);
    if (name.length === 0 || bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('parameter name', name, bad);
    bad = value.search(notQuotable);
    if (bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('parameter value', value, bad);
    map.set(name, value);
  }

  *entries() {
    yield* this.#map().entries();
  }

  *keys() {
    yield* this.#map().keys();
  }

  *values() {
    yield* this.#map().values();
  }

  toString() {
    let text = '';
    for (const { 0: key, 1: value } of this.#map()) text += `${text === '' ? '' : ';'}${key}=${quoteValue(value)}`;
    return text;
  }
}
Object.defineProperties(MIMEParams.prototype, {
  [Symbol.iterator]: { __proto__: null, configurable: true, value: MIMEParams.prototype.entries, writable: true },
  toJSON: { __proto__: null, configurable: true, value: MIMEParams.prototype.toString, writable: true },
});

const makeParams = MIMEParams.lazily;
delete MIMEParams.lazily;

class MIMEType {
  #type;
  #subtype;
  #parameters;

  constructor(string) {
    string = `${string}`;
    const [type, subtype, index] = parseTypeAndSubtype(string);
    this.#type = type;
    this.#subtype = subtype;
    this.#parameters = makeParams(string.slice(index));
  }

  static parse(string) {
    try {
      return new MIMEType(string);
    } catch (err) {
      if (err.code !== 'ERR_INVALID_MIME_SYNTAX') throw err;
      return null;
    }
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    const bad = value.search(notHttpToken);
    if (value.length === 0 || bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('type', value, bad);
    this.#type = asciiLower(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    const bad = value.search(notHttpToken);
    if (value.length === 0 || bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('subtype', value, bad);
    this.#subtype = asciiLower(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#parameters;
  }

  toString() {
    const text = `${this.#type}/${this.#subtype}`;
    const params = this.#parameters.toString();
    return params.length > 0 ? `${text};${params}` : text;
  }
}
Object.defineProperty(MIMEType.prototype, 'toJSON', {
  __proto__: null, configurable: true, value: MIMEType.prototype.toString, writable: true,
});

module.exports = { MIMEParams, MIMEType };

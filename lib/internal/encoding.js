// SPDX-License-Identifier: MIT
'use strict';

// TextEncoder and TextDecoder  https://encoding.spec.whatwg.org/. Labels are resolved here; bytes are C's.

const { codes } = require('internal/errors');
const { customInspectSymbol, setOwnProperty } = require('internal/util');
const { validateObject, webTypeError, kValidateObjectAllowObjectsAndNull } = require('internal/validators');
const binding = internalBinding('encoding');

const kFlush = 1;
const kFatal = 2;
const kIgnoreBOM = 4;

// name: its labels besides the name itself
const labelsByName = {
  'utf-8': 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8',
  'ibm866': '866 cp866 csibm866',
  'iso-8859-2': 'csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2',
  'iso-8859-3': 'csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3',
  'iso-8859-4': 'csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4',
  'iso-8859-5': 'csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988',
  'iso-8859-6': 'arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i ' +
    'iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987',
  'iso-8859-7': 'csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 ' +
    'iso_8859-7:1987 sun_eu_greek',
  'iso-8859-8': 'csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 ' +
    'iso_8859-8:1988 visual',
  'iso-8859-8-i': 'csiso88598i logical',
  'iso-8859-10': 'csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6',
  'iso-8859-13': 'iso8859-13 iso885913',
  'iso-8859-14': 'iso8859-14 iso885914',
  'iso-8859-15': 'csisolatin9 iso8859-15 iso885915 iso_8859-15 l9',
  'iso-8859-16': '',
  'koi8-r': 'cskoi8r koi koi8 koi8_r',
  'koi8-u': 'koi8-ru',
  'macintosh': 'csmacintosh mac x-mac-roman',
  'windows-874': 'dos-874 iso-8859-11 iso8859-11 iso885911 tis-620',
  'windows-1250': 'cp1250 x-cp1250',
  'windows-1251': 'cp1251 x-cp1251',
  'windows-1252': 'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 ' +
    'iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252',
  'windows-1253': 'cp1253 x-cp1253',
  'windows-1254': 'cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 ' +
    'x-cp1254',
  'windows-1255': 'cp1255 x-cp1255',
  'windows-1256': 'cp1256 x-cp1256',
  'windows-1257': 'cp1257 x-cp1257',
  'windows-1258': 'cp1258 x-cp1258',
  'x-mac-cyrillic': 'x-mac-ukrainian',
  'gbk': 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk',
  'gb18030': '',
  'big5': 'big5-hkscs cn-big5 csbig5 x-x-big5',
  'euc-jp': 'cseucpkdfmtjapanese x-euc-jp',
  'iso-2022-jp': 'csiso2022jp',
  'shift_jis': 'csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis',
  'euc-kr': 'cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  'utf-16be': 'unicodefffe',
  'utf-16le': 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16',
  'x-user-defined': '',
  'replacement': 'csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr',
};

let nameByLabel;

function getEncodingFromLabel(label) {
  if (label === 'utf-8' || label === 'utf8') return 'utf-8';
  if (nameByLabel === undefined) {
    nameByLabel = new Map();
    for (const name in labelsByName) {
      nameByLabel.set(name, name);
      if (labelsByName[name] !== '') {
        for (const other of labelsByName[name].split(' ')) nameByLabel.set(other, name);
      }
    }
  }
  return nameByLabel.get(label) ?? nameByLabel.get(label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase());
}

class TextEncoder {
  #brand = true;

  static #check(self) {
    if (typeof self !== 'object' || self === null || !(#brand in self)) {
      throw new codes.ERR_INVALID_THIS('TextEncoder');
    }
  }

  get encoding() {
    TextEncoder.#check(this);
    return 'utf-8';
  }

  encode(input = '') {
    TextEncoder.#check(this);
    return binding.encodeUtf8(`${input}`);
  }

  encodeInto(source, dest) {
    TextEncoder.#check(this);
    const { validateString } = require('internal/validators');
    validateString(source, 'src');
    if (!require('internal/util/types').isUint8Array(dest)) {
      throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    }
    binding.encodeInto(source, dest, encodeIntoResults);
    return { read: encodeIntoResults[0], written: encodeIntoResults[1] };
  }

  [customInspectSymbol](depth, opts) {
    TextEncoder.#check(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = Object.create({ constructor: TextEncoder });
    shown.encoding = this.encoding;
    return inspect(shown, opts);
  }
}

const encodeIntoResults = new Uint32Array(2);

function publish(ctor, members) {
  const props = { [Symbol.toStringTag]: { __proto__: null, configurable: true, value: ctor.name } };
  for (const name of members) props[name] = { __proto__: null, enumerable: true };
  Object.defineProperties(ctor.prototype, props);
}
publish(TextEncoder, ['encode', 'encodeInto', 'encoding']);

class TextDecoder {
  #encoding;
  #id; // of the binding's own decoders; -1: #legacy decodes
  #legacy;
  #flags = 0;
  #state; // made with the first streaming call
  #streaming = false;

  static #check(self) {
    if (typeof self !== 'object' || self === null || !(#encoding in self)) {
      throw new codes.ERR_INVALID_THIS('TextDecoder');
    }
  }

  constructor(encoding = 'utf-8', options = {}) {
    encoding = `${encoding}`;
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const name = getEncodingFromLabel(encoding);
    if (name === undefined || name === 'replacement') throw new codes.ERR_ENCODING_NOT_SUPPORTED(name ?? encoding);
    // The index of iso-8859-8-i is iso-8859-8's: they differ in what a reader does.
    const id = binding.encodingId(name === 'iso-8859-8-i' ? 'iso-8859-8' : name);
    if (id < 0) {
      try {
        this.#legacy = new binding.LegacyDecoder(name);
      } catch {
        throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
      }
    }
    this.#encoding = name;
    this.#id = id;
    if (options?.fatal) this.#flags |= kFatal;
    if (options?.ignoreBOM) this.#flags |= kIgnoreBOM;
  }

  decode(input = undefined, options = undefined) {
    TextDecoder.#check(this);
    if (options !== undefined) validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const stream = Boolean(options?.stream);
    let view = input;
    if (input === undefined) {
      view = emptyBytes;
    } else if (!ArrayBuffer.isView(input)) {
      if (!internalBinding('types').isAnyArrayBuffer(input)) {
        throw webTypeError('The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
      }
      view = new Uint8Array(input);
    }
    const flags = this.#flags | (stream ? 0 : kFlush);
    if (this.#legacy !== undefined) {
      const decoded = this.#legacy.decode(view, flags);
      if (decoded === undefined) throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
      return decoded;
    }
    let state;
    if (stream || this.#streaming) state = this.#state ??= new Uint8Array(binding.kStateSize);
    const text = binding.decode(this.#id, view, flags, state);
    this.#streaming = stream;
    if (text === undefined) {
      state?.fill(0);
      this.#streaming = false;
      throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    }
    return text;
  }

  get encoding() {
    TextDecoder.#check(this);
    return this.#encoding;
  }

  get fatal() {
    TextDecoder.#check(this);
    return (this.#flags & kFatal) !== 0;
  }

  get ignoreBOM() {
    TextDecoder.#check(this);
    return (this.#flags & kIgnoreBOM) !== 0;
  }

  [customInspectSymbol](depth, opts) {
    TextDecoder.#check(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = Object.create(TextDecoder.prototype);
    for (const name of ['encoding', 'fatal', 'ignoreBOM']) setOwnProperty(shown, name, this[name]);
    return inspect(shown, { ...opts, customInspect: false });
  }
}
publish(TextDecoder, ['decode', 'encoding', 'fatal', 'ignoreBOM']);

const emptyBytes = new Uint8Array(0);

module.exports = { TextEncoder, TextDecoder, getEncodingFromLabel };

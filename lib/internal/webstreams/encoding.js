// SPDX-License-Identifier: MIT
'use strict';

// TextEncoderStream and TextDecoderStream  https://encoding.spec.whatwg.org/#interface-textencoderstream

const { customInspectSymbol, inspectAs, invalidThis, publish } = require('internal/webstreams/util');
const { createTransform } = require('internal/webstreams/transformstream');
const { facadeOf } = require('internal/webstreams/readablestream');
const { writableFacadeOf } = require('internal/webstreams/writablestream');
const { TextDecoder } = require('internal/encoding');
const { encodeUtf8 } = internalBinding('encoding');

class TextEncoderStream {
  #transform;
  #pendingHigh = '';

  constructor() {
    this.#transform = createTransform((chunk, controller) => this.#encode(chunk, controller), (controller) => {
      if (this.#pendingHigh !== '') controller.enqueue(new Uint8Array([0xEF, 0xBF, 0xBD]));
    });
  }

  // A pair of surrogates may be split between two chunks.
  #encode(chunk, controller) {
    let text = this.#pendingHigh + `${chunk}`;
    this.#pendingHigh = '';
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xD800 && last <= 0xDBFF) {
      this.#pendingHigh = text[text.length - 1];
      text = text.slice(0, -1);
    }
    if (text !== '') controller.enqueue(encodeUtf8(text));
  }

  get encoding() {
    void this.#transform;
    return 'utf-8';
  }

  get readable() {
    return facadeOf(this.#transform.readable);
  }

  get writable() {
    return writableFacadeOf(this.#transform.writable);
  }

  [customInspectSymbol](depth, options) {
    if (typeof this !== 'object' || this === null || !(#transform in this)) throw invalidThis('TextEncoderStream');
    return inspectAs('TextEncoderStream', depth, options, {
      encoding: this.encoding, readable: this.readable, writable: this.writable,
    });
  }
}
publish(TextEncoderStream, ['encoding', 'readable', 'writable'], false);

class TextDecoderStream {
  #transform;
  #decoder;

  constructor(encoding = 'utf-8', options = {}) {
    const decoder = this.#decoder = new TextDecoder(encoding, options);
    this.#transform = createTransform((chunk, controller) => {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') controller.enqueue(text);
    }, (controller) => {
      const text = decoder.decode();
      if (text !== '') controller.enqueue(text);
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }

  get fatal() {
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    return facadeOf(this.#transform.readable);
  }

  get writable() {
    return writableFacadeOf(this.#transform.writable);
  }

  [customInspectSymbol](depth, options) {
    if (typeof this !== 'object' || this === null || !(#transform in this)) throw invalidThis('TextDecoderStream');
    return inspectAs('TextDecoderStream', depth, options, {
      encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM,
      readable: this.readable, writable: this.writable,
    });
  }
}
publish(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'], false);

module.exports = { TextDecoderStream, TextEncoderStream };

// SPDX-License-Identifier: MIT
'use strict';

// WebSocket  https://websockets.spec.whatwg.org/#the-websocket-interface

const { Buffer } = require('buffer');
const { URL } = require('internal/url');
const { Blob, isBlob } = require('internal/blob');
const { EventTarget, defineEventHandler } = require('internal/event_target');
const { CloseEvent, ErrorEvent, MessageEvent } = require('internal/web_events');
const { Connection } = require('internal/websocket/connection');
const { illegalInvocation, publish, requireArguments, toText, toUSVString } = require('internal/fetch/webidl');
const { lazyDOMException } = require('internal/util');
const { isAnyArrayBuffer } = internalBinding('types');

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function parseURL(text) {
  let url;
  try {
    url = new URL(text);
  } catch (error) {
    throw lazyDOMException(`${error.name}: ${error.message}`, 'SyntaxError');
  }
  if (url.protocol === 'http:') url.protocol = 'ws:';
  else if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw lazyDOMException('expected a ws: or wss: url', 'SyntaxError');
  }
  if (url.hash !== '' || url.href.endsWith('#')) throw lazyDOMException('hash', 'SyntaxError');
  return url;
}

// (DOMString or sequence<DOMString> or Node's { protocols, headers })
function readOptions(given) {
  const out = { protocols: [], headers: [] };
  if (given === undefined) return out;
  if (given !== null && typeof given === 'object') {
    if (typeof given[Symbol.iterator] === 'function') {
      out.protocols = [...given].map((item) => toText(item, 'WebSocket constructor: protocols', 'DOMString'));
      return out;
    }
    if (given.dispatcher !== undefined && given.dispatcher !== null) {
      const { ERR_FEATURE_UNAVAILABLE_ON_PLATFORM } = require('internal/errors').codes;
      throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('WebSocket with a dispatcher');
    }
    if (given.protocols !== undefined) out.protocols = readOptions(given.protocols).protocols;
    if (given.headers !== undefined) {
      const { Headers } = require('internal/fetch/headers');
      out.headers = [...new Headers(given.headers)];
    }
    return out;
  }
  out.protocols = [toText(given, 'WebSocket constructor: protocols', 'DOMString')];
  return out;
}

class WebSocket extends EventTarget {
  #connection;
  #binaryType = 'blob';
  #bufferedAmount = 0;
  #url;

  constructor(url, protocols = []) {
    super();
    requireArguments(arguments, 1, 'WebSocket constructor');
    this.#url = parseURL(toUSVString(url, 'WebSocket constructor: url'));
    const options = readOptions(protocols);
    const lower = options.protocols.map((item) => item.toLowerCase());
    if (new Set(lower).size !== lower.length || !options.protocols.every((item) => tokenPattern.test(item))) {
      throw lazyDOMException('Invalid Sec-WebSocket-Protocol value', 'SyntaxError');
    }
    this.#connection = new Connection(this.#url, options.protocols, options.headers, {
      onopen: () => this.dispatchEvent(new (require('internal/event_target').Event)('open')),
      onmessage: (isText, bytes) => this.#receive(isText, bytes),
      onclose: (how) => this.#closed(how),
    });
  }

  static of(value) {
    if (typeof value !== 'object' || value === null || !(#connection in value)) throw illegalInvocation();
    return value.#connection;
  }

  #receive(isText, bytes) {
    let data;
    if (isText) data = bytes.utf8Slice();
    else if (this.#binaryType === 'blob') data = new Blob([bytes]);
    else data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    this.dispatchEvent(new MessageEvent('message', { data, origin: this.#url.origin }));
  }

  #closed({ code, reason, wasClean, error }) {
    if (error !== undefined) this.dispatchEvent(new ErrorEvent('error', { error, message: error.message }));
    this.dispatchEvent(new CloseEvent('close', { wasClean, code, reason }));
  }

  close(code = undefined, reason = undefined) {
    const connection = connectionOf(this);
    let text = Buffer.alloc(0);
    if (code !== undefined) {
      code = Math.min(Math.max(Math.round(+code) || 0, 0), 0xFFFF);
      if (code !== 1000 && (code < 3000 || code > 4999)) throw lazyDOMException('invalid code', 'InvalidAccessError');
    }
    if (reason !== undefined) {
      text = Buffer.from(toUSVString(reason, 'WebSocket.close: reason'));
      if (text.length > 123) {
        throw lazyDOMException(`Reason must be less than 123 bytes; received ${text.length}`, 'SyntaxError');
      }
    }
    connection.close(code ?? (reason === undefined ? undefined : 1000), text);
  }

  send(data) {
    const connection = connectionOf(this);
    requireArguments(arguments, 1, 'WebSocket.send');
    if (connection.state === WebSocket.CONNECTING) {
      throw lazyDOMException('Sent before connected.', 'InvalidStateError');
    }
    if (isBlob(data)) {
      this.#sendBlob(connection, data);
      return;
    }
    let bytes;
    let isText = false;
    if (isAnyArrayBuffer(data)) {
      bytes = new Uint8Array(data);
    } else if (ArrayBuffer.isView(data)) {
      bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    } else {
      isText = true;
      bytes = Buffer.from(toUSVString(data, 'WebSocket.send: data'));
    }
    this.#transmit(connection, isText, bytes);
  }

  #sendBlob(connection, blob) {
    const { piecesOf } = require('internal/blob');
    this.#transmit(connection, false, Buffer.concat(piecesOf(blob)));
  }

  // NODE: what is sent once closing has begun is not counted.
  #transmit(connection, isText, bytes) {
    const { length } = bytes;
    if (connection.state !== WebSocket.OPEN) return;
    this.#bufferedAmount += length;
    connection.send(isText, bytes, () => {
      this.#bufferedAmount -= length;
    });
  }

  get readyState() {
    return connectionOf(this).state;
  }

  get bufferedAmount() {
    connectionOf(this);
    return this.#bufferedAmount;
  }

  get url() {
    connectionOf(this);
    return this.#url.href;
  }

  get extensions() {
    return connectionOf(this).extensions;
  }

  get protocol() {
    return connectionOf(this).protocol;
  }

  get binaryType() {
    connectionOf(this);
    return this.#binaryType;
  }

  set binaryType(type) {
    connectionOf(this);
    this.#binaryType = type === 'arraybuffer' ? 'arraybuffer' : 'blob';
  }

  // Whether the connection keeps the process alive.
  [Symbol.for('nodejs.ref')]() {
    connectionOf(this).setRef(true);
  }

  [Symbol.for('nodejs.unref')]() {
    connectionOf(this).setRef(false);
  }
}
const { of: connectionOf } = WebSocket;
delete WebSocket.of;
['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'].forEach((name, value) => {
  for (const holder of [WebSocket, WebSocket.prototype]) {
    Object.defineProperty(holder, name, { __proto__: null, value, enumerable: true });
  }
});
for (const type of ['open', 'error', 'close', 'message']) defineEventHandler(WebSocket.prototype, type);
publish(WebSocket, ['close', 'send', 'readyState', 'bufferedAmount', 'url', 'extensions', 'protocol', 'binaryType']);

module.exports = { WebSocket };

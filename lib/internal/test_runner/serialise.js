// SPDX-License-Identifier: MIT
'use strict';

// The events of a test file's process on its standard output, between whatever else it prints there: a mark, the
// length, and the event as v8.serialize() writes it. Errors, which lose their properties there, go as plain records.

const { Transform } = require('stream');

const mark = [0xff, 0x0f, 0xfe];
const HEADER = mark.length + 4;

function shownRecord(value) {
  const { inspectAnything } = require('internal/test_runner/failure');
  return { kind: 'shown', text: inspectAnything(value, { breakLength: Infinity }) };
}

function toRecord(value, above = []) {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'symbol') {
      return shownRecord(value);
    }
    return { kind: 'value', value };
  }
  if (above.includes(value)) return { kind: 'shown', text: '[Circular]' };
  const { isNativeError } = internalBinding('types');
  if (isNativeError(value) || value instanceof Error) {
    const inside = [...above, value];
    const own = {};
    for (const key of Object.keys(value)) {
      if (key !== 'stack' && key !== 'message') own[key] = toRecord(value[key], inside);
    }
    const record = {
      kind: 'error', name: value.name, constructorName: value.constructor?.name, message: value.message,
      stack: value.stack, own,
    };
    if ('cause' in value) record.cause = toRecord(value.cause, inside);
    if (Array.isArray(value.errors)) record.errors = value.errors.map((error) => toRecord(error, inside));
    return record;
  }
  const { inspect } = require('internal/util/inspect');
  try {
    // Copies would not have what is under a symbol.
    if (typeof value[inspect.custom] === 'function') return { kind: 'shown', text: inspect(value) };
  } catch {
    // Shown as what it is without.
  }
  try {
    const { serialize } = require('v8');
    serialize(value);
    return { kind: 'value', value };
  } catch {
    return shownRecord(value);
  }
}

function fromRecord(record) {
  if (record.kind === 'value') return record.value;
  const { inspect } = require('internal/util/inspect');
  if (record.kind === 'shown') {
    return { [inspect.custom]: () => record.text };
  }
  const known = globalThis[record.constructorName];
  let proto = Error.prototype;
  if (typeof known === 'function' && known.prototype instanceof Error) proto = known.prototype;
  const error = new Error(record.message);
  Object.setPrototypeOf(error, proto);
  Object.defineProperty(error, 'stack', { __proto__: null, configurable: true, writable: true, value: record.stack });
  for (const key of Object.keys(record.own)) error[key] = fromRecord(record.own[key]);
  if (record.cause !== undefined && !('cause' in record.own)) {
    Object.defineProperty(error, 'cause',
      { __proto__: null, configurable: true, writable: true, value: fromRecord(record.cause) });
  }
  if (record.errors !== undefined) {
    Object.defineProperty(error, 'errors',
      { __proto__: null, configurable: true, writable: true, value: record.errors.map(fromRecord) });
  }
  if (error.name !== record.name) {
    Object.defineProperty(error, 'name', { __proto__: null, configurable: true, writable: true, value: record.name });
  }
  return error;
}

class SerialisedReporter extends Transform {
  constructor() {
    super({ writableObjectMode: true });
  }

  _transform({ type, data }, encoding, callback) {
    const { serialize } = require('v8');
    const plain = { ...data };
    if (plain.details !== undefined) {
      plain.details = { ...plain.details };
      if (plain.details.error !== undefined) plain.details.error = toRecord(plain.details.error);
    }
    if (type === 'test:log' && plain.data !== undefined) plain.data = toRecord(plain.data);
    const body = serialize({ type, data: plain });
    const header = Buffer.alloc(HEADER);
    header.set(mark);
    header.writeUInt32BE(body.length, mark.length);
    callback(null, Buffer.concat([header, body]));
  }
}

// Takes the bytes of a standard output apart again.
class EventParser {
  #rest = Buffer.alloc(0);

  constructor(onEvent, onText) {
    this.onEvent = onEvent;
    this.onText = onText;
  }

  push(chunk) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const start = Buffer.from(mark);
    for (;;) {
      const at = this.#rest.indexOf(start);
      if (at === -1) {
        // The beginning of a mark may be the end of the chunk.
        const keep = this.#rest.at(-1) === mark[0] ? 1 : this.#rest.at(-2) === mark[0] && this.#rest.at(-1) === mark[1] ? 2 : 0;
        this.#text(this.#rest.subarray(0, this.#rest.length - keep));
        this.#rest = this.#rest.subarray(this.#rest.length - keep);
        return;
      }
      this.#text(this.#rest.subarray(0, at));
      this.#rest = this.#rest.subarray(at);
      if (this.#rest.length < HEADER) return;
      const length = this.#rest.readUInt32BE(mark.length);
      if (this.#rest.length < HEADER + length) return;
      const body = this.#rest.subarray(HEADER, HEADER + length);
      this.#rest = this.#rest.subarray(HEADER + length);
      this.#event(body);
    }
  }

  #event(body) {
    const { deserialize } = require('v8');
    let event;
    try {
      event = deserialize(body);
    } catch {
      this.onText(body);
      return;
    }
    const { details } = event.data;
    if (details !== undefined) {
      Object.setPrototypeOf(details, null);
      if (details.error !== undefined) details.error = fromRecord(details.error);
    }
    if (event.type === 'test:log' && event.data.data !== undefined) event.data.data = fromRecord(event.data.data);
    Object.setPrototypeOf(event.data, null);
    this.onEvent(event);
  }

  #text(bytes) {
    if (bytes.length > 0) this.onText(bytes);
  }

  end() {
    this.#text(this.#rest);
    this.#rest = Buffer.alloc(0);
  }
}

module.exports = { EventParser, SerialisedReporter };

// SPDX-License-Identifier: MIT
'use strict';

// The stream module: the classes and the functions over them. What is seldom used is loaded when first touched.

const { Stream } = require('internal/streams/legacy');
const { Buffer } = require('buffer');

module.exports = Stream;

// Before the classes: they use it while data flows.
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};

const u = require('internal/streams/utils');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { Duplex } = require('internal/streams/duplex');
const { Transform } = require('internal/streams/transform');
const { PassThrough } = require('internal/streams/passthrough');
const { setDefaultHighWaterMark, getDefaultHighWaterMark } = require('internal/streams/state');

function later(id, name, length) {
  const fn = function(...args) {
    return Reflect.apply(require(id)[name], this, args);
  };
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
  Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
  return fn;
}

function promiseOnly(exportName, id) {
  return { __proto__: null, configurable: true, enumerable: true, get: () => require(id)[exportName] };
}

const kIsUint8Array = function isUint8Array(value) {
  return require('internal/util/types').isUint8Array(value);
};

Stream.isDestroyed = u.isDestroyed;
Stream.isDisturbed = u.isDisturbed;
Stream.isErrored = u.isErrored;
Stream.isReadable = u.isReadable;
Stream.isWritable = u.isWritable;
Stream.Readable = Readable;

const streamReturning = { drop: 1, filter: 2, flatMap: 2, map: 2, take: 1 };
const promiseReturning = { every: 1, forEach: 2, reduce: 3, toArray: 1, some: 1, find: 2 };

for (const name of Object.keys(streamReturning)) {
  defineOperator(name, streamReturning[name], function(...args) {
    const { streamReturning: table } = require('internal/streams/operators');
    return Readable.from(Reflect.apply(table[name], this, args));
  });
}
for (const name of Object.keys(promiseReturning)) {
  defineOperator(name, promiseReturning[name], function(...args) {
    const { promiseReturning: table } = require('internal/streams/operators');
    return Reflect.apply(table[name], this, args);
  });
}
Readable.prototype.compose = function compose(stream, options) {
  return require('internal/streams/operators').compose.call(this, stream, options);
};

function defineOperator(name, length, call) {
  // A method, so that `new` refuses it.
  const fn = { method(...args) {
    return Reflect.apply(call, this, args);
  } }.method;
  Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
  Object.defineProperty(Readable.prototype, name, {
    __proto__: null, value: fn, enumerable: false, configurable: true, writable: true,
  });
}

Stream.Writable = Writable;
Stream.Duplex = Duplex;
Stream.Transform = Transform;
Stream.PassThrough = PassThrough;
Stream.duplexPair = later('internal/streams/duplexpair', 'duplexPair', 1);
Stream.pipeline = later('internal/streams/pipeline', 'pipeline', 0);
Stream.addAbortSignal = later('internal/streams/add-abort-signal', 'addAbortSignal', 2);
Stream.finished = later('internal/streams/end-of-stream', 'eos', 3);
Stream.destroy = require('internal/streams/destroy').destroyer;
Stream.compose = later('internal/streams/compose', 'compose', 0);
Stream.setDefaultHighWaterMark = setDefaultHighWaterMark;
Stream.getDefaultHighWaterMark = getDefaultHighWaterMark;

Object.defineProperty(Stream, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('stream/promises');
  },
});

const kPromisify = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(Stream.pipeline, kPromisify, promiseOnly('pipeline', 'stream/promises'));
Object.defineProperty(Stream.finished, kPromisify, promiseOnly('finished', 'stream/promises'));

Stream.Stream = Stream;
Stream._isUint8Array = kIsUint8Array;
// The order of keys is part of what programs see.
const tail = ['_isArrayBufferView', '_isUint8Array', '_uint8ArrayToBuffer'];
for (const name of tail) {
  const value = Stream[name];
  delete Stream[name];
  Stream[name] = value;
}

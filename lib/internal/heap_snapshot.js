// SPDX-License-Identifier: MIT
'use strict';

// Heap snapshots for v8 and worker_threads: what may be asked for, the names of files, the stream.

const { UVException, codes } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const binding = internalBinding('v8');

let sequence = 0;

// What is internal is always there; numbers are nodes of their own only when asked for.
function readOptions(options) {
  if (options === undefined) return { exposeInternals: false, exposeNumericValues: false };
  validateObject(options, 'options');
  const { exposeInternals = false, exposeNumericValues = false } = options;
  validateBoolean(exposeInternals, 'options.exposeInternals');
  validateBoolean(exposeNumericValues, 'options.exposeNumericValues');
  return { exposeInternals, exposeNumericValues };
}

// Heap.20251231.235959.1234.0.001.heapsnapshot
function makeName() {
  const now = new Date();
  const pad = (number, width = 2) => String(number).padStart(width, '0');
  const day = `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`;
  const time = `${pad(now.getHours())}${pad(now.getMinutes())}${pad(now.getSeconds())}`;
  const folder = require('internal/options').getOptionValue('--diagnostic-dir');
  const name = `Heap.${day}.${time}.${process.pid}.${internalBinding('worker').threadId}.${pad(++sequence, 3)}.heapsnapshot`;
  return folder === undefined ? name : require('path').join(folder, name);
}

function writeHeapSnapshot(filename, options) {
  let path;
  if (filename === undefined) {
    path = filename = makeName();
  } else {
    path = require('internal/fs/utils').getPath(filename, 'path');
    if (typeof path !== 'string') path = require('buffer').Buffer.from(path).toString();
  }
  const { exposeNumericValues } = readOptions(options);
  const errno = binding.writeHeapSnapshot(path, exposeNumericValues);
  if (errno !== 0) throw new UVException({ errno, syscall: 'open', path });
  return path;
}

// A stream over pieces that are all there.
function streamOf(chunks) {
  const { Buffer } = require('buffer');
  const { Readable } = require('stream');
  return new Readable({
    read() {
      for (const chunk of chunks) this.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      this.push(null);
    },
  });
}

function getHeapSnapshot(options) {
  return streamOf(binding.heapSnapshot(readOptions(options).exposeNumericValues));
}

// Objects that inherit from ctor.prototype: their number, or a line for each.
function queryObjects(ctor, options = undefined) {
  if (typeof ctor !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('constructor', 'Function', ctor);
  if (options !== undefined) validateObject(options, 'options');
  const format = options?.format ?? 'count';
  if (format !== 'count' && format !== 'summary') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.format', format, 'must be one of: \'count\', \'summary\'');
  }
  require('internal/util').emitExperimentalWarning('v8.queryObjects()');
  const { prototype } = ctor;
  const isObject = (typeof prototype === 'object' && prototype !== null) || typeof prototype === 'function';
  const found = isObject ? binding.queryObjects(prototype) : [];
  if (format === 'count') return found.length;
  const { inspect } = require('internal/util/inspect');
  return found.map((object) => inspect(object, { depth: 0 }));
}

// --heapsnapshot-signal
function snapshotOnSignal(signal) {
  require('internal/validators').validateSignalName(signal);
  process.on(signal, () => writeHeapSnapshot());
}

module.exports = { getHeapSnapshot, queryObjects, readOptions, snapshotOnSignal, streamOf, writeHeapSnapshot };

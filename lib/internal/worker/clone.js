// SPDX-License-Identifier: MIT
'use strict';

// What of structured cloning is the library's: marks on objects, errors, and classes that are cloned in their own way.
// Such a class has a method [kClone]() that gives [name, data]; `name` is one of `restorers`. What can be transferred has a
// method [kTransfer]() that gives [name, data, ports] or, where it is a descriptor, the name alone: [kGiveUp]() gives that away.

const kClone = Symbol('messaging_clone_symbol'); // named as in Node
const kTransfer = Symbol('messaging_transfer_symbol');
const kGiveUp = Symbol('giveUp');

// --- marks -----------------------------------------------------------------------------------------------------------

const untransferable = new WeakSet();
const uncloneable = new WeakSet();

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function markAsUntransferable(object) {
  if (isObject(object)) untransferable.add(object);
  internalBinding('buffer').pin(object);
}

function isMarkedAsUntransferable(object) {
  return isObject(object) && untransferable.has(object);
}

function markAsUncloneable(object) {
  if (isObject(object)) uncloneable.add(object);
}

// --- callbacks of internalBinding('messaging') ---------------------------------------------------------------------------

function makeError(message) {
  const { DOMException } = require('internal/domexception');
  return new DOMException(message, 'DataCloneError');
}

function checkTransfer(object) {
  if (isMarkedAsUntransferable(object) || internalBinding('buffer').isPinned(object)) throw makeError('Cannot transfer object of unsupported type.');
}

// [name, data], or undefined for what is cloned like any object.
function clone(object) {
  if (uncloneable.has(object)) throw makeError('Cannot clone object of unsupported type.');
  const method = object[kClone];
  if (typeof method === 'function') return Reflect.apply(method, object, []);
  if (typeof object[kTransfer] === 'function') {
    throw makeError('Object that needs transfer was found in message but not listed in transferList');
  }
  return foreignClone(object);
}

// Undefined: it cannot be transferred.
function transfer(object, isDuplicate) {
  const method = object[kTransfer];
  if (typeof method !== 'function') return undefined;
  if (isDuplicate) throw makeError(`Transfer list contains duplicate ${object.constructor.name}`);
  return Reflect.apply(method, object, []);
}

function giveUp(object) {
  return object[kGiveUp]();
}

// Classes whose files know nothing of cloning.
function foreignClone(object) {
  const tag = Object.prototype.toString.call(object);
  if (tag === '[object DOMException]') {
    const { DOMException } = require('internal/domexception');
    if (object instanceof DOMException) {
      return ['DOMException', { name: object.name, message: object.message, stack: object.stack }];
    }
  }
  if (tag === '[object Blob]' || tag === '[object File]') {
    const { isBlob, piecesOf: blobPieces } = require('internal/blob');
    if (isBlob(object)) {
      return ['Blob', { pieces: blobPieces(object), type: object.type, name: tag === '[object File]' ? object.name : undefined,
                        lastModified: object.lastModified }];
    }
  }
  return undefined;
}

const restorers = {
  __proto__: null,
  DOMException({ name, message, stack }) {
    const { DOMException } = require('internal/domexception');
    const error = new DOMException(message, name);
    Object.defineProperty(error, 'stack', {
      __proto__: null, value: stack, writable: true, configurable: true, enumerable: false,
    });
    return error;
  },
  Blob({ pieces, type, name, lastModified }) {
    const { Blob, File } = require('internal/blob');
    return name === undefined ? new Blob(pieces, { type }) : new File(pieces, name, { type, lastModified });
  },
  AbortSignal: (data) => require('internal/abort_controller').restoreSignal(data),
  KeyObject: (data) => require('internal/crypto/keys').restoreKeyObject(data),
  CryptoKey: (data) => require('internal/crypto/keys').restoreCryptoKey(data),
  FileHandle: (fd) => new (require('internal/fs/promises').FileHandle)(fd),
  _TransferredBoundSocket: (fd) => require('internal/net/bound_socket').restoreBoundSocket(fd),
  ReadableStream: (data) => require('internal/webstreams/transfer').restoreReadable(data),
  WritableStream: (data) => require('internal/webstreams/transfer').restoreWritable(data),
  TransformStream: (data) => require('internal/webstreams/transfer').restoreTransform(data),
  X509Certificate: (raw) => new (require('internal/crypto/x509').X509Certificate)(raw),
};

// Classes of the library are of its own context only.
function restore(name, data, isElsewhere) {
  if (isElsewhere) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE();
  }
  const make = restorers[name];
  if (make === undefined) throw new Error('Unable to deserialize cloned data.');
  return make(data);
}

module.exports = { checkTransfer, clone, giveUp, isMarkedAsUntransferable, kClone, kGiveUp, kTransfer, makeError,
                   markAsUncloneable, markAsUntransferable, restore, transfer };

// SPDX-License-Identifier: MIT
'use strict';

// ReadableStreamTee  https://streams.spec.whatwg.org/#abstract-opdef-readablestreamtee: two records that both give what
// one stream gives.

const { Reader, Readable, cancel, createReadable, read, release } = require('internal/webstreams/readable');
const { ByteController, readInto } = require('internal/webstreams/readable_byte');

function tee(stream, cloneForBranch2) {
  return stream.controller.isByte ? teeBytes(stream) : teeDefault(stream, cloneForBranch2);
}

const resolved = Promise.resolve();

// The source is cancelled once both branches are, with both reasons.
class TeeCancel {
  constructor(stream) {
    this.stream = stream;
    this.isCanceled = [false, false];
    this.reasons = [undefined, undefined];
    this.settle = Promise.withResolvers();
  }

  cancel(index, reason) {
    this.isCanceled[index] = true;
    this.reasons[index] = reason;
    if (this.isCanceled[1 - index]) this.settle.resolve(cancel(this.stream, this.reasons));
    return this.settle.promise;
  }

  get isWhole() {
    return this.isCanceled[0] && this.isCanceled[1];
  }
}

// ReadableStreamDefaultTee
function teeDefault(stream, cloneForBranch2) {
  const reader = new Reader(stream, false);
  const canceling = new TeeCancel(stream);
  let isReading = false;
  let readAgain = false;

  const request = {
    chunk(value) {
      // A microtask later, so that errors of the source are seen before its chunks by both branches alike.
      resolved.then(() => {
        readAgain = false;
        let second = value;
        if (!canceling.isCanceled[1] && cloneForBranch2) {
          try {
            second = require('internal/structured_clone').structuredClone(value);
          } catch (reason) {
            branch1.controller.error(reason);
            branch2.controller.error(reason);
            canceling.settle.resolve(cancel(stream, reason));
            return;
          }
        }
        if (!canceling.isCanceled[0]) branch1.controller.enqueue(value);
        if (!canceling.isCanceled[1]) branch2.controller.enqueue(second);
        isReading = false;
        if (readAgain) pull();
      });
    },
    close() {
      isReading = false;
      if (!canceling.isCanceled[0]) branch1.controller.close();
      if (!canceling.isCanceled[1]) branch2.controller.close();
      if (!canceling.isWhole) canceling.settle.resolve();
    },
    error() {
      isReading = false;
    },
  };

  function pull() {
    if (isReading) {
      readAgain = true;
      return undefined;
    }
    isReading = true;
    read(reader, request);
    return undefined;
  }

  const branch1 = createReadable(undefined, pull, (reason) => canceling.cancel(0, reason));
  const branch2 = createReadable(undefined, pull, (reason) => canceling.cancel(1, reason));
  reader.closed.get().then(undefined, (reason) => {
    branch1.controller.error(reason);
    branch2.controller.error(reason);
    if (!canceling.isWhole) canceling.settle.resolve();
  });
  return [branch1, branch2];
}

function createByteBranch(pull, cancelBranch) {
  const branch = new Readable();
  const controller = new ByteController(branch, pull, cancelBranch, 0, undefined);
  controller.start(undefined);
  return branch;
}

// CloneAsUint8Array
function cloneBytes(view) {
  return new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// ReadableByteStreamTee
function teeBytes(stream) {
  let reader = new Reader(stream, false);
  const canceling = new TeeCancel(stream);
  const branches = [];
  const readAgainFor = [false, false];
  let isReading = false;

  function forward(thisReader) {
    thisReader.closed.get().then(undefined, (reason) => {
      if (thisReader !== reader) return;
      branches[0].controller.error(reason);
      branches[1].controller.error(reason);
      if (!canceling.isWhole) canceling.settle.resolve();
    });
  }

  function useReader(isByob) {
    if (reader.isByob === isByob) return;
    release(reader);
    reader = new Reader(stream, isByob);
    forward(reader);
  }

  function failBoth(reason) {
    branches[0].controller.error(reason);
    branches[1].controller.error(reason);
    canceling.settle.resolve(cancel(stream, reason));
  }

  function readAgain() {
    isReading = false;
    if (readAgainFor[0]) pull(0);
    else if (readAgainFor[1]) pull(1);
  }

  const defaultRequest = {
    chunk(value) {
      resolved.then(() => {
        readAgainFor[0] = readAgainFor[1] = false;
        let second = value;
        if (!canceling.isCanceled[0] && !canceling.isCanceled[1]) {
          try {
            second = cloneBytes(value);
          } catch (reason) {
            failBoth(reason);
            return;
          }
        }
        if (!canceling.isCanceled[0]) branches[0].controller.enqueue(value);
        if (!canceling.isCanceled[1]) branches[1].controller.enqueue(second);
        readAgain();
      });
    },
    close() {
      isReading = false;
      for (let k = 0; k < 2; k++) {
        if (!canceling.isCanceled[k]) branches[k].controller.close();
      }
      for (let k = 0; k < 2; k++) {
        if (branches[k].controller.pendingPullIntos.length > 0) branches[k].controller.respond(0);
      }
      if (!canceling.isWhole) canceling.settle.resolve();
    },
    error() {
      isReading = false;
    },
  };

  function pullWithDefaultReader() {
    useReader(false);
    read(reader, defaultRequest);
  }

  // Into the view that one branch (`index`) was asked to fill; the other gets a copy.
  function pullWithByobReader(view, index) {
    useReader(true);
    const own = branches[index];
    const other = branches[1 - index];
    readInto(reader, view, 1, {
      chunk(value) {
        resolved.then(() => {
          readAgainFor[0] = readAgainFor[1] = false;
          const ownCanceled = canceling.isCanceled[index];
          if (!canceling.isCanceled[1 - index]) {
            let copy;
            try {
              copy = cloneBytes(value);
            } catch (reason) {
              failBoth(reason);
              return;
            }
            if (!ownCanceled) own.controller.respondWithNewView(value);
            other.controller.enqueue(copy);
          } else if (!ownCanceled) {
            own.controller.respondWithNewView(value);
          }
          readAgain();
        });
      },
      close(value) {
        isReading = false;
        const ownCanceled = canceling.isCanceled[index];
        const otherCanceled = canceling.isCanceled[1 - index];
        if (!ownCanceled) own.controller.close();
        if (!otherCanceled) other.controller.close();
        if (value !== undefined) {
          if (!ownCanceled) own.controller.respondWithNewView(value);
          if (!otherCanceled && other.controller.pendingPullIntos.length > 0) other.controller.respond(0);
        }
        if (!ownCanceled || !otherCanceled) canceling.settle.resolve();
      },
      error() {
        isReading = false;
      },
    });
  }

  function pull(index) {
    if (isReading) {
      readAgainFor[index] = true;
      return undefined;
    }
    isReading = true;
    const request = branches[index].controller.byobRequest();
    if (request === null) pullWithDefaultReader();
    else pullWithByobReader(request.view, index);
    return undefined;
  }

  for (let k = 0; k < 2; k++) {
    branches.push(createByteBranch(() => pull(k), (reason) => canceling.cancel(k, reason)));
  }
  forward(reader);
  return branches;
}

module.exports = { tee };

// SPDX-License-Identifier: MIT
'use strict';

// A net.Socket over any Duplex: C reads from and writes to it as to a native stream (js_stream binding), so that TLS and
// HTTP/2 need not know what carries them.

const { Socket } = require('net');
const { Buffer } = require('buffer');
const { codes: { ERR_STREAM_WRAP } } = require('internal/errors');
const { JSStream } = internalBinding('js_stream');

const UV_EOF = -4095;
const UV_EPIPE = -32;

// The handle: what C asks of the Duplex.
function makeHandle(stream) {
  const handle = new JSStream();
  let ended = false;
  handle.reading = false;
  handle.onreadstart = () => {
    handle.flowing = true;
    stream.resume();
  };
  handle.onreadstop = () => {
    handle.flowing = false;
    stream.pause();
  };
  handle.onwrite = (bytes) => {
    if (stream.destroyed || stream.writableEnded) {
      process.nextTick(() => handle.writeDone(UV_EPIPE));
      return;
    }
    stream.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), (error) => {
      handle.writeDone(error ? statusOf(error) : 0);
    });
  };
  handle.onshutdown = () => {
    if (stream.writableEnded) {
      process.nextTick(() => handle.shutdownDone(0));
      return;
    }
    stream.end(() => handle.shutdownDone(0));
  };
  handle.end = () => {
    if (ended) return;
    ended = true;
    handle.readEnd(UV_EOF);
  };
  handle.ref = () => stream.ref?.();
  handle.unref = () => stream.unref?.();
  handle.hasRef = () => true;
  return handle;
}

function statusOf(error) {
  const { errno } = error;
  return typeof errno === 'number' && errno < 0 ? errno : UV_EPIPE;
}

class JSStreamSocket extends Socket {
  constructor(stream) {
    const handle = makeHandle(stream);
    super({ handle, manualStart: true });
    this.stream = stream;
    handle.close = (callback) => this._closeHandle(handle, callback);
    stream.pause();
    stream.on('error', (error) => this.emit('error', error));
    stream.on('data', (chunk) => {
      if (typeof chunk === 'string' || stream._readableState?.objectMode) {
        // What is no bytes cannot be carried.
        stream.pause();
        this.emit('error', new ERR_STREAM_WRAP());
        return;
      }
      if (this._handle) handle.readBuffer(chunk);
    });
    stream.once('end', () => {
      if (this._handle) handle.end();
    });
    stream.once('close', () => {
      if (this._handle) handle.end();
      this.destroy();
    });
    // C reads from now on only when it asks to.
    stream.pause();
    this.read(0);
  }

  get isClosing() {
    return !this.readable || !this.writable;
  }

  _closeHandle(handle, callback) {
    if (!this.stream.destroyed) this.stream.destroy();
    setImmediate(() => {
      Object.getPrototypeOf(handle).close.call(handle);
      callback?.();
    });
  }
}

module.exports = { JSStreamSocket };

// SPDX-License-Identifier: MIT
'use strict';

// Stream: the base of all streams and the oldest kind of stream, an event emitter with a pipe() that knows only
// 'data', 'end', 'close' and 'drain'.

const EventEmitter = require('events');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

// Puts a listener before those already there.
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') {
    return emitter.prependListener(event, listener);
  }
  // An emitter from elsewhere: rearrange its table by hand.
  const table = emitter._events;
  if (!table || !table[event]) {
    emitter.on(event, listener);
  } else if (Array.isArray(table[event])) {
    table[event].unshift(listener);
  } else {
    table[event] = [listener, table[event]];
  }
}

Stream.prototype.pipe = function pipe(dest, options) {
  const source = this;
  let ended = false;

  function ondata(chunk) {
    if (dest.writable && dest.write(chunk) === false && source.pause) {
      source.pause();
    }
  }
  function ondrain() {
    if (source.readable && source.resume) {
      source.resume();
    }
  }
  function onend() {
    if (!ended) {
      ended = true;
      dest.end();
    }
  }
  function onclose() {
    if (!ended) {
      ended = true;
      if (typeof dest.destroy === 'function') {
        dest.destroy();
      }
    }
  }
  // An error nobody listens for must still crash.
  function onerror(error) {
    cleanup();
    if (EventEmitter.listenerCount(this, 'error') === 0) {
      this.emit('error', error);
    }
  }
  function cleanup() {
    source.removeListener('data', ondata);
    dest.removeListener('drain', ondrain);
    source.removeListener('end', onend);
    source.removeListener('close', onclose);
    source.removeListener('error', onerror);
    dest.removeListener('error', onerror);
    source.removeListener('end', cleanup);
    source.removeListener('close', cleanup);
    dest.removeListener('close', cleanup);
  }

  source.on('data', ondata);
  dest.on('drain', ondrain);
  if (!dest._isStdio && (!options || options.end !== false)) {
    source.on('end', onend);
    source.on('close', onclose);
  }
  prependListener(source, 'error', onerror);
  prependListener(dest, 'error', onerror);
  source.on('end', cleanup);
  source.on('close', cleanup);
  dest.on('close', cleanup);
  dest.emit('pipe', source);
  return dest;
};

// Streams reserve slots in their listener table before anything listens; names with nothing behind them do not count.
Stream.prototype.eventNames = function eventNames() {
  const names = [];
  if (this._events === undefined) {
    return names;
  }
  for (const name of Reflect.ownKeys(this._events)) {
    const listener = this._events[name];
    if (typeof listener === 'function' || (Array.isArray(listener) && listener.length > 0)) {
      names.push(name);
    }
  }
  return names;
};

module.exports = { Stream, prependListener };

// SPDX-License-Identifier: MIT
'use strict';

// Readable.prototype.pipe and unpipe: data flows while every destination takes it; a destination whose buffer is
// full is remembered until its 'drain'.

const { prependListener } = require('internal/streams/legacy');
const { errorOrDestroy } = require('internal/streams/destroy');

function pipe(source, dest, options) {
  if (typeof dest?.on !== 'function') dest.on(); // throws before anything is changed
  const state = source._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);

  // The standard outputs are never ended by a pipe; isStdio marks them, so they need not be created to compare.
  const endDest = (!options || options.end !== false) && !dest._isStdio;
  const whenEnded = endDest ? onend : unpipeDest;
  let ondrain = null;
  let cleaned = false;

  if (state.endEmitted) {
    process.nextTick(whenEnded);
  } else {
    source.once('end', whenEnded);
  }
  dest.on('unpipe', onunpipe);

  function onunpipe(from, info) {
    if (from === source && info && info.hasUnpiped === false) {
      info.hasUnpiped = true;
      cleanup();
    }
  }
  function onend() {
    dest.end();
  }
  function cleanup() {
    dest.removeListener('close', onclose);
    dest.removeListener('finish', onfinish);
    if (ondrain) {
      dest.removeListener('drain', ondrain);
    }
    dest.removeListener('error', onerror);
    dest.removeListener('unpipe', onunpipe);
    source.removeListener('end', onend);
    source.removeListener('end', unpipeDest);
    source.removeListener('data', ondata);
    cleaned = true;
    // Unpiped while the source waited for this destination: nobody else would wake it.
    if (ondrain && state.awaitDrainWriters && (!dest._writableState || dest._writableState.needDrain)) {
      ondrain();
    }
  }
  function waitForDrain() {
    if (!cleaned) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (!ondrain) {
      ondrain = () => drained(source, dest);
      dest.on('drain', ondrain);
    }
  }
  function ondata(chunk) {
    let wantsMore;
    try {
      wantsMore = dest.write(chunk);
    } catch (error) {
      // A chunk it will not take, or an exception in its _write().
      dest.destroy(error);
      return;
    }
    if (wantsMore === false) {
      waitForDrain();
    }
  }
  function onerror(error) {
    unpipeDest();
    dest.removeListener('error', onerror);
    if (dest.listenerCount('error') === 0) {
      const destState = dest._writableState || dest._readableState;
      if (destState && !destState.errorEmitted) {
        errorOrDestroy(dest, error);
      } else {
        dest.emit('error', error);
      }
    }
  }
  function onclose() {
    dest.removeListener('finish', onfinish);
    unpipeDest();
  }
  function onfinish() {
    dest.removeListener('close', onclose);
    unpipeDest();
  }
  function unpipeDest() {
    source.unpipe(dest);
  }

  source.on('data', ondata);
  prependListener(dest, 'error', onerror);
  dest.once('close', onclose);
  dest.once('finish', onfinish);
  dest.emit('pipe', source);
  if (dest.writableNeedDrain === true) {
    waitForDrain();
  } else if (!state.flowing) {
    source.resume();
  }
  return dest;
}

function drained(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) {
    state.awaitDrainWriters = null;
  } else if (state.multiAwaitDrain) {
    state.awaitDrainWriters.delete(dest);
  }
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data')) {
    source.resume();
  }
}

function unpipe(source, dest) {
  const state = source._readableState;
  if (state.pipes.length === 0) {
    return source;
  }
  if (!dest) {
    const all = state.pipes;
    state.pipes = [];
    source.pause();
    for (const each of all) {
      each.emit('unpipe', source, { hasUnpiped: false });
    }
    return source;
  }
  const index = state.pipes.indexOf(dest);
  if (index === -1) {
    return source;
  }
  state.pipes.splice(index, 1);
  if (state.pipes.length === 0) {
    source.pause();
  }
  dest.emit('unpipe', source, { hasUnpiped: false });
  return source;
}

module.exports = { pipe, unpipe };

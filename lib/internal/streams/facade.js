// SPDX-License-Identifier: MIT
'use strict';

// A Duplex in front of two streams: what is written to it goes to one of them, what is read from it comes from the other.
// compose() and Duplex.from() make them.

const { AbortError } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');

// sink, source: the streams, or null where the facade has no such side; those of a side that is there are Node streams.
// whenWritten(callback): calls back when all that was written has arrived.
// destroyEnds(error): destroys what is behind the facade; true when closed(error) will be called for it later.
// Returns the facade and closed(error, isDone), to be called when a side behind it has ended.
function createFacade({ sink, source, readableObjectMode, writableObjectMode, whenWritten, destroyEnds }) {
  let ondrain = null;
  let onfinish = null;
  let onreadable = null;
  let onclose = null;

  const facade = new Duplex({
    readableObjectMode,
    writableObjectMode,
    readable: source !== null,
    writable: sink !== null,
  });

  if (sink !== null) {
    facade._write = function(chunk, encoding, callback) {
      if (sink.write(chunk, encoding)) {
        callback();
      } else {
        ondrain = callback;
      }
    };
    facade._final = function(callback) {
      sink.end();
      onfinish = callback;
    };
    sink.on('drain', () => {
      if (ondrain) {
        const callback = ondrain;
        ondrain = null;
        callback();
      }
    });
    whenWritten(() => {
      if (onfinish) {
        const callback = onfinish;
        onfinish = null;
        callback();
      }
    });
  }
  if (source !== null) {
    source.on('readable', () => {
      if (onreadable) {
        const callback = onreadable;
        onreadable = null;
        callback();
      }
    });
    source.on('end', () => {
      facade.push(null);
    });
    facade._read = function() {
      for (;;) {
        const chunk = source.read();
        if (chunk === null) {
          onreadable = facade._read;
          return;
        }
        if (!facade.push(chunk)) {
          return;
        }
      }
    };
  }
  facade._destroy = function(error, callback) {
    if (!error && onclose !== null) {
      error = new AbortError();
    }
    onreadable = null;
    ondrain = null;
    onfinish = null;
    onclose = callback;
    if (!destroyEnds(error) && onclose !== null) {
      onclose = null;
      callback(error);
    }
  };

  function closed(error, isDone) {
    const callback = onclose;
    onclose = null;
    if (callback) {
      callback(error);
    } else if (error) {
      facade.destroy(error);
    } else if (isDone) {
      facade.destroy();
    }
  }
  return { facade, closed };
}

module.exports = { createFacade };

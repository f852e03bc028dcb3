// SPDX-License-Identifier: MIT
'use strict';

// compose(): several streams as one Duplex that writes to the first and reads from the last.

const { AbortError, codes } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { destroyer } = require('internal/streams/destroy');
const u = require('internal/streams/utils');

function compose(...streams) {
  if (streams.length === 0) {
    throw new codes.ERR_MISSING_ARGS('streams');
  }
  if (streams.length === 1) {
    return Duplex.from(streams[0]);
  }
  const original = [...streams];
  const last = streams.length - 1;
  if (typeof streams[0] === 'function') {
    streams[0] = Duplex.from(streams[0]);
  }
  if (typeof streams[last] === 'function') {
    streams[last] = Duplex.from(streams[last]);
  }
  for (let i = 0; i < streams.length; i++) {
    if (u.isWebStream(streams[i])) {
      streams[i] = Duplex.from(streams[i]);
    }
    if (!u.isNodeStream(streams[i])) {
      continue;
    }
    if (i < last && !u.isReadable(streams[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, original[i], 'must be readable');
    }
    if (i > 0 && !u.isWritable(streams[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, original[i], 'must be writable');
    }
  }

  let ondrain = null;
  let onfinish = null;
  let onreadable = null;
  let onclose = null;

  function onfinished(error) {
    const callback = onclose;
    onclose = null;
    if (callback) {
      callback(error);
    } else if (error) {
      composed.destroy(error);
    } else if (!readable && !writable) {
      composed.destroy();
    }
  }

  const head = streams[0];
  const { pipeline } = require('internal/streams/pipeline');
  const tail = pipeline(...streams, onfinished);
  const writable = !!u.isWritable(head);
  const readable = !!u.isReadable(tail);

  const composed = new Duplex({
    writableObjectMode: !!head?.writableObjectMode,
    readableObjectMode: !!tail?.readableObjectMode,
    writable,
    readable,
  });

  if (writable) {
    composed._write = function(chunk, encoding, callback) {
      if (head.write(chunk, encoding)) {
        callback();
      } else {
        ondrain = callback;
      }
    };
    composed._final = function(callback) {
      head.end();
      onfinish = callback;
    };
    head.on('drain', () => {
      if (ondrain) {
        const callback = ondrain;
        ondrain = null;
        callback();
      }
    });
    const { eos } = require('internal/streams/end-of-stream');
    eos(tail, () => {
      if (onfinish) {
        const callback = onfinish;
        onfinish = null;
        callback();
      }
    });
  }
  if (readable) {
    tail.on('readable', () => {
      if (onreadable) {
        const callback = onreadable;
        onreadable = null;
        callback();
      }
    });
    tail.on('end', () => {
      composed.push(null);
    });
    composed._read = function() {
      for (;;) {
        const chunk = tail.read();
        if (chunk === null) {
          onreadable = composed._read;
          return;
        }
        if (!composed.push(chunk)) {
          return;
        }
      }
    };
  }
  composed._destroy = function(error, callback) {
    if (!error && onclose !== null) {
      error = new AbortError();
    }
    onreadable = null;
    ondrain = null;
    onfinish = null;
    if (!u.isNodeStream(tail) || tail.closed || tail.destroyed) {
      destroyer(tail, error);
      callback(error);
    } else {
      onclose = callback;
      destroyer(tail, error);
    }
  };
  return composed;
}

module.exports = { compose };

// SPDX-License-Identifier: MIT
'use strict';

// compose(): several streams as one Duplex that writes to the first and reads from the last.

const { codes } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { destroyer } = require('internal/streams/destroy');
const { createFacade } = require('internal/streams/facade');
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

  const head = streams[0];
  const { pipeline } = require('internal/streams/pipeline');
  const { eos } = require('internal/streams/end-of-stream');
  const tail = pipeline(...streams, (error) => closed(error, !readable && !writable));
  const writable = !!u.isWritable(head);
  const readable = !!u.isReadable(tail);
  const { facade, closed } = createFacade({
    sink: writable ? head : null,
    source: readable ? tail : null,
    readableObjectMode: !!tail?.readableObjectMode,
    writableObjectMode: !!head?.writableObjectMode,
    whenWritten: (callback) => eos(tail, callback),
    destroyEnds(error) {
      const isOpen = u.isNodeStream(tail) && !tail.closed && !tail.destroyed;
      destroyer(tail, error);
      return isOpen;
    },
  });
  return facade;
}

module.exports = { compose };

// SPDX-License-Identifier: MIT
'use strict';

// Over the host's own binding, which has the same state layout but numbers encodings its own way.
const host = require('./host').internalBinding('string_decoder');

const ours = ['ascii', 'utf8', 'base64', 'utf16le', 'latin1', 'hex', 'buffer', 'base64url'];
function translated(state, call) {
  const number = state[host.kEncodingField];
  const index = host.encodings.indexOf(ours[number]);
  const copy = Buffer.from(state);
  copy[host.kEncodingField] = index;
  const text = call(copy);
  state.set(copy);
  state[host.kEncodingField] = number;
  return text;
}

module.exports = {
  kIncompleteCharactersStart: host.kIncompleteCharactersStart,
  kIncompleteCharactersEnd: host.kIncompleteCharactersEnd,
  kMissingBytes: host.kMissingBytes,
  kBufferedBytes: host.kBufferedBytes,
  kEncodingField: host.kEncodingField,
  kSize: host.kSize,
  decode: (state, view) => translated(state, (copy) => host.decode(copy, view)),
  flush: (state) => translated(state, (copy) => host.flush(copy)),
};

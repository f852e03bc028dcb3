// SPDX-License-Identifier: MIT
'use strict';

// The diagnostics channels of streams: http2.client.stream.created and its like. Who publishes looks at hasSubscribers
// first.

const { channel } = require('diagnostics_channel');

const events = ['created', 'start', 'error', 'finish', 'close'];

function channelsOf(side, names) {
  const out = { __proto__: null };
  for (const name of names) out[name] = channel(`http2.${side}.stream.${name}`);
  return out;
}

module.exports = {
  client: channelsOf('client', [...events, 'bodyChunkSent', 'bodySent']),
  server: channelsOf('server', events),
};

// SPDX-License-Identifier: MIT
'use strict';

// The library's own diagnostics channels, for the modules that publish on them: each looks at hasSubscribers first.

const { channel, tracingChannel } = require('diagnostics_channel');

module.exports = {
  childProcess: channel('child_process'),
  clientRequestCreated: channel('http.client.request.created'),
  clientRequestStart: channel('http.client.request.start'),
  clientRequestError: channel('http.client.request.error'),
  clientResponseFinish: channel('http.client.response.finish'),
  serverRequestStart: channel('http.server.request.start'),
  serverResponseCreated: channel('http.server.response.created'),
  serverResponseFinish: channel('http.server.response.finish'),
  netClientSocket: channel('net.client.socket'),
  netServerSocket: channel('net.server.socket'),
  netServerListen: tracingChannel('net.server.listen'),
  udpSocket: channel('udp.socket'),
};

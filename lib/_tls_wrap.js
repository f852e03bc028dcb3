// SPDX-License-Identifier: MIT
'use strict';

// An older name for a part of tls.

process.emitWarning('The _tls_wrap module is deprecated. Use `node:tls` instead.', 'DeprecationWarning', 'DEP0192');

const { connect } = require('internal/tls/connect');
const { Server } = require('internal/tls/server');
const { TLSSocket } = require('internal/tls/socket');

module.exports = {
  TLSSocket,
  Server,
  createServer: (options, listener) => new Server(options, listener),
  connect,
};

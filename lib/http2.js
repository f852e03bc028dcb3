// SPDX-License-Identifier: MIT
'use strict';

// The http2 module. nghttp2 is loaded with the first session.

const { constants } = require('internal/http2/constants');
const { Http2ServerRequest, Http2ServerResponse } = require('internal/http2/compat');
const { sensitiveHeaders } = require('internal/http2/headers');
const { connect, createSecureServer, createServer, performServerHandshake } = require('internal/http2/server');
const { getDefaultSettings, getPackedSettings, getUnpackedSettings } = require('internal/http2/settings');

module.exports = {
  connect,
  constants,
  createServer,
  createSecureServer,
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  performServerHandshake,
  sensitiveHeaders,
  Http2ServerRequest,
  Http2ServerResponse,
};

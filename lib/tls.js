// SPDX-License-Identifier: MIT
'use strict';

// The tls module. OpenSSL is loaded with the first context, authorities are read with the first that needs them.

const { Buffer } = require('buffer');
const { isArrayBufferView } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const defaults = require('internal/tls/defaults');
const { SecureContext, createSecureContext } = require('internal/tls/context');
const { checkServerIdentity } = require('internal/tls/identity');

let cipherNames;

function getCiphers() {
  if (!cipherNames) {
    const { getCiphers: native } = internalBinding('secure_context');
    const suites = ['tls_aes_128_ccm_8_sha256', 'tls_aes_128_ccm_sha256', 'tls_aes_128_gcm_sha256',
      'tls_aes_256_gcm_sha384', 'tls_chacha20_poly1305_sha256'];
    cipherNames = [...new Set([...native().map((name) => name.toLowerCase()), ...suites])].sort();
  }
  return [...cipherNames];
}

// ['h2', 'http/1.1'] in wire format: a byte of length before each name.
function wireProtocols(protocols) {
  const parts = [];
  protocols.forEach((name, k) => {
    const bytes = Buffer.from(name);
    if (bytes.length > 255) {
      throw new ERR_OUT_OF_RANGE(`The byte length of the protocol at index ${k} exceeds the maximum length.`, '<= 255',
                                 bytes.length, true);
    }
    parts.push(Buffer.from([bytes.length]), bytes);
  });
  return Buffer.concat(parts);
}

// out.ALPNProtocols becomes a copy in wire format.
function convertALPNProtocols(protocols, out) {
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = wireProtocols(protocols);
  } else if (isArrayBufferView(protocols)) {
    out.ALPNProtocols = Buffer.from(Buffer.from(protocols.buffer, protocols.byteOffset, protocols.byteLength));
  }
}

function getCACertificates(type = undefined) {
  return require('internal/tls/ca').getCACertificates(type);
}

function setDefaultCACertificates(certs) {
  require('internal/tls/ca').setDefaultCACertificates(certs);
}

function createServer(options, listener) {
  return new module.exports.Server(options, listener);
}

function connect(...args) {
  return require('internal/tls/connect').connect(...args);
}

module.exports = {
  // Renegotiations that a client may ask for in this many seconds.
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: defaults.defaultCiphers(),
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: defaults.minVersion(),
  DEFAULT_MAX_VERSION: defaults.maxVersion(),
  getCiphers,
  getCertificateCompressionAlgorithms: () => [],
};

Object.defineProperty(module.exports, 'rootCertificates', {
  __proto__: null,
  configurable: false,
  enumerable: true,
  get: () => require('internal/tls/ca').bundledCertificates(),
});

Object.assign(module.exports, {
  getCACertificates,
  setDefaultCACertificates,
  convertALPNProtocols,
  checkServerIdentity,
  createSecureContext,
  SecureContext,
  TLSSocket: require('internal/tls/socket').TLSSocket,
  Server: require('internal/tls/server').Server,
  createServer,
  connect,
});

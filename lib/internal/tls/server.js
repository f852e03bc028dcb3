// SPDX-License-Identifier: MIT
'use strict';

// tls.Server: a net.Server whose connections are handed over once they are secure.

const net = require('net');
const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { TLSSocket, kServer } = require('internal/tls/socket');
const { verifyError } = require('internal/tls/connect');
const { validateBuffer, validateFunction, validateNumber, validateObject, validateString } =
  require('internal/validators');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_REQUIRED_SERVER_NAME },
} = require('internal/errors');

const HANDSHAKE_TIMEOUT = 120 * 1000;

const kErrorEmitted = Symbol('errorEmitted');
const kSNICallback = Symbol('SNICallback');
const kSharedOptions = Symbol('sharedOptions');

// What server options say of the context.
const contextOptions = [
  'pfx', 'key', 'passphrase', 'cert', 'clientCertEngine', 'ca', 'minVersion', 'maxVersion', 'secureProtocol', 'crl',
  'sigalgs', 'dhparam', 'ecdhCurve', 'secureOptions', 'ticketKeys', 'sessionTimeout', 'privateKeyIdentifier',
  'privateKeyEngine', 'allowPartialTrustChain', 'certificateCompression',
];

function onServerSocketSecure() {
  const server = this[kServer];
  if (this._requestCert) {
    const error = verifyError(this);
    if (error) {
      this.authorizationError = error.code;
      if (this._rejectUnauthorized) this.destroy();
    } else {
      this.authorized = true;
    }
  }
  if (this.destroyed || !this._releaseControl()) return;
  this.secureConnecting = false;
  this[kErrorEmitted] = true;
  server.emit('secureConnection', this);
}

function onSocketTLSError(error) {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this[kServer].emit('tlsClientError', error, this);
  this.destroy();
}

function onSocketClose() {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  const error = new Error('socket hang up');
  error.code = 'ECONNRESET';
  this[kServer].emit('tlsClientError', error, this);
}

function onConnection(rawSocket) {
  const options = this[kSharedOptions];
  const socket = new TLSSocket(rawSocket, {
    secureContext: this._sharedCreds,
    isServer: true,
    server: this,
    requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized,
    handshakeTimeout: this._handshakeTimeout,
    ALPNProtocols: this.ALPNProtocols,
    ALPNCallback: this.ALPNCallback,
    SNICallback: this[kSNICallback] || (this._contexts.length > 0 ? defaultSNICallback : undefined),
    enableTrace: options.enableTrace,
    pauseOnConnect: this.pauseOnConnect,
    pskCallback: options.pskCallback,
    pskIdentityHint: options.pskIdentityHint,
  });
  socket.server = this;
  socket.on('secure', onServerSocketSecure);
  socket[kErrorEmitted] = false;
  socket.on('close', onSocketClose);
  socket.on('_tlsError', onSocketTLSError);
  socket.on('error', onSocketTLSError);
  socket.once('secure', () => socket.removeListener('error', onSocketTLSError));
  if (this.listenerCount('keylog') > 0) socket.on('keylog', (line) => this.emit('keylog', line, socket));
}

function defaultSNICallback(servername, callback) {
  const contexts = this.server._contexts;
  for (let k = contexts.length - 1; k >= 0; k--) {
    if (contexts[k][0].test(servername)) {
      callback(null, contexts[k][1]);
      return;
    }
  }
  callback(null, undefined);
}

function checkServerOptions(options) {
  const { ALPNCallback, ALPNProtocols, SNICallback, handshakeTimeout, pskCallback, pskIdentityHint } = options;
  if (ALPNCallback) {
    validateFunction(ALPNCallback, 'options.ALPNCallback');
    if (ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  if (handshakeTimeout !== undefined) validateNumber(handshakeTimeout, 'options.handshakeTimeout');
  if (SNICallback) validateFunction(SNICallback, 'options.SNICallback');
  if (pskCallback) validateFunction(pskCallback, 'options.pskCallback');
  if (pskIdentityHint) validateString(pskIdentityHint, 'options.pskIdentityHint');
}

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else if (typeof options !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  checkServerOptions(options);
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.ALPNCallback = options.ALPNCallback || undefined;
  if (options.ALPNProtocols) require('tls').convertALPNProtocols(options.ALPNProtocols, this);
  if (options.sessionTimeout) this.sessionTimeout = options.sessionTimeout;
  if (options.ticketKeys) this.ticketKeys = options.ticketKeys;
  this.setSecureContext(options);
  this._handshakeTimeout = options.handshakeTimeout || HANDSHAKE_TIMEOUT;
  this[kSNICallback] = options.SNICallback;
  this[kSharedOptions] = options;
  net.Server.call(this, options, onConnection);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

// From now on connections begin with these keys, certificates and so on.
Server.prototype.setSecureContext = function(options) {
  validateObject(options, 'options');
  const chosen = { honorCipherOrder: options.honorCipherOrder === undefined ? true : Boolean(options.honorCipherOrder) };
  for (const name of contextOptions) {
    if (options[name] !== undefined && options[name] !== null) chosen[name] = options[name];
  }
  if (options.ciphers) chosen.ciphers = options.ciphers;
  chosen.sessionIdContext = options.sessionIdContext ??
    require('crypto').createHash('sha1').update(process.argv.join(' ')).digest('hex').slice(0, 32);
  if (options.ticketKeys) this.ticketKeys = options.ticketKeys;
  this._sharedCreds = require('tls').createSecureContext(chosen);
};

Server.prototype._getServerData = function() {
  return { ticketKeys: this.getTicketKeys().toString('hex') };
};

Server.prototype._setServerData = function(data) {
  this.setTicketKeys(Buffer.from(data.ticketKeys, 'hex'));
};

Server.prototype.getTicketKeys = function() {
  const keys = this._sharedCreds.context.getTicketKeys();
  return Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength);
};

Server.prototype.setTicketKeys = function(keys) {
  validateBuffer(keys);
  if (keys.byteLength !== 48) {
    throw new ERR_INVALID_ARG_VALUE('keys', keys.byteLength, 'Session ticket keys must be a 48-byte buffer');
  }
  this._sharedCreds.context.setTicketKeys(keys);
};

// `*` in a name stands for one label or a part of it.
Server.prototype.addContext = function(servername, context) {
  if (!servername) throw new ERR_TLS_REQUIRED_SERVER_NAME();
  const tls = require('tls');
  const source = servername.replace(/[\\^$+?.()|[\]{}]/g, '\\$&').replaceAll('*', '[^.]*');
  const secure = context instanceof tls.SecureContext ? context : tls.createSecureContext(context);
  this._contexts.push([new RegExp(`^${source}$`), secure]);
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, socket) {
  if (event === 'secureConnection') socket.destroy(error);
  else net.Server.prototype[EventEmitter.captureRejectionSymbol].call(this, error, event, socket);
};

module.exports = { Server };

// SPDX-License-Identifier: MIT
'use strict';

// tls.connect: a TLSSocket that verifies whom it talks to.

const net = require('net');
const { TLSSocket, kConnectOptions, kPendingSession, kVerified } = require('internal/tls/socket');
const { isIP } = require('internal/net');
const { validateFunction, validateNumber } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_TLS_DH_PARAM_SIZE } } = require('internal/errors');

// What a root that only this machine knows looks like from here.
const localRootCodes = new Set(['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN']);

let warnedOfEnvironment = false;

function allowsUnauthorized() {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return false;
  if (!warnedOfEnvironment) {
    warnedOfEnvironment = true;
    process.emitWarning('Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to \'0\' makes TLS connections ' +
                        'and HTTPS requests insecure by disabling certificate verification.');
  }
  return true;
}

// (options), (port, host, options), (path, options) with a callback at the end, as [options, callback].
function connectArguments(args) {
  const [options, callback] = net._normalizeArgs(args);
  // An object behind port or host adds to them.
  const further = args.slice(1).find((arg) => arg !== null && typeof arg === 'object');
  return [{ ...options, ...further }, callback];
}

// What OpenSSL found wrong with the peer's certificate, as an Error; null when nothing is.
function verifyError(socket) {
  const error = socket.ssl.verifyError();
  if (error && localRootCodes.has(error.code) && !socket._tlsOptions.isServer) {
    error.message += '; if the root CA is installed locally, try running Node.js with --use-system-ca';
    Error.captureStackTrace(error, verifyError);
  }
  return error;
}

function smallKey(socket, { minDHSize }) {
  const info = socket.getEphemeralKeyInfo();
  return info?.type === 'DH' && info.size < minDHSize ? new ERR_TLS_DH_PARAM_SIZE(info.size) : undefined;
}

function onSecure() {
  if (this[kVerified] && this.secureConnecting === false) return; // a renegotiation
  const options = this[kConnectOptions];
  const weak = smallKey(this, options);
  if (weak) {
    this.destroy(weak);
    return;
  }
  let error = verifyError(this);
  // A resumed session's peer was checked when the session began.
  if (!error && !this.isSessionReused()) {
    const host = options.servername || options.host || options.socket?._host || 'localhost';
    const cert = this.getPeerCertificate(true);
    if (!(options.pskCallback && cert.subject === undefined)) error = options.checkServerIdentity(host, cert);
  }
  if (error) {
    if (options.rejectUnauthorized !== false) {
      this.destroy(error);
      return;
    }
    this.authorized = false;
    this.authorizationError = error.code || error.message;
  } else {
    this.authorized = true;
  }
  this.secureConnecting = false;
  this.emit('secureConnect');
  this[kVerified] = true;
  const session = this[kPendingSession];
  this[kPendingSession] = null;
  if (session) this.emit('session', session);
  this.removeListener('end', onEndTooEarly);
}

function onEndTooEarly() {
  if (!this.secureConnecting || this._hadError) return;
  this._hadError = true;
  const options = this[kConnectOptions];
  const error = new Error('Client network socket disconnected before secure TLS connection was established');
  error.code = 'ECONNRESET';
  error.path = options.path;
  error.host = options.host;
  error.port = options.port;
  error.localAddress = options.localAddress;
  this.destroy(error);
}

function connect(...args) {
  const [given, callback] = connectArguments(args);
  const tls = require('tls');
  const options = {
    rejectUnauthorized: !allowsUnauthorized(),
    ciphers: tls.DEFAULT_CIPHERS,
    checkServerIdentity: tls.checkServerIdentity,
    minDHSize: 1024,
    ...given,
  };
  validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  validateNumber(options.minDHSize, 'options.minDHSize', 1);
  if (options.servername && isIP(options.servername)) {
    throw new ERR_INVALID_ARG_VALUE('options.servername', options.servername,
                                    'Setting the TLS ServerName to an IP address is not permitted.');
  }
  const context = options.secureContext || tls.createSecureContext(options);
  const socket = new TLSSocket(options.socket, {
    allowHalfOpen: options.socket ? options.socket.allowHalfOpen : Boolean(options.allowHalfOpen),
    pipe: Boolean(options.path),
    secureContext: context,
    isServer: false,
    requestCert: true,
    rejectUnauthorized: options.rejectUnauthorized !== false,
    session: options.session,
    ALPNProtocols: options.ALPNProtocols,
    requestOCSP: options.requestOCSP,
    enableTrace: options.enableTrace,
    pskCallback: options.pskCallback,
    highWaterMark: options.highWaterMark,
    onread: options.onread,
    signal: options.signal,
    noDelay: options.noDelay,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
  });
  options.rejectUnauthorized = options.rejectUnauthorized !== false;
  socket[kConnectOptions] = options;
  if (callback !== null) socket.once('secureConnect', callback);
  if (options.servername) {
    socket.setServername(options.servername);
    socket.servername = null;
  }
  socket._releaseControl();
  socket.on('secure', onSecure);
  socket.prependListener('end', onEndTooEarly);
  if (!options.socket) {
    // A pending timeout would otherwise be told only after the connection.
    if (options.timeout) socket.setTimeout(options.timeout);
    socket.connect(options, socket._start);
  } else {
    socket._start();
  }
  return socket;
}

module.exports = { allowsUnauthorized, connect, verifyError };

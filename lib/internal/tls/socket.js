// SPDX-License-Identifier: MIT
'use strict';

// TLSSocket: a net.Socket whose handle is a TLSWrap. The handle is made over a connection that is there: at once over a
// connected socket or any Duplex, else when the TCP connection has come about.

const net = require('net');
const { Buffer } = require('buffer');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_TLS_ALPN_CALLBACK_INVALID_RESULT,
    ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_HANDSHAKE_TIMEOUT, ERR_TLS_INVALID_CONTEXT, ERR_TLS_INVALID_STATE,
    ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED, ERR_TLS_RENEGOTIATION_DISABLED, ERR_TLS_SESSION_ATTACK,
    ERR_TLS_SNI_FROM_SERVER,
  },
} = require('internal/errors');
const { validateBuffer, validateFunction, validateInt32, validateObject, validateString, validateUint32 } =
  require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const { clearTimeout, setTimeout } = require('timers');

const kServer = Symbol('server');
const kSecured = Symbol('wasSecured');
const kPendingSession = Symbol('pendingSession');
const kVerified = Symbol('verified');
const kRenegotiations = Symbol('renegotiations');
const kNoRenegotiation = Symbol('renegotiationDisabled');
const kEarly = Symbol('callsBeforeTheHandle');
const kConnectOptions = Symbol('connectOptions');

function asBuffer(bytes) {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// --- what the handle calls ---------------------------------------------------------------------------------------

function onhandshakedone() {
  this.owner?._finishInit();
}

// A client that renegotiates again and again costs more than it pays.
function onhandshakestart() {
  const socket = this.owner;
  if (!socket) return;
  if (socket[kNoRenegotiation]) {
    socket._emitTLSError(new ERR_TLS_RENEGOTIATION_DISABLED());
    return;
  }
  if (!socket._tlsOptions.isServer) return;
  const { CLIENT_RENEG_LIMIT, CLIENT_RENEG_WINDOW } = require('tls');
  const now = Date.now();
  const times = socket[kRenegotiations] = (socket[kRenegotiations] ?? [])
    .filter((time) => now - time < CLIENT_RENEG_WINDOW * 1000);
  times.push(now);
  if (times.length > CLIENT_RENEG_LIMIT) {
    // Later: the handshake is under way in this call.
    process.nextTick(() => socket._emitTLSError(new ERR_TLS_SESSION_ATTACK()));
  }
}

// Before the connection is there, an error is its server's to tell (tlsClientError).
function failHandshake(socket, error) {
  if (socket._tlsOptions.isServer) {
    socket._tlsError(error);
    socket.destroy();
  } else {
    socket.destroy(error);
  }
}

function onerror(error) {
  const socket = this.owner;
  if (!socket || socket._hadError) return;
  socket._hadError = true;
  if (!socket._secureEstablished) {
    failHandshake(socket, error);
  } else if (socket._tlsOptions.isServer && socket._rejectUnauthorized &&
             error.reason === 'peer did not return a certificate') {
    socket.destroy();
  } else {
    socket._emitTLSError(error);
  }
}

// A server waits for its listener to have kept the session before the handshake ends.
function onnewsession(id, session) {
  const socket = this.owner;
  if (!socket || socket.destroyed) return false;
  id = asBuffer(id);
  session = asBuffer(session);
  if (!socket._tlsOptions.isServer) {
    if (socket[kVerified]) socket.emit('session', session);
    else socket[kPendingSession] = session;
    return false;
  }
  const server = socket[kServer];
  if (!server || server.listenerCount('newSession') === 0) return false;
  let done = false;
  const handle = this;
  const finish = () => {
    if (done) return;
    done = true;
    process.nextTick(() => {
      if (socket.destroyed || !socket._handle) return;
      handle.newSessionDone();
      socket._newSessionPending = false;
      if (socket._securePending) socket._finishInit();
      socket._securePending = false;
    });
  };
  socket._newSessionPending = true;
  server.emit('newSession', id, session, finish);
  return true;
}

function onclienthello(sessionId) {
  const socket = this.owner;
  let done = false;
  const answer = (error, session) => {
    if (done) {
      const { codes: { ERR_MULTIPLE_CALLBACK } } = require('internal/errors');
      socket.destroy(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    done = true;
    if (error) {
      socket.destroy(error);
      return;
    }
    if (!socket._handle) {
      socket.destroy(new (require('internal/errors').codes.ERR_SOCKET_CLOSED)());
      return;
    }
    this.loadSession(session ?? null);
  };
  if (!socket?.[kServer] || !socket[kServer].emit('resumeSession', asBuffer(sessionId), answer)) answer(null, null);
}

// The server's certificate: by name, and with an OCSP response if the client wants one.
function oncertificate(servername, wantsOcsp) {
  const socket = this.owner;
  if (!socket) return;
  const failed = (error) => {
    if (!socket.destroyed) socket.destroy(error);
  };
  chooseContext(socket, servername, (error, context) => {
    if (error) {
      failed(error);
      return;
    }
    const native = context ? context.context || context : undefined;
    answerOcsp(socket, wantsOcsp, native, (ocspError, response) => {
      if (ocspError) failed(ocspError);
      else if (socket._handle) this.certificateDone(native, response);
    });
  });
}

function chooseContext(socket, servername, callback) {
  const { SNICallback } = socket._tlsOptions;
  if (!servername || !SNICallback) {
    callback(null, undefined);
    return;
  }
  let once = false;
  SNICallback.call(socket, servername, (error, context) => {
    if (once) {
      const { codes: { ERR_MULTIPLE_CALLBACK } } = require('internal/errors');
      socket.destroy(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    once = true;
    if (!error && context && !isContext(context.context || context)) {
      callback(new TypeError('Invalid SNI context'));
      return;
    }
    callback(error, context);
  });
}

function isContext(value) {
  return value instanceof internalBinding('secure_context').SecureContext;
}

function answerOcsp(socket, wanted, native, callback) {
  const server = socket[kServer];
  if (!wanted || !server || server.listenerCount('OCSPRequest') === 0) {
    callback(null, undefined);
    return;
  }
  const context = native ?? server._sharedCreds.context;
  let once = false;
  server.emit('OCSPRequest', asBuffer(context.getCertificate()), asBuffer(context.getIssuer()), (error, response) => {
    if (once) {
      const { codes: { ERR_MULTIPLE_CALLBACK } } = require('internal/errors');
      socket.destroy(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    once = true;
    callback(error, response);
  });
}

function onocspresponse(response) {
  this.owner?.emit('OCSPResponse', asBuffer(response));
}

let warnedOfKeys = false;

// --tls-keylog: every connection's keys, for whoever looks into what is sent.
function writeKeys(file, line) {
  if (!warnedOfKeys) {
    warnedOfKeys = true;
    process.emitWarning(`Using --tls-keylog makes TLS connections insecure by writing secret key material to file ${file}`);
  }
  require('fs').appendFileSync(file, line, { mode: 0o600 });
}

function onkeylog(line) {
  this.owner?.emit('keylog', asBuffer(line));
}

function onpskexchange(identity, maxIdentity, maxKey) {
  const socket = this.owner;
  const { pskCallback, isServer } = socket._tlsOptions;
  try {
    if (isServer) {
      const answer = pskCallback.call(socket[kServer] ?? socket, socket, identity);
      if (answer === undefined || answer === null) return undefined;
      const key = isArrayBufferView(answer) ? answer : answer.psk;
      if (!isArrayBufferView(key)) throw new ERR_INVALID_ARG_TYPE('ret', ['Object', 'Buffer', 'TypedArray', 'DataView'], answer);
      return key;
    }
    const answer = pskCallback.call(socket, identity);
    if (answer === undefined || answer === null) return undefined;
    validateObject(answer, 'ret');
    validateBuffer(answer.psk, 'psk');
    if (answer.psk.length > maxKey) {
      throw new ERR_INVALID_ARG_VALUE('psk', answer.psk, `Pre-shared key exceeds ${maxKey} bytes`);
    }
    validateString(answer.identity, 'identity');
    if (Buffer.byteLength(answer.identity) > maxIdentity) {
      throw new ERR_INVALID_ARG_VALUE('identity', answer.identity, `PSK identity exceeds ${maxIdentity} bytes`);
    }
    return [answer.psk, answer.identity];
  } catch (error) {
    failHandshake(socket, error);
    return undefined;
  }
}

function onalpn(list) {
  const socket = this.owner;
  const protocols = [];
  for (let at = 0; at < list.length; at += 1 + list[at]) {
    protocols.push(asBuffer(list).latin1Slice(at + 1, at + 1 + list[at]));
  }
  const { ALPNCallback } = socket._tlsOptions;
  try {
    const chosen = ALPNCallback.call(socket, { servername: this.getServername() || '', protocols });
    if (chosen === undefined) return undefined;
    if (!protocols.includes(chosen)) throw new ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(chosen, protocols);
    return chosen;
  } catch (error) {
    failHandshake(socket, error);
    return undefined;
  }
}

const callbacks = {
  onhandshakedone, onhandshakestart, onerror, onnewsession, onclienthello, oncertificate, onocspresponse, onkeylog,
  onpskexchange, onalpn,
};

// --- TLSSocket ---------------------------------------------------------------------------------------------------

// What lies below: nothing yet, a socket with a handle, a socket still connecting, or a stream to be wrapped.
function lowerSocket(socket) {
  if (!socket) return null;
  if (socket instanceof net.Socket && !socket.destroyed) return socket;
  const { JSStreamSocket } = require('internal/js_stream_socket');
  return new JSStreamSocket(socket);
}

function checkOptions(options) {
  const { ALPNCallback, ALPNProtocols, SNICallback, secureContext } = options;
  if (ALPNCallback !== undefined && ALPNCallback !== null) {
    validateFunction(ALPNCallback, 'options.ALPNCallback');
    if (ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  if (SNICallback) validateFunction(SNICallback, 'options.SNICallback');
  if (secureContext !== undefined && secureContext !== null && !secureContext.context) {
    throw new ERR_TLS_INVALID_CONTEXT('options.secureContext');
  }
}

class TLSSocket extends net.Socket {
  constructor(socket, options) {
    options = { ...options };
    if (options.ALPNProtocols) require('tls').convertALPNProtocols(options.ALPNProtocols, options);
    checkOptions(options);
    const { isServer } = options;
    const below = lowerSocket(socket);
    super({
      allowHalfOpen: socket ? socket.allowHalfOpen : options.allowHalfOpen,
      pauseOnCreate: options.pauseOnConnect,
      highWaterMark: options.highWaterMark,
      manualStart: true,
      signal: options.signal,
      noDelay: options.noDelay,
      keepAlive: options.keepAlive,
      keepAliveInitialDelay: options.keepAliveInitialDelay,
      onread: socket ? undefined : options.onread,
    });
    this._tlsOptions = options;
    this._secureEstablished = false;
    this._securePending = false;
    this._newSessionPending = false;
    this._controlReleased = false;
    this.secureConnecting = true;
    this._SNICallback = null;
    this.servername = null;
    this.alpnProtocol = null;
    this.authorized = false;
    this.authorizationError = null;
    this.encrypted = true;
    this.ssl = null;
    this[kSecured] = false;
    this[kVerified] = false;
    this[kPendingSession] = null;
    this[kEarly] = [];
    this[kServer] = options.server ?? null;
    this.on('end', onSocketEnd);
    if (options.enableTrace !== undefined) this._early((handle) => options.enableTrace && handle.enableTrace());
    this._secureContext = options.secureContext || require('tls').createSecureContext(options);
    this._requestCert = Boolean(options.requestCert) || !isServer;
    this._rejectUnauthorized = options.rejectUnauthorized !== false;
    if (below) this._adopt(below);
    else this.once('connect', this._takeOwnHandle);
  }

  // The socket below: its end is this one's.
  _adopt(socket) {
    this._parent = socket;
    if (socket.server && !this.server) this.server = socket.server;
    // What the program has written to it goes first.
    if (socket.writableLength > 0 && !socket.connecting && socket._handle && !socket.writableEnded) {
      this.connecting = true;
      socket.write('', () => {
        if (this.destroyed) return;
        take();
        this.emit('connect');
      });
    }
    const take = () => {
      this.connecting = false;
      this._wrapOver(socket._handle, socket);
    };
    if (this.connecting) {
      // as soon as that is out
    } else if (socket.connecting || !socket._handle) {
      this.connecting = true;
      socket.once('connect', () => {
        if (this.destroyed) return;
        take();
        this.emit('connect');
      });
    } else {
      take();
    }
    socket.on('error', (error) => {
      if (!this.destroyed) this._emitTLSError(error);
    });
    socket.on('close', () => this.destroy());
  }

  // The TCP connection that this socket made itself.
  _takeOwnHandle() {
    if (!this._handle || this.ssl) return;
    this._wrapOver(this._handle, null);
    this._start();
  }

  _wrapOver(raw, socket) {
    const { wrapHandle } = require('internal/tls/handle');
    const handle = wrapHandle(raw, socket, this._secureContext.context, Boolean(this._tlsOptions.isServer));
    // What the plain socket has read already is the handshake's beginning.
    if (socket) {
      socket._handle.reading = true; // it is ours to start and stop from now on
      for (let chunk; (chunk = socket.read()) !== null;) {
        handle.receive(typeof chunk === 'string' ? Buffer.from(chunk, socket.readableEncoding) : chunk);
      }
    }
    Object.assign(handle, callbacks);
    this._setHandle(handle);
    this.ssl = handle;
    this._init();
    const calls = this[kEarly];
    this[kEarly] = null;
    for (const call of calls) call(handle);
    // A server waits for the client to begin, a client's beginning is told by _start.
    if (this._tlsOptions.isServer) {
      handle.start();
      this.read(0);
    }
  }

  // Calls that need the handle, now or when it is there.
  _early(call) {
    if (this.ssl) call(this.ssl);
    else this[kEarly]?.push(call);
  }

  _init(socket, wrap) {
    const { ssl, _tlsOptions: options } = this;
    const server = this[kServer];
    ssl.setVerifyMode(this._requestCert, this._rejectUnauthorized);
    if (options.isServer) {
      ssl.watchRenegotiation();
      if (server && (server.listenerCount('resumeSession') > 0 || server.listenerCount('newSession') > 0)) {
        ssl.enableSessionCallbacks(server.listenerCount('resumeSession') > 0);
      }
      if (options.SNICallback || (server && server.listenerCount('OCSPRequest') > 0)) ssl.enableCertificateCallback();
      if (options.ALPNCallback) ssl.enableALPNCallback();
    } else {
      ssl.watchRenegotiation();
      ssl.enableSessionCallbacks(false);
      if (options.session) ssl.setSession(bytesOf(options.session));
      if (options.requestOCSP) ssl.requestOCSP();
    }
    if (options.pskCallback) {
      validateFunction(options.pskCallback, 'pskCallback');
      ssl.enablePskCallback();
      if (options.pskIdentityHint) {
        validateString(options.pskIdentityHint, 'options.pskIdentityHint');
        if (!ssl.setPskIdentityHint(options.pskIdentityHint)) {
          this._emitTLSError(new ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED());
        }
      }
    }
    const keylogFile = require('internal/options').getOptionValue('--tls-keylog');
    if (keylogFile) this.on('keylog', (line) => writeKeys(keylogFile, line));
    // Whoever listens for keys wants all of them.
    if (this.listenerCount('keylog') > 0 || server?.listenerCount('keylog') > 0) ssl.enableKeylogCallback();
    this.on('newListener', (event) => {
      if (event === 'keylog') this.ssl?.enableKeylogCallback();
    });
    if (options.ALPNProtocols) ssl.setALPNProtocols(options.ALPNProtocols);
    if (options.handshakeTimeout > 0) this.setTimeout(options.handshakeTimeout, this._handleTimeout);
  }

  _start() {
    if (this.connecting) {
      this.once('connect', this._start);
      return;
    }
    if (!this._handle || !this.ssl) return;
    this.ssl.start();
    if (this._handle && !this.isPaused()) this.read(0);
  }

  _handleTimeout() {
    this._emitTLSError(new ERR_TLS_HANDSHAKE_TIMEOUT());
  }

  _finishInit() {
    if (this._newSessionPending) {
      this._securePending = true;
      return;
    }
    if (!this._handle) return;
    const { ssl } = this;
    this.alpnProtocol = ssl.getALPNNegotiatedProtocol();
    if (this.servername === null) this.servername = ssl.getServername();
    const again = this._secureEstablished;
    this._secureEstablished = true;
    if (!again && this._tlsOptions.handshakeTimeout > 0) this.setTimeout(0, this._handleTimeout);
    this.emit('secure');
  }

  // --- errors

  _emitTLSError(error) {
    const remaining = this._tlsError(error);
    if (remaining) this.destroy(remaining);
  }

  // Before the connection is handed over, an error is the server's to tell; null when it is.
  _tlsError(error) {
    this.emit('_tlsError', error);
    return this._controlReleased ? error : null;
  }

  _releaseControl() {
    if (this._controlReleased) return false;
    this._controlReleased = true;
    this.removeListener('error', this._tlsError);
    return true;
  }

  _destroySSL() {
    this.ssl?.destroySSL();
    this.ssl = null;
  }

  _destroy(exception, callback) {
    // Before there was a handle, nothing else ends the connection below.
    if (!this.ssl && !this._handle) this._parent?.destroy?.();
    super._destroy(exception, callback);
    this.ssl = null;
  }

  // --- the client's part

  setServername(name) {
    validateString(name, 'name');
    if (this._tlsOptions.isServer) throw new ERR_TLS_SNI_FROM_SERVER();
    this._early((handle) => handle.setServername(name));
  }

  setSession(session) {
    const bytes = bytesOf(session);
    this._early((handle) => handle.setSession(bytes));
  }

  renegotiate(options, callback) {
    if (options === null || typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.destroyed) return undefined;
    if (this[kNoRenegotiation]) {
      // One cannot ask for what one has switched off.
    }
    let changed = false;
    if (options.requestCert !== undefined) {
      this._requestCert = Boolean(options.requestCert);
      changed = true;
    }
    if (options.rejectUnauthorized !== undefined) {
      this._rejectUnauthorized = Boolean(options.rejectUnauthorized);
      changed = true;
    }
    if (changed) this.ssl.setVerifyMode(this._requestCert, this._rejectUnauthorized);
    try {
      this.ssl.renegotiate();
    } catch (error) {
      if (callback) process.nextTick(callback, error);
      return false;
    }
    if (callback) this.once('secure', () => callback(null));
    return true;
  }

  disableRenegotiation() {
    this[kNoRenegotiation] = true;
  }

  setKeyCert(context) {
    if (context?.context) {
      this.ssl.setKeyCert(context.context);
    } else {
      this.ssl.setKeyCert(require('tls').createSecureContext(context).context);
    }
  }

  setMaxSendFragment(size) {
    validateInt32(size, 'size');
    return Boolean(this.ssl?.setMaxSendFragment(size));
  }

  enableTrace() {
    this._early((handle) => handle.enableTrace());
  }

  // --- facts

  exportKeyingMaterial(length, label, context) {
    validateUint32(length, 'length', true);
    validateString(label, 'label');
    if (context !== undefined) validateBuffer(context, 'context');
    if (!this._secureEstablished || !this.ssl) throw new ERR_TLS_INVALID_STATE();
    return asBuffer(this.ssl.exportKeyingMaterial(length, label, context));
  }

  getPeerCertificate(detailed) {
    if (!this._handle) return null;
    return asCertificate(this.ssl?.getPeerCertificate(Boolean(detailed))) ?? {};
  }

  getCertificate() {
    if (!this._handle) return null;
    return asCertificate(this.ssl?.getCertificate()) ?? {};
  }

  getPeerX509Certificate(detailed) {
    // With those that the peer sent along, each of them issued by the next.
    const chain = new Set();
    for (let one = this.ssl?.getPeerCertificate(true); one && !chain.has(one); one = one.issuerCertificate) chain.add(one);
    if (chain.size === 0) return undefined;
    const { X509Certificate } = require('internal/crypto/x509');
    const { X509Handle } = internalBinding('crypto');
    return [...chain].reduceRight((issuer, { raw }) => new X509Certificate(new X509Handle(raw), issuer), undefined);
  }

  getX509Certificate() {
    const der = this.ssl?.getCertificateDer(false);
    return der && new (require('crypto').X509Certificate)(der);
  }

  getFinished() {
    return asBuffer(this.ssl?.getFinished(false));
  }

  getPeerFinished() {
    return asBuffer(this.ssl?.getFinished(true));
  }

  getSession() {
    return this._handle ? asBuffer(this.ssl?.getSession()) : null;
  }

  getTLSTicket() {
    return this._handle ? asBuffer(this.ssl?.getTLSTicket()) : null;
  }

  getEphemeralKeyInfo() {
    if (!this._handle) return null;
    return this.ssl ? this.ssl.getEphemeralKeyInfo() : {};
  }
}

function bytesOf(session) {
  if (typeof session === 'string') return Buffer.from(session, 'latin1');
  if (!isArrayBufferView(session)) throw new ERR_INVALID_ARG_TYPE('session', ['Buffer', 'TypedArray', 'DataView'], session);
  return session;
}

// Facts that are the handle's answer as it is; null when the connection is gone.
function fact(name, early) {
  const method = {
    [name]() {
      if (!this._handle) return null;
      return this.ssl ? this.ssl[name]() : early;
    },
  };
  Object.defineProperty(TLSSocket.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, writable: true, value: method[name],
  });
}
fact('getCipher');
fact('getSharedSigalgs', []);
fact('getProtocol', 'TLSv1.3');
fact('isSessionReused', false);

// The bytes of a certificate and of its issuers as Buffers.
function asCertificate(cert) {
  for (let one = cert, seen = new Set(); one && !seen.has(one); one = one.issuerCertificate) {
    seen.add(one);
    one.raw = asBuffer(one.raw);
    one.pubkey = asBuffer(one.pubkey);
  }
  return cert;
}

// The other side has ended: without half-open connections this side does too, once what it writes is out.
function onSocketEnd() {
  if (!this._secureEstablished) return;
}

require('internal/util').exposeMethods(TLSSocket.prototype);

module.exports = { TLSSocket, kConnectOptions, kPendingSession, kSecured, kServer, kVerified };

// SPDX-License-Identifier: MIT
'use strict';

// createSecureContext: options of tls.connect, tls.createServer and the like turned into calls of a native context.

const { isArrayBufferView } = require('internal/util/types');
const { validateBuffer, validateInt32, validateInteger, validateObject, validateString } =
  require('internal/validators');
const {
  codes: {
    ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
    ERR_TLS_INVALID_PROTOCOL_VERSION, ERR_TLS_PROTOCOL_VERSION_CONFLICT,
  },
} = require('internal/errors');
const { SecureContext: NativeContext } = internalBinding('secure_context');

const versions = { '__proto__': null, 'TLSv1': 0x301, 'TLSv1.1': 0x302, 'TLSv1.2': 0x303, 'TLSv1.3': 0x304 };
const TLS1_2 = 0x303;
const TLS1_3 = 0x304;
const SSL_OP_CIPHER_SERVER_PREFERENCE = 0x400000;
// OpenSSL 3 refuses clients' renegotiation otherwise; TLSSocket counts them.
const SSL_OP_ALLOW_CLIENT_RENEGOTIATION = 0x100;

const sides = { __proto__: null, server: 1, client: 2 };

function toVersion(which, version, fallback) {
  version ??= fallback;
  const number = versions[version];
  if (number === undefined) throw new ERR_TLS_INVALID_PROTOCOL_VERSION(version, which);
  return number;
}

function methodError(message) {
  const error = new TypeError(message);
  error.code = 'ERR_TLS_INVALID_PROTOCOL_METHOD';
  return error;
}

// 'TLSv1_2_server_method' as { side, min, max }.
function parseMethod(name) {
  const parts = /^(SSLv2|SSLv3|SSLv23|TLS|TLSv1|TLSv1_1|TLSv1_2)(?:_(server|client))?_method$/.exec(name);
  if (parts === null) throw methodError(`Unknown method: ${name}`);
  const [, family, side] = parts;
  if (family === 'SSLv2' || family === 'SSLv3') throw methodError(`${family} methods disabled`);
  const own = versions[family.replace('_', '.')];
  const max = family === 'SSLv23' ? TLS1_2 : own ?? TLS1_3;
  return { side: sides[side] ?? 0, min: own ?? 0, max };
}

class SecureContext {
  constructor(secureProtocol, secureOptions, minVersion, maxVersion) {
    const defaults = require('tls');
    let how = { side: 0 };
    if (secureProtocol) {
      if (minVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(minVersion, secureProtocol);
      if (maxVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(maxVersion, secureProtocol);
      validateString(secureProtocol, 'secureProtocol');
      how = parseMethod(secureProtocol);
    } else {
      how.min = toVersion('minimum', minVersion, defaults.DEFAULT_MIN_VERSION);
      how.max = toVersion('maximum', maxVersion, defaults.DEFAULT_MAX_VERSION);
    }
    this.context = new NativeContext();
    this.context.init(how.side, how.min, how.max);
    if (secureOptions) {
      validateInteger(secureOptions, 'secureOptions');
      this.context.setOptions(secureOptions);
    }
  }
}

// --- checking and listing ----------------------------------------------------------------------------------------

function checkMaterial(name, value) {
  if (typeof value !== 'string' && !isArrayBufferView(value)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
  }
}

function listOf(value) {
  return Array.isArray(value) ? value.flat(Infinity) : [value];
}

function setKey(context, key, passphrase) {
  if (key?.type === 'private' && typeof key.export === 'function') {
    key = key.export({ type: 'pkcs8', format: 'pem' });
    passphrase = undefined;
  }
  checkMaterial('options.key', key);
  if (passphrase !== undefined && passphrase !== null) validateString(passphrase, 'options.passphrase');
  context.setKey(key, passphrase ?? undefined);
}

function addKeys(context, keys, passphrase) {
  if (!Array.isArray(keys)) {
    setKey(context, keys, passphrase);
    return;
  }
  for (const entry of keys.flat(Infinity)) {
    if (entry === '') continue;
    const own = entry?.pem !== undefined ? entry.pem : entry;
    setKey(context, own, entry?.passphrase !== undefined ? entry.passphrase : passphrase);
  }
}

function addPfx(context, pfx, passphrase) {
  for (const entry of listOf(pfx)) {
    const bytes = entry.buf || entry;
    const own = entry.passphrase || passphrase;
    if (own !== undefined && own !== null) validateString(own, 'options.passphrase');
    checkMaterial('options.pfx', bytes);
    context.loadPKCS12(bytes, own ?? undefined);
  }
}

// TLS 1.3's suites have names of their own; a list with nothing else chooses the version too.
function setCiphers(context, ciphers) {
  const names = ciphers.split(':').filter((name) => name !== '');
  const suites = names.filter((name) => name.startsWith('TLS_') && !names.includes(`!${name}`)).join(':');
  const excluded = names.filter((name) => name.startsWith('!TLS_')).join(':');
  const others = names.filter((name) => !/^!?TLS_/.test(name)).join(':');
  if (names.length === 0) throw new ERR_INVALID_ARG_VALUE('options.ciphers', ciphers);
  // Without any, OpenSSL's own suites stay; nothing but exclusions is no list to OpenSSL.
  if (suites !== '' || excluded !== '') context.setCipherSuites(suites || excluded);
  context.setCiphers(others);
  if (others === '' && context.getMinProto() < TLS1_3 && context.getMaxProto() > TLS1_2) context.setMinProto(TLS1_3);
}

function refuseEngines(options) {
  const { clientCertEngine, privateKeyEngine, privateKeyIdentifier } = options;
  if (clientCertEngine !== undefined && clientCertEngine !== null && typeof clientCertEngine !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.clientCertEngine', ['string', 'null', 'undefined'], clientCertEngine);
  }
  if (privateKeyIdentifier !== undefined && privateKeyIdentifier !== null) {
    if (privateKeyEngine === undefined) throw new ERR_INVALID_ARG_VALUE('options.privateKeyEngine', privateKeyEngine);
    if (typeof privateKeyIdentifier !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('options.privateKeyIdentifier', ['string', 'undefined'], privateKeyIdentifier);
    }
    if (typeof privateKeyEngine !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('options.privateKeyEngine', ['string', 'undefined'], privateKeyEngine);
    }
    throw new ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
  }
  if (typeof clientCertEngine === 'string') throw new ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
}

// --- trust -------------------------------------------------------------------------------------------------------

function setTrust(context, { ca, crl, allowPartialTrustChain }) {
  if (ca && !(Array.isArray(ca) && ca.length === 0)) {
    for (const cert of listOf(ca)) {
      checkMaterial('options.ca', cert);
      context.addCACert(cert);
    }
  } else {
    context.setTrust(require('internal/tls/ca').defaultStore());
  }
  if (allowPartialTrustChain) context.setAllowPartialTrustChain();
  if (crl) {
    for (const list of listOf(crl)) {
      checkMaterial('options.crl', list);
      if (!context.addCRL(list)) throw operationFailed('Failed to parse CRL');
    }
  }
}

// Node's native half throws these without the code in their name.
function operationFailed(message) {
  const error = new Error(message);
  error.code = 'ERR_CRYPTO_OPERATION_FAILED';
  return error;
}

function setDH(context, dhparam) {
  if (dhparam === 'auto') {
    context.setDHParam(true);
    return;
  }
  checkMaterial('options.dhparam', dhparam);
  const bits = context.setDHParam(dhparam);
  if (bits > 0 && bits < 1024) throw new ERR_INVALID_ARG_VALUE('DH parameter', dhparam, 'is less than 1024 bits');
  if (bits > 0 && bits < 2048) process.emitWarning('DH parameter is less than 2048 bits', 'SecurityWarning');
}

function setSessions(context, { sessionIdContext, ticketKeys, sessionTimeout }) {
  if (sessionIdContext !== undefined && sessionIdContext !== null) {
    validateString(sessionIdContext, 'options.sessionIdContext');
    context.setSessionIdContext(sessionIdContext);
  }
  if (ticketKeys) {
    validateBuffer(ticketKeys, 'options.ticketKeys');
    if (ticketKeys.byteLength !== 48) {
      throw new ERR_INVALID_ARG_VALUE('options.ticketKeys', ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
    context.setTicketKeys(ticketKeys);
  }
  if (sessionTimeout !== undefined && sessionTimeout !== null) {
    validateInt32(sessionTimeout, 'options.sessionTimeout', 0);
    context.setSessionTimeout(sessionTimeout);
  }
}

function setMaterial(context, { cert, key, passphrase, pfx, ciphers, sigalgs, ecdhCurve, dhparam }) {
  const defaults = require('tls');
  if (ciphers !== undefined && ciphers !== null) validateString(ciphers, 'options.ciphers');
  setCiphers(context, ciphers || defaults.DEFAULT_CIPHERS);
  if (cert) {
    for (const one of listOf(cert)) {
      checkMaterial('options.cert', one);
      context.setCert(one);
    }
  }
  if (key) addKeys(context, key, passphrase);
  if (sigalgs !== undefined && sigalgs !== null) {
    validateString(sigalgs, 'options.sigalgs');
    if (sigalgs === '') throw new ERR_INVALID_ARG_VALUE('options.sigalgs', sigalgs);
    context.setSigalgs(sigalgs);
  }
  if (ecdhCurve !== undefined && ecdhCurve !== null) validateString(ecdhCurve, 'options.ecdhCurve');
  if (!context.setECDHCurve(ecdhCurve ?? defaults.DEFAULT_ECDH_CURVE)) throw operationFailed('Failed to set ECDH curve');
  if (dhparam !== undefined && dhparam !== null) setDH(context, dhparam);
  if (pfx !== undefined && pfx !== null) addPfx(context, pfx, passphrase);
}

function createSecureContext(options) {
  options ??= {};
  validateObject(options, 'options');
  const { honorCipherOrder, minVersion, maxVersion, secureProtocol } = options;
  let { secureOptions } = options;
  if (honorCipherOrder) secureOptions |= SSL_OP_CIPHER_SERVER_PREFERENCE;
  if (options.certificateCompression !== undefined && options.certificateCompression !== null) {
    throw new ERR_INVALID_ARG_VALUE('options.certificateCompression', options.certificateCompression,
                                    'is not supported by this OpenSSL');
  }
  refuseEngines(options);
  const secure = new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  const { context } = secure;
  context.setOptions(SSL_OP_ALLOW_CLIENT_RENEGOTIATION);
  setTrust(context, options);
  setMaterial(context, options);
  setSessions(context, options);
  return secure;
}

module.exports = { SecureContext, createSecureContext };

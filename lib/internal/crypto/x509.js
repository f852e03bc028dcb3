// SPDX-License-Identifier: MIT
'use strict';

// X509Certificate. What a certificate says is asked of C once and kept.

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { X509Handle } = internalBinding('crypto');
const { asBuffer, codedError } = require('internal/crypto/util');
const { kClone } = require('internal/worker/clone');
const { isKeyObject, keyHandle, wrapHandle } = require('internal/crypto/keys');

// X509_CHECK_FLAG_* of OpenSSL's x509v3.h
const kAlwaysSubject = 0x1;
const kNoWildcards = 0x2;
const kNoPartialWildcards = 0x4;
const kMultiLabelWildcards = 0x8;
const kSingleLabelSubdomains = 0x10;
const kNeverSubject = 0x20;

const shown = [
  'subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate',
  'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm',
  'signatureAlgorithmOid',
];

function subjectFlag(options) {
  const { subject = 'default' } = options;
  if (subject !== 'default' && subject !== 'always' && subject !== 'never') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.subject', subject);
  }
  return subject === 'always' ? kAlwaysSubject : subject === 'never' ? kNeverSubject : 0;
}

function readBoolean(options, name, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  validateBoolean(value, `options.${name}`);
  return value;
}

function hostFlags(options) {
  if (options === undefined) return 0;
  validateObject(options, 'options');
  let flags = subjectFlag(options);
  if (!readBoolean(options, 'wildcards', true)) flags |= kNoWildcards;
  if (!readBoolean(options, 'partialWildcards', true)) flags |= kNoPartialWildcards;
  if (readBoolean(options, 'multiLabelWildcards', false)) flags |= kMultiLabelWildcards;
  if (readBoolean(options, 'singleLabelSubdomains', false)) flags |= kSingleLabelSubdomains;
  return flags;
}

function plainFlags(options) {
  if (options === undefined) return 0;
  validateObject(options, 'options');
  return subjectFlag(options);
}

let handleOf; // of an X509Certificate; undefined for anything else

class X509Certificate {
  #handle;
  #issuer;
  #facts = { __proto__: null };

  static {
    handleOf = (value) => (typeof value === 'object' && value !== null && #handle in value ? value.#handle :
      undefined);
  }

  // What TLS has read already comes as a native handle, with the issuer's certificate if it is known.
  constructor(buffer, issuer = undefined) {
    if (buffer instanceof X509Handle) {
      this.#handle = buffer;
      this.#issuer = issuer;
      return;
    }
    if (typeof buffer !== 'string' && !ArrayBuffer.isView(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    }
    this.#handle = new X509Handle(buffer);
  }

  #fact(name) {
    if (!(name in this.#facts)) this.#facts[name] = this.#handle.get(name);
    return this.#facts[name];
  }

  #check(kind, text, flags) {
    const result = this.#handle.check(kind, text, flags);
    if (result === null) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'Invalid name');
    return result;
  }

  get subject() { return check(this).#fact('subject'); }

  get subjectAltName() { return check(this).#fact('subjectAltName'); }

  get issuer() { return check(this).#fact('issuer'); }

  get issuerCertificate() { return check(this).#issuer; }

  get infoAccess() { return check(this).#fact('infoAccess'); }

  get validFrom() { return check(this).#fact('validFrom'); }

  get validTo() { return check(this).#fact('validTo'); }

  get validFromDate() { return new Date(check(this).#fact('validFrom')); }

  get validToDate() { return new Date(check(this).#fact('validTo')); }

  get fingerprint() { return check(this).#fact('fingerprint'); }

  get fingerprint256() { return check(this).#fact('fingerprint256'); }

  get fingerprint512() { return check(this).#fact('fingerprint512'); }

  get keyUsage() { return check(this).#fact('keyUsage'); }

  get serialNumber() { return check(this).#fact('serialNumber'); }

  get signatureAlgorithm() { return check(this).#fact('signatureAlgorithm'); }

  get signatureAlgorithmOid() { return check(this).#fact('signatureAlgorithmOid'); }

  get raw() {
    const facts = check(this).#facts;
    return facts.buffer ??= asBuffer(this.#fact('raw'));
  }

  get publicKey() {
    const facts = check(this).#facts;
    return facts.keyObject ??= wrapHandle(this.#fact('publicKey'));
  }

  [kClone]() {
    return ['X509Certificate', this.raw];
  }

  toString() { return check(this).#fact('pem'); }

  toJSON() { return this.toString(); }

  get ca() { return check(this).#fact('ca'); }

  checkHost(name, options) {
    const self = check(this);
    validateString(name, 'name');
    const flags = hostFlags(options);
    if (name.includes('\0')) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'Invalid name');
    return self.#check('host', name, flags);
  }

  checkEmail(email, options) {
    const self = check(this);
    validateString(email, 'email');
    return self.#check('email', email, plainFlags(options));
  }

  checkIP(ip, options) {
    const self = check(this);
    validateString(ip, 'ip');
    return self.#check('ip', ip, plainFlags(options));
  }

  checkIssued(otherCert) {
    const self = check(this);
    const other = handleOf(otherCert);
    if (other === undefined) throw new codes.ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    return self.#handle.checkIssued(other);
  }

  checkPrivateKey(pkey) {
    const self = check(this);
    if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
    return self.#handle.checkPrivateKey(keyHandle(pkey));
  }

  verify(pkey) {
    const self = check(this);
    if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'public') throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
    return self.#handle.verify(keyHandle(pkey));
  }

  toLegacyObject() {
    const legacy = check(this).#handle.get('legacy');
    legacy.raw = asBuffer(legacy.raw);
    if (legacy.pubkey !== undefined) legacy.pubkey = asBuffer(legacy.pubkey);
    return legacy;
  }

  [customInspectSymbol](depth, options, inspect) {
    if (depth < 0) return this;
    const facts = {};
    for (const name of shown) facts[name] = this[name];
    return `X509Certificate ${inspect(facts, {
      ...options, depth: options.depth === null ? null : options.depth - 1,
    })}`;
  }
}

function check(self) {
  if (handleOf(self) === undefined) throw new codes.ERR_INVALID_THIS('X509Certificate');
  return self;
}

function isX509Certificate(value) {
  return handleOf(value) !== undefined;
}

module.exports = { X509Certificate, isX509Certificate };

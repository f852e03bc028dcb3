// SPDX-License-Identifier: MIT
'use strict';

// What a PKCS #12 bundle holds (RFC 7292): a private key, its certificate, and others.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { isBytes, toBytes } = require('internal/crypto/util');

const views = ['TypedArray', 'DataView'];

// The bytes of a passphrase, which OpenSSL reads up to a NUL; undefined where there is none.
function passphraseBytes(given) {
  if (given === undefined) return undefined;
  const bytes = toBytes(given, 'options.passphrase', 'utf8', ['string', 'ArrayBuffer', 'Buffer', ...views]);
  const { buffer, byteOffset, byteLength } = bytes;
  const hasNul = new Uint8Array(buffer, byteOffset, byteLength).indexOf(0) !== -1;
  if (hasNul) throw new codes.ERR_INVALID_ARG_VALUE('options.passphrase', given, 'must not contain null bytes');
  return bytes;
}

function parsePKCS12(bundle, options = undefined) {
  if (!isBytes(bundle)) throw new codes.ERR_INVALID_ARG_TYPE('bundle', ['ArrayBuffer', ...views, 'Buffer'], bundle);
  if (options !== undefined) validateObject(options, 'options');
  const contents = internalBinding('crypto').parsePKCS12(bundle, passphraseBytes(options?.passphrase));
  const { X509Certificate } = require('internal/crypto/x509');
  const shown = (handle) => (handle ? new X509Certificate(handle) : handle);
  const [key, certificate, chain] = contents;
  return {
    privateKey: key ? require('internal/crypto/keys').wrapHandle(key) : key,
    certificate: shown(certificate),
    additionalCertificates: chain.map(shown),
  };
}

module.exports = { parsePKCS12 };

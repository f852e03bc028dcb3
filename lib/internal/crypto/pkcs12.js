// SPDX-License-Identifier: MIT
'use strict';

// parsePKCS12: the private key and the certificates of a PKCS #12 bundle (RFC 7292).

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { parsePKCS12: nativeParse } = internalBinding('crypto');
const { isBytes, toBytes } = require('internal/crypto/util');

// Shown to the user in this order when the argument is something else.
const kBundle = ['ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'];
const kPassphrase = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function readPassphrase({ passphrase }) {
  if (passphrase === undefined) return undefined;
  const view = toBytes(passphrase, 'options.passphrase', 'utf8', kPassphrase);
  // C ends it at the first NUL: what follows would not count.
  if (new Uint8Array(view.buffer, view.byteOffset, view.byteLength).includes(0)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.passphrase', passphrase, 'must not contain null bytes');
  }
  return view;
}

function parsePKCS12(bundle, ...[options]) {
  if (!isBytes(bundle)) throw new codes.ERR_INVALID_ARG_TYPE('bundle', kBundle, bundle);
  if (options !== undefined) validateObject(options, 'options');
  const passphrase = readPassphrase(options ?? {});
  const { wrapHandle } = require('internal/crypto/keys');
  const { X509Certificate } = require('internal/crypto/x509');
  const [key, own, others] = nativeParse(bundle, passphrase);
  return {
    privateKey: key && wrapHandle(key),
    certificate: own && new X509Certificate(own),
    additionalCertificates: others.map((handle) => new X509Certificate(handle)),
  };
}

module.exports = { parsePKCS12 };

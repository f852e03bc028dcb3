// SPDX-License-Identifier: MIT
'use strict';

// Whom a connection trusts when nobody says so: the machine's bundle of Mozilla's authorities, what NODE_EXTRA_CA_CERTS
// adds, and the other places that options name. Lists and the store made of them are read on first need.

const fs = require('fs');
const { getOptionValue } = require('internal/options');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_CRYPTO_OPERATION_FAILED } } = require('internal/errors');
const { validateOneOf, validateString } = require('internal/validators');
const { TrustStore, toPem } = internalBinding('secure_context');

// Where distributions keep Mozilla's list.
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/cert.pem',
];

let bundled;
let system;
let extra;
let chosen; // by setDefaultCACertificates
let byDefault;
let store;

function readText(path) {
  try {
    return fs.readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function split(text) {
  return (text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^]*?-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? [])
    .map((pem) => `${pem}\n`);
}

function bundleText() {
  for (const path of BUNDLES) {
    const text = readText(path);
    if (text !== '') return text;
  }
  return '';
}

function bundledCertificates() {
  return bundled ??= Object.freeze(split(bundleText()).map((pem) => pem.trimEnd()));
}

function systemCertificates() {
  if (system) return system;
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: folders } = process.env;
  const found = new Set();
  const add = (text) => {
    for (const pem of split(text)) found.add(pem);
  };
  add(file !== undefined ? readText(file) : bundleText());
  for (const folder of folders !== undefined ? folders.split(':') : []) {
    let names = [];
    try {
      names = fs.readdirSync(folder);
    } catch {
      // A folder that is not there holds nothing.
    }
    for (const name of names) add(readText(`${folder}/${name}`));
  }
  return system = Object.freeze([...found]);
}

function extraCertificates() {
  if (extra) return extra;
  const path = process.env.NODE_EXTRA_CA_CERTS;
  extra = Object.freeze([]);
  if (path) {
    try {
      const list = split(fs.readFileSync(path, 'latin1'));
      if (list.length === 0) throw new Error('error:0480006C:PEM routines::no start line');
      extra = Object.freeze(list);
    } catch (error) {
      const reason = error.code === 'ENOENT' ? 'error:80000002:system library::No such file or directory' : error.message;
      process.emitWarning(`Ignoring extra certs from \`${path}\`, load failed: ${reason}`);
    }
  }
  return extra;
}

function usesSystem() {
  if (getOptionValue('--no-use-system-ca')) return false;
  return getOptionValue('--use-system-ca') || process.env.NODE_USE_SYSTEM_CA === '1';
}

function defaultCertificates() {
  if (chosen) return chosen;
  if (byDefault) return byDefault;
  const list = getOptionValue('--use-openssl-ca') ? [...systemCertificates()] :
    bundledCertificates().map((pem) => `${pem}\n`);
  if (usesSystem()) list.push(...systemCertificates());
  list.push(...extraCertificates());
  return byDefault = Object.freeze(list);
}

// The store that contexts without authorities of their own share.
function defaultStore() {
  if (store) return store;
  store = new TrustStore();
  if (chosen) {
    if (chosen.length > 0) store.add(chosen.join('\n'));
    return store;
  }
  if (getOptionValue('--use-openssl-ca')) store.addDefaults();
  else store.add(bundleText());
  if (usesSystem()) store.add(systemCertificates().join('\n'));
  const more = extraCertificates();
  if (more.length > 0) store.add(more.join('\n'));
  return store;
}

function getCACertificates(type = 'default') {
  validateString(type, 'type');
  validateOneOf(type, 'type', ['default', 'system', 'bundled', 'extra']);
  if (type === 'default') return defaultCertificates();
  if (type === 'system') return systemCertificates();
  return type === 'bundled' ? bundledCertificates() : extraCertificates();
}

function setDefaultCACertificates(certs) {
  if (!Array.isArray(certs)) throw new ERR_INVALID_ARG_TYPE('certs', 'Array', certs);
  for (let k = 0; k < certs.length; k++) {
    if (typeof certs[k] !== 'string' && !ArrayBuffer.isView(certs[k])) {
      throw new ERR_INVALID_ARG_TYPE(`certs[${k}]`, ['string', 'ArrayBufferView'], certs[k]);
    }
  }
  const list = [];
  const seen = new Set();
  for (const cert of certs) {
    const text = typeof cert === 'string' ? cert : require('buffer').Buffer
      .from(cert.buffer, cert.byteOffset, cert.byteLength).toString('latin1');
    const trial = new TrustStore();
    const count = trial.add(text);
    if (typeof count !== 'number') throw count;
    for (const pem of split(text)) {
      const plain = toPem(pem);
      if (plain === undefined) throw new ERR_CRYPTO_OPERATION_FAILED('Failed to parse certificate');
      if (seen.has(plain)) continue;
      seen.add(plain);
      list.push(plain);
    }
  }
  chosen = Object.freeze(list);
  store = undefined;
}

module.exports = {
  bundledCertificates,
  defaultStore,
  getCACertificates,
  setDefaultCACertificates,
};

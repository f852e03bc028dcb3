// SPDX-License-Identifier: MIT
'use strict';

// Subresource Integrity  https://w3c.github.io/webappsec-subresource-integrity/: does a body match the metadata?

const strengths = ['sha256', 'sha384', 'sha512'];

// The strongest hashes named: [{ algorithm, digest }]; empty when no known one is.
function parseMetadata(metadata) {
  let strongest = -1;
  let found = [];
  for (const item of metadata.split(/[\t\n\f\r ]+/)) {
    const match = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?|$)/i.exec(item);
    if (match === null) continue;
    const strength = strengths.indexOf(match[1].toLowerCase());
    if (strength > strongest) {
      strongest = strength;
      found = [];
    }
    if (strength === strongest) found.push({ algorithm: strengths[strength], digest: match[2] });
  }
  return found;
}

function plain(digest) {
  return digest.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
}

function matchesIntegrity(bytes, metadata) {
  const wanted = parseMetadata(metadata);
  if (wanted.length === 0) return true;
  const { createHash } = require('crypto');
  const actual = plain(createHash(wanted[0].algorithm).update(bytes).digest('base64'));
  return wanted.some(({ digest }) => plain(digest) === actual);
}

module.exports = { matchesIntegrity };

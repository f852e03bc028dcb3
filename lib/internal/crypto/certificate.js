// SPDX-License-Identifier: MIT
'use strict';

// Certificate: SPKAC, a signed public key and challenge.

const { exportChallenge: nativeChallenge, exportPublicKey: nativePublicKey, verifySpkac: nativeVerify } =
  internalBinding('crypto');
const { asBuffer, toBytes } = require('internal/crypto/util');

function verifySpkac(spkac, encoding) {
  return nativeVerify(toBytes(spkac, 'spkac', encoding));
}

// NODE: an empty string stands for what cannot be had.
function exportPublicKey(spkac, encoding) {
  const result = nativePublicKey(toBytes(spkac, 'spkac', encoding));
  return result === undefined ? '' : asBuffer(result);
}

function exportChallenge(spkac, encoding) {
  const result = nativeChallenge(toBytes(spkac, 'spkac', encoding));
  return result === undefined ? '' : asBuffer(result);
}

function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}
Object.assign(Certificate.prototype, { verifySpkac, exportPublicKey, exportChallenge });
Object.assign(Certificate, { exportChallenge, exportPublicKey, verifySpkac });

module.exports = { Certificate };

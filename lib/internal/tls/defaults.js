// SPDX-License-Identifier: MIT
'use strict';

// tls.DEFAULT_*, as the command line has them; programs may change the properties of the tls module.

const { getOptionValue } = require('internal/options');

function minVersion() {
  for (const version of ['1.0', '1.1', '1.2', '1.3']) {
    if (getOptionValue(`--tls-min-v${version}`)) return version === '1.0' ? 'TLSv1' : `TLSv${version}`;
  }
  return 'TLSv1.2';
}

function maxVersion() {
  return getOptionValue('--tls-max-v1.2') && !getOptionValue('--tls-max-v1.3') ? 'TLSv1.2' : 'TLSv1.3';
}

module.exports = {
  defaultCiphers: () => getOptionValue('--tls-cipher-list') ||
    require('internal/crypto/constants').constants.defaultCoreCipherList,
  maxVersion,
  minVersion,
};

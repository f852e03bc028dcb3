// SPDX-License-Identifier: MIT
'use strict';

// tls.DEFAULT_*, as the command line has them; programs may change the properties of the tls module.

const { getOptionValue } = require('internal/options');

const CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
  'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:' +
  'ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:' +
  '!aNULL:!eNULL:!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA';

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
  defaultCiphers: () => getOptionValue('--tls-cipher-list') || CIPHERS,
  maxVersion,
  minVersion,
};

// SPDX-License-Identifier: MIT
'use strict';

// An older name for a part of tls.

const { SecureContext, createSecureContext } = require('internal/tls/context');

module.exports = { SecureContext, createSecureContext };

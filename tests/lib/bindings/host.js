// SPDX-License-Identifier: MIT
'use strict';

// The host runtime's own bindings, where a stand-in needs what JavaScript cannot see (promise states, proxy targets).
// The host must run with --expose-internals.

const { internalBinding } = require('internal/test/binding');
module.exports = { internalBinding };

// SPDX-License-Identifier: MIT
'use strict';

const { AsyncLocalStorage } = require('async_hooks');

const storage = new AsyncLocalStorage();
module.exports = {
  getFrame: () => storage.getStore(),
  setFrame: (frame) => storage.enterWith(frame),
};

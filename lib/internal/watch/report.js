// SPDX-License-Identifier: MIT
'use strict';

// What a program under --watch tells the process that watches: the files it loads, over the channel between the two, or
// over its thread's port. Loaded only where WATCH_REPORT_DEPENDENCIES is set.

const cjs = require('internal/modules/cjs/loader');

// send(message): messages that say { 'watch:require': [paths] } or { 'watch:import': [URLs] }.
function reportDependencies(send) {
  cjs.tracing.loads = {
    send,
    required(filename) {
      send({ 'watch:require': [filename] });
    },
    imported(url) {
      if (url.startsWith('file:')) send({ 'watch:import': [url] });
    },
  };
}

module.exports = { reportDependencies };

// SPDX-License-Identifier: MIT
'use strict';
// flags: --expose-gc
// A signal that follows a timeout's is aborted by it, though nothing else knows the timeout's signal any more.
const { once } = require('events');

const signal = AbortSignal.any([AbortSignal.any([AbortSignal.timeout(60)]), AbortSignal.timeout(1e6)]);
const keepAlive = setTimeout(() => {}, 1e6);
once(signal, 'abort').then(() => {
  clearTimeout(keepAlive);
  clearInterval(collecting);
  console.log(signal.reason.name);
});
const collecting = setInterval(() => gc(), 10);

// SPDX-License-Identifier: MIT
// AsyncLocalStorage follows ticks, promise jobs, timers, immediates, file requests and key derivation.
'use strict';
const { AsyncLocalStorage } = require('async_hooks');
const crypto = require('crypto');
const fs = require('fs');

const storage = new AsyncLocalStorage();
const seen = [];
const note = (what) => () => { seen.push(`${what} ${storage.getStore()}`); };

for (const id of [1, 2]) {
  storage.run(id, () => {
    process.nextTick(note('tick'));
    queueMicrotask(note('microtask'));
    Promise.resolve().then(note('then'));
    setTimeout(note('timeout'), 1);
    const interval = setInterval(() => {
      note('interval')();
      clearInterval(interval);
    }, 1);
    setImmediate(note('immediate'));
    fs.stat('.', note('stat'));
    fs.promises.stat('.').then(note('promised stat'));
    crypto.pbkdf2('p', 's', 1, 8, 'sha1', note('pbkdf2'));
    crypto.randomBytes(4, note('random'));
    (async () => {
      await null;
      note('await')();
      storage.enterWith(`${id} entered`);
      setTimeout(note('entered'), 1);
    })();
  });
}
process.nextTick(note('outside tick'));
setTimeout(note('outside timeout'), 1);
process.on('exit', () => console.log(seen.sort().join('\n')));

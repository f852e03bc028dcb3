// SPDX-License-Identifier: MIT
// flags: --expose-gc
// Many registrations that die at once, and callbacks that unregister, register and throw meanwhile.
'use strict';
const { setImmediate: turn } = require('node:timers/promises');

async function main() {
  const seen = new Set(), tokens = [];
  let thrown = 0;
  process.on('uncaughtException', () => thrown++);
  const registry = new FinalizationRegistry((held) => {
    seen.add(held);
    if (held % 7 === 0 && tokens[held + 1]) {
      registry.unregister(tokens[held + 1]);
      tokens[held + 1] = null;
    }
    if (held === 500)
      (() => registry.register({}, 100000))();
    if (held === 1000)
      throw new Error('in a callback');
  });
  const kept = [];
  (() => {
    for (let k = 0; k < 20000; k++) {
      const target = { k };
      tokens[k] = { token: k };
      registry.register(target, k, tokens[k]);
      if (k % 2)
        kept.push(target);
    }
  })();
  for (let k = 0; k < 10; k++) {
    await turn();
    globalThis.gc();
  }
  await turn();
  const even = [...seen].filter((held) => held < 20000);
  console.log(even.length > 9900, even.every((held) => held % 2 === 0), thrown, kept.length);
  kept.length = 0;
  for (let k = 0; k < 10; k++) {
    await turn();
    globalThis.gc();
  }
  // Those behind a multiple of seven were unregistered by its callback, if that was called before they died.
  const odd = [...seen].filter((held) => held % 2 === 1 && held < 20000);
  console.log(odd.length > 8000, odd.every((held) => held % 14 !== 1 || !seen.has(held - 1)), seen.size < 20000);
}
main();

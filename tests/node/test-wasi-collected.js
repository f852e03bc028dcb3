// SPDX-License-Identifier: MIT
// flags: --expose-gc
// WASI programs that nobody holds any more give the descriptors of their preopened directories back; shared memory.
'use strict';
const assert = require('assert');
const fs = require('fs');

process.removeAllListeners('warning');
const { WASI } = require('wasi');

const open = () => fs.readdirSync('/proc/self/fd').length;
const before = open();
for (let k = 0; k < 200; k++)
  new WASI({ version: 'preview1', preopens: { '/here': __dirname } });
assert(open() - before > 100);

(function collect(rounds) {
  gc();
  if (open() - before < 50)
    return;
  assert(rounds < 100, 'descriptors stay open');
  setTimeout(collect, 10, rounds + 1);
})(0);

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const wasi = new WASI({ version: 'preview1' });
wasi.finalizeBindings({ exports: { memory } });
const bytes = new Uint8Array(memory.buffer);
bytes.set(Buffer.from('shared\n'), 100);
new Uint32Array(memory.buffer).set([100, 7]);
assert.strictEqual(wasi.wasiImport.fd_write(1, 0, 1, 16), 0);
assert.strictEqual(wasi.wasiImport.random_get(200, 64), 0);
assert(bytes.subarray(200, 264).some((byte) => byte !== 0));

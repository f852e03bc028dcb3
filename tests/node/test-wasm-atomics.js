// SPDX-License-Identifier: MIT
// Atomic instructions of WebAssembly: read-modify-write, waits that end at once or time out, traps.
'use strict';

const shared = 'AGFzbQEAAAABHwVgA39/fgF/YAN/fn4Bf2ACf38Bf2ADf39/AX9gAAACDgEBbQZtZW1vcnkCAwEBAwcGAAECAgMEBzAGBHdhaXQA' +
  'AAZ3YWl0NjQAAQZub3RpZnkAAgNhZGQAAwVzd2FwOAAEBWZlbmNlAAUKRAYMACAAIAEgAv4BAgALDAAgACABIAL+AgMACwoAIAAg' +
  'Af4AAgALCgAgACAB/h4CAAsMACAAIAEgAv5KAAALBQD+AwAL';
const unshared = 'AGFzbQEAAAABBQFgAAF/AwMCAAAFAwEAAQcRAgR3YWl0AAAGbm90aWZ5AAEKGQIMAEEAQQBCAP4BAgALCgBBAEEB/gACAAs=';

const instantiate = (text, imports) =>
  new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(text, 'base64')), imports).exports;

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const { add, fence, notify, swap8, wait, wait64 } = instantiate(shared, { m: { memory } });
const words = new Int32Array(memory.buffer);

function message(fn) {
  try {
    return fn();
  } catch (err) {
    return `${err.name}: ${err.message}`;
  }
}

fence();
console.log('not equal', wait(8, 1, -1n), wait64(8, 1n, -1n));
console.log('timed out', wait(8, 0, 1000n), wait64(8, 0n, 1000n));
console.log('nobody waits', notify(8, 10));
console.log('swap', swap8(4, 0, 0x1FF), swap8(4, 0x1FF, 7), words[1], swap8(4, 0xFF, 7), words[1]);
console.log(message(() => wait(2, 0, 0n)));
console.log(message(() => add(1, 0)));
console.log(message(() => add(65536, 0)));
console.log(message(() => notify(65536, 0)));
const plain = instantiate(unshared);
console.log(message(() => plain.wait()), plain.notify());

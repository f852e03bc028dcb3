// SPDX-License-Identifier: MIT
'use strict';

// What emitKeypressEvents makes of the bytes terminals send.

const { PassThrough } = require('stream');
const readline = require('readline');

const stream = new PassThrough();
readline.emitKeypressEvents(stream, { escapeCodeTimeout: 5 });
stream.on('keypress', (s, key) => console.log(JSON.stringify([s, key])));
const inputs = ['a', 'Z', '0', '$', 'é', '😀', ' ', '\r', '\n', '\t', '\b', '\x7f', '\x01', '\x1a', '\x1c', '\x1f', 'abc',
                '\x1ba', '\x1bA', '\x1b$', '\x1b\r', '\x1b\x7f', '\x1b\x01', '\x1b[A', '\x1bOB', '\x1b[1;5C', '\x1b[5D', '\x1b\x1b[A',
                '\x1bOP', '\x1b[11~', '\x1b[[A', '\x1b[24~', '\x1b[15;2~', '\x1b[3~', '\x1b[3;5~', '\x1b[5$', '\x1b[5^', '\x1b[a',
                '\x1bOa', '\x1b[Z', '\x1b[200~', '\x1b[201~', '\x1b[99~', '\x1b[1;10H', '\x1b[F', '\x1bO5A', '\x1b[[5~', '\x1b[?x'];
for (const input of inputs) {
  console.log(JSON.stringify(input));
  stream.write(input);
}
stream.write('\x1b');
setTimeout(() => {
  stream.write('\x1b\x1b');
  setTimeout(() => {
    stream.write('\x1b[');
    setTimeout(() => stream.write('q'), 150);
  }, 150);
}, 150);

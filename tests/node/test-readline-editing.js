// SPDX-License-Identifier: MIT
'use strict';

// Editing a line on a terminal: what the keys leave in the line, the history, completion, and what is drawn.

const { PassThrough, Writable } = require('stream');
const readline = require('readline');

function open({ columns = 40, ...options } = {}) {
  const input = new PassThrough();
  const output = new Writable({
    decodeStrings: false,
    write(text, encoding, done) {
      output.text += text;
      done();
    },
  });
  Object.assign(output, { columns, text: '' });
  const rl = readline.createInterface({ input, output, terminal: true, ...options });
  return { input, output, rl };
}

function edit(name, keys, options) {
  const { input, output, rl } = open(options);
  const lines = [];
  rl.on('line', (line) => lines.push(line));
  for (const key of Array.isArray(keys) ? keys : [keys]) input.write(key);
  console.log(name, JSON.stringify([rl.line, rl.cursor, rl.getCursorPos(), lines, rl.history]));
  console.log(JSON.stringify(output.text));
  rl.close();
}

edit('insert', 'hello');
edit('home and end', ['world', '\x01', 'hello ', '\x05', '!']);
edit('backspace and delete', ['abcdef', '\x7f', '\x02\x02', '\x04', '\x08']);
edit('words', ['one two  three', '\x1bb', '\x1bb', 'X', '\x1bf', 'Y']);
edit('delete words', ['one two three four', '\x17', '\x01', '\x1bd']);
edit('kill and yank', ['one two', '\x01', '\x1bf', '\x0b', '\x15', '\x19', '\x1by']);
edit('undo and redo', ['a', 'b', 'c', '\x1f', '\x1f', '\x1e']);
edit('history', ['first\r', 'second\r', '\x1b[A', '\x1b[A', '\x1b[B']);
edit('history with prefix', ['foo 1\r', 'bar\r', 'foo 2\r', 'fo', '\x1b[A', '\x1b[A', '\x1b[A']);
edit('history duplicates', ['a\r', 'b\r', 'a\r'], { removeHistoryDuplicates: true });
edit('history size', ['a\r', 'b\r', 'c\r'], { historySize: 2 });
edit('wide', ['日本', '\x02', 'x', '😀', '\x7f']);
edit('wrap', 'x'.repeat(50));
edit('tab without completer', ['a', '\t', 'b']);
edit('crlf', ['a\r\n', 'b\n', 'c\r', '\n']);
edit('prompt', ['a'], { prompt: '\x1b[1m>>\x1b[0m ' });

const words = ['apple', 'apricot', 'banana'];
const completer = (line) => [words.filter((word) => word.startsWith(line)), line];
edit('complete one', ['b', '\t'], { completer });
edit('complete prefix', ['a', '\t'], { completer });
edit('list', ['ap', '\t', '\t'], { completer });
edit('list without a width', ['ap', '\t', '\t'], { completer, columns: 0 });
edit('complete by callback', ['b', '\t'], { completer: (line, done) => done(null, completer(line)) });

const { rl } = open();
rl.on('SIGINT', () => console.log('SIGINT'));
rl.write(null, { ctrl: true, name: 'c' });
rl.write('text');
rl.write(null, { ctrl: true, name: 'u' });
console.log(JSON.stringify(rl.line));
rl.on('close', () => console.log('closed'));
rl.write(null, { ctrl: true, name: 'd' });

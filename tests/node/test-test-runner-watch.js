'use strict';
// Watch mode of the test runner: the files that a change is about run again, new files run, others do not.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { run } = require('node:test');

const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-watch-'));
const write = (name, text) => fs.writeFileSync(path.join(cwd, name), text);
write('dependency.js', 'module.exports = 1;');
write('one.test.js', "require('./dependency'); require('node:test')('one', () => {});");
write('two.test.js', "require('node:test')('two', () => {});");

const controller = new AbortController();
const steps = [
  () => write('dependency.js', 'module.exports = 2;'),
  () => write('two.test.js', "require('node:test')('two again', () => {});"),
  () => write('three.test.js', "require('node:test')('three', () => {});"),
  () => {
    write('unrelated.js', '');
    controller.abort();
  },
];
const stream = run({ watch: true, cwd, signal: controller.signal });
stream.on('test:watch:restarted', () => console.log('restarted'));
stream.on('test:watch:drained', () => console.log('drained'));
stream.on('test:pass', ({ name }) => console.log('pass', name));
stream.on('test:summary', ({ file, counts }) => {
  if (file !== undefined) return;
  console.log('tests', counts.tests);
  if (steps.length > 0) setTimeout(steps.shift(), 100);
});
process.on('exit', () => fs.rmSync(cwd, { recursive: true }));
stream.resume();

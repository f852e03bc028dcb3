// SPDX-License-Identifier: MIT
'use strict';
// Which argument a wrong call of fs names: some functions look for the callback first, others last.
const fs = require('fs');
const calls = {
  access: [{}], chmod: ['x', {}], close: ['x'], copyFile: ['a', {}], fchmod: [1, {}], fchown: [1, {}, {}], fstat: ['x'],
  ftruncate: [1, 'x'], futimes: [1, {}, {}], link: ['x', {}], mkdir: [{}], open: [{}], readdir: [{}], rename: ['x', {}],
  rm: [{}], stat: [{}], truncate: ['x', 'x'], unlink: [{}],
};
for (const name of Object.keys(calls)) {
  try {
    fs[name](...calls[name]);
  } catch (error) {
    console.log(name, error.code, error.message);
  }
}
for (const name of ['cpSync', 'cp']) {
  const where = `${require('os').tmpdir()}/no-such`;
  try {
    fs[name](__filename, where, { filter: async () => false }, (error) => console.log(name, error, fs.existsSync(where)));
  } catch (error) {
    console.log(name, error.code, error.message);
  }
}
const dir = fs.opendirSync(__dirname);
dir.read().then(() => dir.closeSync());
for (const name of ['readSync', 'closeSync']) {
  try {
    dir[name]();
  } catch (error) {
    console.log(name, error.code);
  }
}
try {
  void fs.Dir.prototype.path;
} catch (error) {
  console.log(error.code, error.message);
}
fs.stat('/no/such', { throwIfNoEntry: false }, (error, stats) => console.log('stat', error, stats));
fs.lstat('/no/such', { throwIfNoEntry: false }, (error, stats) => console.log('lstat', error.code, stats));
fs.promises.stat('/no/such', { throwIfNoEntry: false }).then((stats) => console.log('promise', stats));

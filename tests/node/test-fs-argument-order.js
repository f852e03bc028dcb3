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
try {
  fs.cpSync(__filename, `${require('os').tmpdir()}/no-such`, { filter: async () => false });
} catch (error) {
  console.log('cpSync', error.code, error.message);
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
fs.stat('/no/such', { throwIfNoEntry: false }, (error, stats) => {
  console.log('stat', error, stats);
  fs.lstat('/no/such', { throwIfNoEntry: false }, (lstatError, none) => {
    console.log('lstat', lstatError.code, none);
    fs.promises.stat('/no/such', { throwIfNoEntry: false }).then((value) => console.log('promise', value));
  });
});

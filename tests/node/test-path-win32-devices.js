// SPDX-License-Identifier: MIT
'use strict';
// path.win32 keeps names of devices: `..` does not take them away.
const { win32 } = require('path');
for (const parts of [['\\\\server\\share', 'CON:..\\..\\..\\x'], ['C:\\a', 'CON:b'], ['CON:..\\..\\x'], ['a', 'CON:..\\b'],
  ['COM1:a\\..\\..\\b'], ['CON:'], ['x', 'NUL:..\\..'], ['C:\\x', 'COM\u00b9:..\\..\\y'], ['CONIN$:..\\a'], ['prn.txt:..\\a'],
  ['a/b/../CON:../b'], ['a\\CON:'], ['C:/a/../CON:x'], ['AUX:\\'], ['AUX:\\a\\']]) {
  console.log(JSON.stringify([win32.join(...parts), win32.normalize(parts.at(-1)), win32.resolve('C:\\q', parts.at(-1))]));
}

// path.matchesGlob() of paths with separators and dots too many.
'use strict';
const { posix, win32 } = require('path');

process.removeAllListeners('warning');
for (const path of ['b.txt', 'a/b.txt', 'c.d.e/./b.txt', './b.txt', 'b.txt///', 'a//b.txt', '/../b.txt', '/b.txt', 'b.txt/.', 'a/.',
  './x/../b.txt', 'x/../b.txt', 'x/./../b.txt', 'b.txt/a/..', 'b.txt/a/..///', '../b.txt', 'a/../../b.txt', '.h/b.txt', 'a/.b.txt',
  '//a/b.txt', 'a\\b.txt', '.\\b.txt', 'a\\.\\b.txt', 'a\\\\b.txt\\']) {
  console.log(path, posix.matchesGlob(path, '**/*.txt'), win32.matchesGlob(path, '**/*.txt'), posix.matchesGlob(path, '*'));
}

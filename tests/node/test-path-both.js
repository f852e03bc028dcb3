// SPDX-License-Identifier: MIT
'use strict';

// path.posix and path.win32.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const path = require('path');
const { check } = require('./fixtures/expressions');

check(() => (path.posix.normalize('')),
  ".");
check(() => (path.posix.normalize('/')),
  "/");
check(() => (path.posix.normalize('//')),
  "/");
check(() => (path.posix.normalize('a')),
  "a");
check(() => (path.posix.normalize('a/')),
  "a/");
check(() => (path.posix.normalize('/a')),
  "/a");
check(() => (path.posix.normalize('/a/')),
  "/a/");
check(() => (path.posix.normalize('a/b')),
  "a/b");
check(() => (path.posix.normalize('/a/b/')),
  "/a/b/");
check(() => (path.posix.normalize('./a')),
  "a");
check(() => (path.posix.normalize('../a')),
  "../a");
check(() => (path.posix.normalize('../../a')),
  "../../a");
check(() => (path.posix.normalize('a/..')),
  ".");
check(() => (path.posix.normalize('a/../..')),
  "..");
check(() => (path.posix.normalize('/..')),
  "/");
check(() => (path.posix.normalize('/../a')),
  "/a");
check(() => (path.posix.normalize('a//b')),
  "a/b");
check(() => (path.posix.normalize('./')),
  "./");
check(() => (path.posix.normalize('.')),
  ".");
check(() => (path.posix.normalize('..')),
  "..");
check(() => (path.posix.normalize('...')),
  "...");
check(() => (path.posix.normalize('.a')),
  ".a");
check(() => (path.posix.normalize('a.')),
  "a.");
check(() => (path.posix.normalize('a.b')),
  "a.b");
check(() => (path.posix.normalize('a.b.c')),
  "a.b.c");
check(() => (path.posix.normalize('/a.b/c')),
  "/a.b/c");
check(() => (path.posix.normalize('.a.b')),
  ".a.b");
check(() => (path.posix.normalize('..a')),
  "..a");
check(() => (path.posix.normalize('a/.b')),
  "a/.b");
check(() => (path.posix.normalize('foo/bar/baz.txt')),
  "foo/bar/baz.txt");
check(() => (path.posix.normalize('/foo/bar/baz.tar.gz')),
  "/foo/bar/baz.tar.gz");
check(() => (path.posix.normalize('a/./b/../c')),
  "a/c");
check(() => (path.posix.normalize('//a//b')),
  "/a/b");
check(() => (path.posix.normalize('///a')),
  "/a");
check(() => (path.posix.normalize('/a/b/c/d')),
  "/a/b/c/d");
check(() => (path.posix.normalize('/a/b/../c/./d')),
  "/a/c/d");
check(() => (path.posix.isAbsolute('')),
  "false");
check(() => (path.posix.isAbsolute('/')),
  "true");
check(() => (path.posix.isAbsolute('//')),
  "true");
check(() => (path.posix.isAbsolute('a')),
  "false");
check(() => (path.posix.isAbsolute('a/')),
  "false");
check(() => (path.posix.isAbsolute('/a')),
  "true");
check(() => (path.posix.isAbsolute('/a/')),
  "true");
check(() => (path.posix.isAbsolute('a/b')),
  "false");
check(() => (path.posix.isAbsolute('/a/b/')),
  "true");
check(() => (path.posix.isAbsolute('./a')),
  "false");
check(() => (path.posix.isAbsolute('../a')),
  "false");
check(() => (path.posix.isAbsolute('../../a')),
  "false");
check(() => (path.posix.isAbsolute('a/..')),
  "false");
check(() => (path.posix.isAbsolute('a/../..')),
  "false");
check(() => (path.posix.isAbsolute('/..')),
  "true");
check(() => (path.posix.isAbsolute('/../a')),
  "true");
check(() => (path.posix.isAbsolute('a//b')),
  "false");
check(() => (path.posix.isAbsolute('./')),
  "false");
check(() => (path.posix.isAbsolute('.')),
  "false");
check(() => (path.posix.isAbsolute('..')),
  "false");
check(() => (path.posix.isAbsolute('...')),
  "false");
check(() => (path.posix.isAbsolute('.a')),
  "false");
check(() => (path.posix.isAbsolute('a.')),
  "false");
check(() => (path.posix.isAbsolute('a.b')),
  "false");
check(() => (path.posix.isAbsolute('a.b.c')),
  "false");
check(() => (path.posix.isAbsolute('/a.b/c')),
  "true");
check(() => (path.posix.isAbsolute('.a.b')),
  "false");
check(() => (path.posix.isAbsolute('..a')),
  "false");
check(() => (path.posix.isAbsolute('a/.b')),
  "false");
check(() => (path.posix.isAbsolute('foo/bar/baz.txt')),
  "false");
check(() => (path.posix.isAbsolute('/foo/bar/baz.tar.gz')),
  "true");
check(() => (path.posix.isAbsolute('a/./b/../c')),
  "false");
check(() => (path.posix.isAbsolute('//a//b')),
  "true");
check(() => (path.posix.isAbsolute('///a')),
  "true");
check(() => (path.posix.isAbsolute('/a/b/c/d')),
  "true");
check(() => (path.posix.isAbsolute('/a/b/../c/./d')),
  "true");
check(() => (path.posix.dirname('')),
  ".");
check(() => (path.posix.dirname('/')),
  "/");
check(() => (path.posix.dirname('//')),
  "/");
check(() => (path.posix.dirname('a')),
  ".");
check(() => (path.posix.dirname('a/')),
  ".");
check(() => (path.posix.dirname('/a')),
  "/");
check(() => (path.posix.dirname('/a/')),
  "/");
check(() => (path.posix.dirname('a/b')),
  "a");
check(() => (path.posix.dirname('/a/b/')),
  "/a");
check(() => (path.posix.dirname('./a')),
  ".");
check(() => (path.posix.dirname('../a')),
  "..");
check(() => (path.posix.dirname('../../a')),
  "../..");
check(() => (path.posix.dirname('a/..')),
  "a");
check(() => (path.posix.dirname('a/../..')),
  "a/..");
check(() => (path.posix.dirname('/..')),
  "/");
check(() => (path.posix.dirname('/../a')),
  "/..");
check(() => (path.posix.dirname('a//b')),
  "a/");
check(() => (path.posix.dirname('./')),
  ".");
check(() => (path.posix.dirname('.')),
  ".");
check(() => (path.posix.dirname('..')),
  ".");
check(() => (path.posix.dirname('...')),
  ".");
check(() => (path.posix.dirname('.a')),
  ".");
check(() => (path.posix.dirname('a.')),
  ".");
check(() => (path.posix.dirname('a.b')),
  ".");
check(() => (path.posix.dirname('a.b.c')),
  ".");
check(() => (path.posix.dirname('/a.b/c')),
  "/a.b");
check(() => (path.posix.dirname('.a.b')),
  ".");
check(() => (path.posix.dirname('..a')),
  ".");
check(() => (path.posix.dirname('a/.b')),
  "a");
check(() => (path.posix.dirname('foo/bar/baz.txt')),
  "foo/bar");
check(() => (path.posix.dirname('/foo/bar/baz.tar.gz')),
  "/foo/bar");
check(() => (path.posix.dirname('a/./b/../c')),
  "a/./b/..");
check(() => (path.posix.dirname('//a//b')),
  "//a/");
check(() => (path.posix.dirname('///a')),
  "//");
check(() => (path.posix.dirname('/a/b/c/d')),
  "/a/b/c");
check(() => (path.posix.dirname('/a/b/../c/./d')),
  "/a/b/../c/.");
check(() => (path.posix.basename('')),
  "");
check(() => (path.posix.basename('/')),
  "");
check(() => (path.posix.basename('//')),
  "");
check(() => (path.posix.basename('a')),
  "a");
check(() => (path.posix.basename('a/')),
  "a");
check(() => (path.posix.basename('/a')),
  "a");
check(() => (path.posix.basename('/a/')),
  "a");
check(() => (path.posix.basename('a/b')),
  "b");
check(() => (path.posix.basename('/a/b/')),
  "b");
check(() => (path.posix.basename('./a')),
  "a");
check(() => (path.posix.basename('../a')),
  "a");
check(() => (path.posix.basename('../../a')),
  "a");
check(() => (path.posix.basename('a/..')),
  "..");
check(() => (path.posix.basename('a/../..')),
  "..");
check(() => (path.posix.basename('/..')),
  "..");
check(() => (path.posix.basename('/../a')),
  "a");
check(() => (path.posix.basename('a//b')),
  "b");
check(() => (path.posix.basename('./')),
  ".");
check(() => (path.posix.basename('.')),
  ".");
check(() => (path.posix.basename('..')),
  "..");
check(() => (path.posix.basename('...')),
  "...");
check(() => (path.posix.basename('.a')),
  ".a");
check(() => (path.posix.basename('a.')),
  "a.");
check(() => (path.posix.basename('a.b')),
  "a.b");
check(() => (path.posix.basename('a.b.c')),
  "a.b.c");
check(() => (path.posix.basename('/a.b/c')),
  "c");
check(() => (path.posix.basename('.a.b')),
  ".a.b");
check(() => (path.posix.basename('..a')),
  "..a");
check(() => (path.posix.basename('a/.b')),
  ".b");
check(() => (path.posix.basename('foo/bar/baz.txt')),
  "baz.txt");
check(() => (path.posix.basename('/foo/bar/baz.tar.gz')),
  "baz.tar.gz");
check(() => (path.posix.basename('a/./b/../c')),
  "c");
check(() => (path.posix.basename('//a//b')),
  "b");
check(() => (path.posix.basename('///a')),
  "a");
check(() => (path.posix.basename('/a/b/c/d')),
  "d");
check(() => (path.posix.basename('/a/b/../c/./d')),
  "d");
check(() => (path.posix.extname('')),
  "");
check(() => (path.posix.extname('/')),
  "");
check(() => (path.posix.extname('//')),
  "");
check(() => (path.posix.extname('a')),
  "");
check(() => (path.posix.extname('a/')),
  "");
check(() => (path.posix.extname('/a')),
  "");
check(() => (path.posix.extname('/a/')),
  "");
check(() => (path.posix.extname('a/b')),
  "");
check(() => (path.posix.extname('/a/b/')),
  "");
check(() => (path.posix.extname('./a')),
  "");
check(() => (path.posix.extname('../a')),
  "");
check(() => (path.posix.extname('../../a')),
  "");
check(() => (path.posix.extname('a/..')),
  "");
check(() => (path.posix.extname('a/../..')),
  "");
check(() => (path.posix.extname('/..')),
  "");
check(() => (path.posix.extname('/../a')),
  "");
check(() => (path.posix.extname('a//b')),
  "");
check(() => (path.posix.extname('./')),
  "");
check(() => (path.posix.extname('.')),
  "");
check(() => (path.posix.extname('..')),
  "");
check(() => (path.posix.extname('...')),
  ".");
check(() => (path.posix.extname('.a')),
  "");
check(() => (path.posix.extname('a.')),
  ".");
check(() => (path.posix.extname('a.b')),
  ".b");
check(() => (path.posix.extname('a.b.c')),
  ".c");
check(() => (path.posix.extname('/a.b/c')),
  "");
check(() => (path.posix.extname('.a.b')),
  ".b");
check(() => (path.posix.extname('..a')),
  ".a");
check(() => (path.posix.extname('a/.b')),
  "");
check(() => (path.posix.extname('foo/bar/baz.txt')),
  ".txt");
check(() => (path.posix.extname('/foo/bar/baz.tar.gz')),
  ".gz");
check(() => (path.posix.extname('a/./b/../c')),
  "");
check(() => (path.posix.extname('//a//b')),
  "");
check(() => (path.posix.extname('///a')),
  "");
check(() => (path.posix.extname('/a/b/c/d')),
  "");
check(() => (path.posix.extname('/a/b/../c/./d')),
  "");
check(() => (path.posix.parse('')),
  "{ root: '', dir: '', base: '', ext: '', name: '' }");
check(() => (path.posix.parse('/')),
  "{ root: '/', dir: '/', base: '', ext: '', name: '' }");
check(() => (path.posix.parse('//')),
  "{ root: '/', dir: '/', base: '', ext: '', name: '' }");
check(() => (path.posix.parse('a')),
  "{ root: '', dir: '', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('a/')),
  "{ root: '', dir: '', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('/a')),
  "{ root: '/', dir: '/', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('/a/')),
  "{ root: '/', dir: '/', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('a/b')),
  "{ root: '', dir: 'a', base: 'b', ext: '', name: 'b' }");
check(() => (path.posix.parse('/a/b/')),
  "{ root: '/', dir: '/a', base: 'b', ext: '', name: 'b' }");
check(() => (path.posix.parse('./a')),
  "{ root: '', dir: '.', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('../a')),
  "{ root: '', dir: '..', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('../../a')),
  "{ root: '', dir: '../..', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('a/..')),
  "{ root: '', dir: 'a', base: '..', ext: '', name: '..' }");
check(() => (path.posix.parse('a/../..')),
  "{ root: '', dir: 'a/..', base: '..', ext: '', name: '..' }");
check(() => (path.posix.parse('/../a')),
  "{ root: '/', dir: '/..', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('a//b')),
  "{ root: '', dir: 'a/', base: 'b', ext: '', name: 'b' }");
check(() => (path.posix.parse('./')),
  "{ root: '', dir: '', base: '.', ext: '', name: '.' }");
check(() => (path.posix.parse('.')),
  "{ root: '', dir: '', base: '.', ext: '', name: '.' }");
check(() => (path.posix.parse('..')),
  "{ root: '', dir: '', base: '..', ext: '', name: '..' }");
check(() => (path.posix.parse('...')),
  "{ root: '', dir: '', base: '...', ext: '.', name: '..' }");
check(() => (path.posix.parse('.a')),
  "{ root: '', dir: '', base: '.a', ext: '', name: '.a' }");
check(() => (path.posix.parse('a.')),
  "{ root: '', dir: '', base: 'a.', ext: '.', name: 'a' }");
check(() => (path.posix.parse('a.b')),
  "{ root: '', dir: '', base: 'a.b', ext: '.b', name: 'a' }");
check(() => (path.posix.parse('a.b.c')),
  "{ root: '', dir: '', base: 'a.b.c', ext: '.c', name: 'a.b' }");
check(() => (path.posix.parse('/a.b/c')),
  "{ root: '/', dir: '/a.b', base: 'c', ext: '', name: 'c' }");
check(() => (path.posix.parse('.a.b')),
  "{ root: '', dir: '', base: '.a.b', ext: '.b', name: '.a' }");
check(() => (path.posix.parse('..a')),
  "{ root: '', dir: '', base: '..a', ext: '.a', name: '.' }");
check(() => (path.posix.parse('a/.b')),
  "{ root: '', dir: 'a', base: '.b', ext: '', name: '.b' }");
check(() => (path.posix.parse('foo/bar/baz.txt')),
  "{ root: '', dir: 'foo/bar', base: 'baz.txt', ext: '.txt', name: 'baz' }");
check(() => (path.posix.parse('/foo/bar/baz.tar.gz')),
  "{ root: '/', dir: '/foo/bar', base: 'baz.tar.gz', ext: '.gz', name: 'baz.tar' }");
check(() => (path.posix.parse('a/./b/../c')),
  "{ root: '', dir: 'a/./b/..', base: 'c', ext: '', name: 'c' }");
check(() => (path.posix.parse('//a//b')),
  "{ root: '/', dir: '//a/', base: 'b', ext: '', name: 'b' }");
check(() => (path.posix.parse('///a')),
  "{ root: '/', dir: '//', base: 'a', ext: '', name: 'a' }");
check(() => (path.posix.parse('/a/b/c/d')),
  "{ root: '/', dir: '/a/b/c', base: 'd', ext: '', name: 'd' }");
check(() => (path.posix.parse('/a/b/../c/./d')),
  "{ root: '/', dir: '/a/b/../c/.', base: 'd', ext: '', name: 'd' }");
check(() => (path.posix.resolve('/')),
  "/");
check(() => (path.posix.resolve('//')),
  "/");
check(() => (path.posix.resolve('/a')),
  "/a");
check(() => (path.posix.resolve('/a/')),
  "/a");
check(() => (path.posix.resolve('/a/b/')),
  "/a/b");
check(() => (path.posix.resolve('/..')),
  "/");
check(() => (path.posix.resolve('/../a')),
  "/a");
check(() => (path.posix.resolve('/a.b/c')),
  "/a.b/c");
check(() => (path.posix.resolve('/foo/bar/baz.tar.gz')),
  "/foo/bar/baz.tar.gz");
check(() => (path.posix.resolve('//a//b')),
  "/a/b");
check(() => (path.posix.resolve('///a')),
  "/a");
check(() => (path.posix.resolve('/a/b/c/d')),
  "/a/b/c/d");
check(() => (path.posix.resolve('/a/b/../c/./d')),
  "/a/c/d");
check(() => (path.win32.normalize('')),
  ".");
check(() => (path.win32.normalize('/')),
  "\\");
check(() => (path.win32.normalize('//')),
  "\\");
check(() => (path.win32.normalize('a')),
  "a");
check(() => (path.win32.normalize('a/')),
  "a\\");
check(() => (path.win32.normalize('/a')),
  "\\a");
check(() => (path.win32.normalize('/a/')),
  "\\a\\");
check(() => (path.win32.normalize('a/b')),
  "a\\b");
check(() => (path.win32.normalize('/a/b/')),
  "\\a\\b\\");
check(() => (path.win32.normalize('./a')),
  "a");
check(() => (path.win32.normalize('../a')),
  "..\\a");
check(() => (path.win32.normalize('../../a')),
  "..\\..\\a");
check(() => (path.win32.normalize('a/..')),
  ".");
check(() => (path.win32.normalize('a/../..')),
  "..");
check(() => (path.win32.normalize('/..')),
  "\\");
check(() => (path.win32.normalize('/../a')),
  "\\a");
check(() => (path.win32.normalize('a//b')),
  "a\\b");
check(() => (path.win32.normalize('./')),
  ".\\");
check(() => (path.win32.normalize('.')),
  ".");
check(() => (path.win32.normalize('..')),
  "..");
check(() => (path.win32.normalize('...')),
  "...");
check(() => (path.win32.normalize('.a')),
  ".a");
check(() => (path.win32.normalize('a.')),
  "a.");
check(() => (path.win32.normalize('a.b')),
  "a.b");
check(() => (path.win32.normalize('a.b.c')),
  "a.b.c");
check(() => (path.win32.normalize('/a.b/c')),
  "\\a.b\\c");
check(() => (path.win32.normalize('.a.b')),
  ".a.b");
check(() => (path.win32.normalize('..a')),
  "..a");
check(() => (path.win32.normalize('a/.b')),
  "a\\.b");
check(() => (path.win32.normalize('foo/bar/baz.txt')),
  "foo\\bar\\baz.txt");
check(() => (path.win32.normalize('/foo/bar/baz.tar.gz')),
  "\\foo\\bar\\baz.tar.gz");
check(() => (path.win32.normalize('a/./b/../c')),
  "a\\c");
check(() => (path.win32.normalize('//a//b')),
  "\\\\a\\b\\");
check(() => (path.win32.normalize('///a')),
  "\\a");
check(() => (path.win32.normalize('/a/b/c/d')),
  "\\a\\b\\c\\d");
check(() => (path.win32.normalize('/a/b/../c/./d')),
  "\\a\\c\\d");
check(() => (path.win32.normalize('C:')),
  "C:.");
check(() => (path.win32.normalize('C:\\')),
  "C:\\");
check(() => (path.win32.normalize('C:\\a')),
  "C:\\a");
check(() => (path.win32.normalize('C:a')),
  "C:a");
check(() => (path.win32.normalize('C:/a/b')),
  "C:\\a\\b");
check(() => (path.win32.normalize('c:\\a\\..\\b')),
  "c:\\b");
check(() => (path.win32.normalize('\\\\server\\share')),
  "\\\\server\\share\\");
check(() => (path.win32.normalize('\\\\server\\share\\')),
  "\\\\server\\share\\");
check(() => (path.win32.normalize('\\\\server\\share\\a\\b')),
  "\\\\server\\share\\a\\b");
check(() => (path.win32.normalize('\\a')),
  "\\a");
check(() => (path.win32.normalize('a\\b')),
  "a\\b");
check(() => (path.win32.normalize('a\\..\\b')),
  "b");
check(() => (path.win32.normalize('C:\\a\\b.txt')),
  "C:\\a\\b.txt");
check(() => (path.win32.normalize('C:..\\a')),
  "C:..\\a");
check(() => (path.win32.normalize('\\\\.\\pipe\\x')),
  "\\\\.\\pipe\\x");
check(() => (path.win32.normalize('\\\\?\\C:\\a')),
  "\\\\?\\C:\\a");
check(() => (path.win32.normalize('C:\\\\a')),
  "C:\\a");
check(() => (path.win32.normalize('./C:a')),
  ".\\C:a");
check(() => (path.win32.normalize('CON:a')),
  ".\\CON:a");
check(() => (path.win32.normalize('\\\\server')),
  "\\server");
check(() => (path.win32.normalize('//server/share/file')),
  "\\\\server\\share\\file");
check(() => (path.win32.isAbsolute('')),
  "false");
check(() => (path.win32.isAbsolute('/')),
  "true");
check(() => (path.win32.isAbsolute('//')),
  "true");
check(() => (path.win32.isAbsolute('a')),
  "false");
check(() => (path.win32.isAbsolute('a/')),
  "false");
check(() => (path.win32.isAbsolute('/a')),
  "true");
check(() => (path.win32.isAbsolute('/a/')),
  "true");
check(() => (path.win32.isAbsolute('a/b')),
  "false");
check(() => (path.win32.isAbsolute('/a/b/')),
  "true");
check(() => (path.win32.isAbsolute('./a')),
  "false");
check(() => (path.win32.isAbsolute('../a')),
  "false");
check(() => (path.win32.isAbsolute('../../a')),
  "false");
check(() => (path.win32.isAbsolute('a/..')),
  "false");
check(() => (path.win32.isAbsolute('a/../..')),
  "false");
check(() => (path.win32.isAbsolute('/..')),
  "true");
check(() => (path.win32.isAbsolute('/../a')),
  "true");
check(() => (path.win32.isAbsolute('a//b')),
  "false");
check(() => (path.win32.isAbsolute('./')),
  "false");
check(() => (path.win32.isAbsolute('.')),
  "false");
check(() => (path.win32.isAbsolute('..')),
  "false");
check(() => (path.win32.isAbsolute('...')),
  "false");
check(() => (path.win32.isAbsolute('.a')),
  "false");
check(() => (path.win32.isAbsolute('a.')),
  "false");
check(() => (path.win32.isAbsolute('a.b')),
  "false");
check(() => (path.win32.isAbsolute('a.b.c')),
  "false");
check(() => (path.win32.isAbsolute('/a.b/c')),
  "true");
check(() => (path.win32.isAbsolute('.a.b')),
  "false");
check(() => (path.win32.isAbsolute('..a')),
  "false");
check(() => (path.win32.isAbsolute('a/.b')),
  "false");
check(() => (path.win32.isAbsolute('foo/bar/baz.txt')),
  "false");
check(() => (path.win32.isAbsolute('/foo/bar/baz.tar.gz')),
  "true");
check(() => (path.win32.isAbsolute('a/./b/../c')),
  "false");
check(() => (path.win32.isAbsolute('//a//b')),
  "true");
check(() => (path.win32.isAbsolute('///a')),
  "true");
check(() => (path.win32.isAbsolute('/a/b/c/d')),
  "true");
check(() => (path.win32.isAbsolute('/a/b/../c/./d')),
  "true");
check(() => (path.win32.isAbsolute('C:')),
  "false");
check(() => (path.win32.isAbsolute('C:\\')),
  "true");
check(() => (path.win32.isAbsolute('C:\\a')),
  "true");
check(() => (path.win32.isAbsolute('C:a')),
  "false");
check(() => (path.win32.isAbsolute('C:/a/b')),
  "true");
check(() => (path.win32.isAbsolute('c:\\a\\..\\b')),
  "true");
check(() => (path.win32.isAbsolute('\\\\server\\share')),
  "true");
check(() => (path.win32.isAbsolute('\\\\server\\share\\')),
  "true");
check(() => (path.win32.isAbsolute('\\\\server\\share\\a\\b')),
  "true");
check(() => (path.win32.isAbsolute('\\a')),
  "true");
check(() => (path.win32.isAbsolute('a\\b')),
  "false");
check(() => (path.win32.isAbsolute('a\\..\\b')),
  "false");
check(() => (path.win32.isAbsolute('C:\\a\\b.txt')),
  "true");
check(() => (path.win32.isAbsolute('C:..\\a')),
  "false");
check(() => (path.win32.isAbsolute('\\\\.\\pipe\\x')),
  "true");
check(() => (path.win32.isAbsolute('\\\\?\\C:\\a')),
  "true");
check(() => (path.win32.isAbsolute('C:\\\\a')),
  "true");
check(() => (path.win32.isAbsolute('./C:a')),
  "false");
check(() => (path.win32.isAbsolute('CON:a')),
  "false");
check(() => (path.win32.isAbsolute('\\\\server')),
  "true");
check(() => (path.win32.isAbsolute('//server/share/file')),
  "true");
check(() => (path.win32.dirname('')),
  ".");
check(() => (path.win32.dirname('/')),
  "/");
check(() => (path.win32.dirname('//')),
  "/");
check(() => (path.win32.dirname('a')),
  ".");
check(() => (path.win32.dirname('a/')),
  ".");
check(() => (path.win32.dirname('/a')),
  "/");
check(() => (path.win32.dirname('/a/')),
  "/");
check(() => (path.win32.dirname('a/b')),
  "a");
check(() => (path.win32.dirname('/a/b/')),
  "/a");
check(() => (path.win32.dirname('./a')),
  ".");
check(() => (path.win32.dirname('../a')),
  "..");
check(() => (path.win32.dirname('../../a')),
  "../..");
check(() => (path.win32.dirname('a/..')),
  "a");
check(() => (path.win32.dirname('a/../..')),
  "a/..");
check(() => (path.win32.dirname('/..')),
  "/");
check(() => (path.win32.dirname('/../a')),
  "/..");
check(() => (path.win32.dirname('a//b')),
  "a/");
check(() => (path.win32.dirname('./')),
  ".");
check(() => (path.win32.dirname('.')),
  ".");
check(() => (path.win32.dirname('..')),
  ".");
check(() => (path.win32.dirname('...')),
  ".");
check(() => (path.win32.dirname('.a')),
  ".");
check(() => (path.win32.dirname('a.')),
  ".");
check(() => (path.win32.dirname('a.b')),
  ".");
check(() => (path.win32.dirname('a.b.c')),
  ".");
check(() => (path.win32.dirname('/a.b/c')),
  "/a.b");
check(() => (path.win32.dirname('.a.b')),
  ".");
check(() => (path.win32.dirname('..a')),
  ".");
check(() => (path.win32.dirname('a/.b')),
  "a");
check(() => (path.win32.dirname('foo/bar/baz.txt')),
  "foo/bar");
check(() => (path.win32.dirname('/foo/bar/baz.tar.gz')),
  "/foo/bar");
check(() => (path.win32.dirname('a/./b/../c')),
  "a/./b/..");
check(() => (path.win32.dirname('//a//b')),
  "//a//b");
check(() => (path.win32.dirname('///a')),
  "//");
check(() => (path.win32.dirname('/a/b/c/d')),
  "/a/b/c");
check(() => (path.win32.dirname('/a/b/../c/./d')),
  "/a/b/../c/.");
check(() => (path.win32.dirname('C:')),
  "C:");
check(() => (path.win32.dirname('C:\\')),
  "C:\\");
check(() => (path.win32.dirname('C:\\a')),
  "C:\\");
check(() => (path.win32.dirname('C:a')),
  "C:");
check(() => (path.win32.dirname('C:/a/b')),
  "C:/a");
check(() => (path.win32.dirname('c:\\a\\..\\b')),
  "c:\\a\\..");
check(() => (path.win32.dirname('\\\\server\\share')),
  "\\\\server\\share");
check(() => (path.win32.dirname('\\\\server\\share\\')),
  "\\\\server\\share\\");
check(() => (path.win32.dirname('\\\\server\\share\\a\\b')),
  "\\\\server\\share\\a");
check(() => (path.win32.dirname('\\a')),
  "\\");
check(() => (path.win32.dirname('a\\b')),
  "a");
check(() => (path.win32.dirname('a\\..\\b')),
  "a\\..");
check(() => (path.win32.dirname('C:\\a\\b.txt')),
  "C:\\a");
check(() => (path.win32.dirname('C:..\\a')),
  "C:..");
check(() => (path.win32.dirname('\\\\.\\pipe\\x')),
  "\\\\.\\pipe\\");
check(() => (path.win32.dirname('\\\\?\\C:\\a')),
  "\\\\?\\C:\\");
check(() => (path.win32.dirname('C:\\\\a')),
  "C:\\");
check(() => (path.win32.dirname('./C:a')),
  ".");
check(() => (path.win32.dirname('CON:a')),
  ".");
check(() => (path.win32.dirname('\\\\server')),
  "\\");
check(() => (path.win32.dirname('//server/share/file')),
  "//server/share/");
check(() => (path.win32.basename('')),
  "");
check(() => (path.win32.basename('/')),
  "");
check(() => (path.win32.basename('//')),
  "");
check(() => (path.win32.basename('a')),
  "a");
check(() => (path.win32.basename('a/')),
  "a");
check(() => (path.win32.basename('/a')),
  "a");
check(() => (path.win32.basename('/a/')),
  "a");
check(() => (path.win32.basename('a/b')),
  "b");
check(() => (path.win32.basename('/a/b/')),
  "b");
check(() => (path.win32.basename('./a')),
  "a");
check(() => (path.win32.basename('../a')),
  "a");
check(() => (path.win32.basename('../../a')),
  "a");
check(() => (path.win32.basename('a/..')),
  "..");
check(() => (path.win32.basename('a/../..')),
  "..");
check(() => (path.win32.basename('/..')),
  "..");
check(() => (path.win32.basename('/../a')),
  "a");
check(() => (path.win32.basename('a//b')),
  "b");
check(() => (path.win32.basename('./')),
  ".");
check(() => (path.win32.basename('.')),
  ".");
check(() => (path.win32.basename('..')),
  "..");
check(() => (path.win32.basename('...')),
  "...");
check(() => (path.win32.basename('.a')),
  ".a");
check(() => (path.win32.basename('a.')),
  "a.");
check(() => (path.win32.basename('a.b')),
  "a.b");
check(() => (path.win32.basename('a.b.c')),
  "a.b.c");
check(() => (path.win32.basename('/a.b/c')),
  "c");
check(() => (path.win32.basename('.a.b')),
  ".a.b");
check(() => (path.win32.basename('..a')),
  "..a");
check(() => (path.win32.basename('a/.b')),
  ".b");
check(() => (path.win32.basename('foo/bar/baz.txt')),
  "baz.txt");
check(() => (path.win32.basename('/foo/bar/baz.tar.gz')),
  "baz.tar.gz");
check(() => (path.win32.basename('a/./b/../c')),
  "c");
check(() => (path.win32.basename('//a//b')),
  "b");
check(() => (path.win32.basename('///a')),
  "a");
check(() => (path.win32.basename('/a/b/c/d')),
  "d");
check(() => (path.win32.basename('/a/b/../c/./d')),
  "d");
check(() => (path.win32.basename('C:')),
  "");
check(() => (path.win32.basename('C:\\')),
  "");
check(() => (path.win32.basename('C:\\a')),
  "a");
check(() => (path.win32.basename('C:a')),
  "a");
check(() => (path.win32.basename('C:/a/b')),
  "b");
check(() => (path.win32.basename('c:\\a\\..\\b')),
  "b");
check(() => (path.win32.basename('\\\\server\\share')),
  "share");
check(() => (path.win32.basename('\\\\server\\share\\')),
  "share");
check(() => (path.win32.basename('\\\\server\\share\\a\\b')),
  "b");
check(() => (path.win32.basename('\\a')),
  "a");
check(() => (path.win32.basename('a\\b')),
  "b");
check(() => (path.win32.basename('a\\..\\b')),
  "b");
check(() => (path.win32.basename('C:\\a\\b.txt')),
  "b.txt");
check(() => (path.win32.basename('C:..\\a')),
  "a");
check(() => (path.win32.basename('\\\\.\\pipe\\x')),
  "x");
check(() => (path.win32.basename('\\\\?\\C:\\a')),
  "a");
check(() => (path.win32.basename('C:\\\\a')),
  "a");
check(() => (path.win32.basename('./C:a')),
  "C:a");
check(() => (path.win32.basename('CON:a')),
  "CON:a");
check(() => (path.win32.basename('\\\\server')),
  "server");
check(() => (path.win32.basename('//server/share/file')),
  "file");
check(() => (path.win32.extname('')),
  "");
check(() => (path.win32.extname('/')),
  "");
check(() => (path.win32.extname('//')),
  "");
check(() => (path.win32.extname('a')),
  "");
check(() => (path.win32.extname('a/')),
  "");
check(() => (path.win32.extname('/a')),
  "");
check(() => (path.win32.extname('/a/')),
  "");
check(() => (path.win32.extname('a/b')),
  "");
check(() => (path.win32.extname('/a/b/')),
  "");
check(() => (path.win32.extname('./a')),
  "");
check(() => (path.win32.extname('../a')),
  "");
check(() => (path.win32.extname('../../a')),
  "");
check(() => (path.win32.extname('a/..')),
  "");
check(() => (path.win32.extname('a/../..')),
  "");
check(() => (path.win32.extname('/..')),
  "");
check(() => (path.win32.extname('/../a')),
  "");
check(() => (path.win32.extname('a//b')),
  "");
check(() => (path.win32.extname('./')),
  "");
check(() => (path.win32.extname('.')),
  "");
check(() => (path.win32.extname('..')),
  "");
check(() => (path.win32.extname('...')),
  ".");
check(() => (path.win32.extname('.a')),
  "");
check(() => (path.win32.extname('a.')),
  ".");
check(() => (path.win32.extname('a.b')),
  ".b");
check(() => (path.win32.extname('a.b.c')),
  ".c");
check(() => (path.win32.extname('/a.b/c')),
  "");
check(() => (path.win32.extname('.a.b')),
  ".b");
check(() => (path.win32.extname('..a')),
  ".a");
check(() => (path.win32.extname('a/.b')),
  "");
check(() => (path.win32.extname('foo/bar/baz.txt')),
  ".txt");
check(() => (path.win32.extname('/foo/bar/baz.tar.gz')),
  ".gz");
check(() => (path.win32.extname('a/./b/../c')),
  "");
check(() => (path.win32.extname('//a//b')),
  "");
check(() => (path.win32.extname('///a')),
  "");
check(() => (path.win32.extname('/a/b/c/d')),
  "");
check(() => (path.win32.extname('/a/b/../c/./d')),
  "");
check(() => (path.win32.extname('C:')),
  "");
check(() => (path.win32.extname('C:\\')),
  "");
check(() => (path.win32.extname('C:\\a')),
  "");
check(() => (path.win32.extname('C:a')),
  "");
check(() => (path.win32.extname('C:/a/b')),
  "");
check(() => (path.win32.extname('c:\\a\\..\\b')),
  "");
check(() => (path.win32.extname('\\\\server\\share')),
  "");
check(() => (path.win32.extname('\\\\server\\share\\')),
  "");
check(() => (path.win32.extname('\\\\server\\share\\a\\b')),
  "");
check(() => (path.win32.extname('\\a')),
  "");
check(() => (path.win32.extname('a\\b')),
  "");
check(() => (path.win32.extname('a\\..\\b')),
  "");
check(() => (path.win32.extname('C:\\a\\b.txt')),
  ".txt");
check(() => (path.win32.extname('C:..\\a')),
  "");
check(() => (path.win32.extname('\\\\.\\pipe\\x')),
  "");
check(() => (path.win32.extname('\\\\?\\C:\\a')),
  "");
check(() => (path.win32.extname('C:\\\\a')),
  "");
check(() => (path.win32.extname('./C:a')),
  "");
check(() => (path.win32.extname('CON:a')),
  "");
check(() => (path.win32.extname('\\\\server')),
  "");
check(() => (path.win32.extname('//server/share/file')),
  "");
check(() => (path.win32.parse('')),
  "{ root: '', dir: '', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('/')),
  "{ root: '/', dir: '/', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('//')),
  "{ root: '/', dir: '/', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('a')),
  "{ root: '', dir: '', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('a/')),
  "{ root: '', dir: '', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('/a')),
  "{ root: '/', dir: '/', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('/a/')),
  "{ root: '/', dir: '/', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('a/b')),
  "{ root: '', dir: 'a', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('/a/b/')),
  "{ root: '/', dir: '/a', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('./a')),
  "{ root: '', dir: '.', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('../a')),
  "{ root: '', dir: '..', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('../../a')),
  "{ root: '', dir: '../..', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('a/..')),
  "{ root: '', dir: 'a', base: '..', ext: '', name: '..' }");
check(() => (path.win32.parse('a/../..')),
  "{ root: '', dir: 'a/..', base: '..', ext: '', name: '..' }");
check(() => (path.win32.parse('/..')),
  "{ root: '/', dir: '/', base: '..', ext: '', name: '..' }");
check(() => (path.win32.parse('/../a')),
  "{ root: '/', dir: '/..', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('a//b')),
  "{ root: '', dir: 'a/', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('./')),
  "{ root: '', dir: '', base: '.', ext: '', name: '.' }");
check(() => (path.win32.parse('.')),
  "{ root: '', dir: '', base: '.', ext: '', name: '.' }");
check(() => (path.win32.parse('..')),
  "{ root: '', dir: '', base: '..', ext: '', name: '..' }");
check(() => (path.win32.parse('...')),
  "{ root: '', dir: '', base: '...', ext: '.', name: '..' }");
check(() => (path.win32.parse('.a')),
  "{ root: '', dir: '', base: '.a', ext: '', name: '.a' }");
check(() => (path.win32.parse('a.')),
  "{ root: '', dir: '', base: 'a.', ext: '.', name: 'a' }");
check(() => (path.win32.parse('a.b')),
  "{ root: '', dir: '', base: 'a.b', ext: '.b', name: 'a' }");
check(() => (path.win32.parse('a.b.c')),
  "{ root: '', dir: '', base: 'a.b.c', ext: '.c', name: 'a.b' }");
check(() => (path.win32.parse('/a.b/c')),
  "{ root: '/', dir: '/a.b', base: 'c', ext: '', name: 'c' }");
check(() => (path.win32.parse('.a.b')),
  "{ root: '', dir: '', base: '.a.b', ext: '.b', name: '.a' }");
check(() => (path.win32.parse('..a')),
  "{ root: '', dir: '', base: '..a', ext: '.a', name: '.' }");
check(() => (path.win32.parse('a/.b')),
  "{ root: '', dir: 'a', base: '.b', ext: '', name: '.b' }");
check(() => (path.win32.parse('foo/bar/baz.txt')),
  "{ root: '', dir: 'foo/bar', base: 'baz.txt', ext: '.txt', name: 'baz' }");
check(() => (path.win32.parse('/foo/bar/baz.tar.gz')),
  "{ root: '/', dir: '/foo/bar', base: 'baz.tar.gz', ext: '.gz', name: 'baz.tar' }");
check(() => (path.win32.parse('a/./b/../c')),
  "{ root: '', dir: 'a/./b/..', base: 'c', ext: '', name: 'c' }");
check(() => (path.win32.parse('//a//b')),
  "{ root: '//a//b', dir: '//a//b', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('///a')),
  "{ root: '/', dir: '//', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('/a/b/c/d')),
  "{ root: '/', dir: '/a/b/c', base: 'd', ext: '', name: 'd' }");
check(() => (path.win32.parse('/a/b/../c/./d')),
  "{ root: '/', dir: '/a/b/../c/.', base: 'd', ext: '', name: 'd' }");
check(() => (path.win32.parse('C:')),
  "{ root: 'C:', dir: 'C:', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('C:\\')),
  "{ root: 'C:\\\\', dir: 'C:\\\\', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('C:\\a')),
  "{ root: 'C:\\\\', dir: 'C:\\\\', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('C:a')),
  "{ root: 'C:', dir: 'C:', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('C:/a/b')),
  "{ root: 'C:/', dir: 'C:/a', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('c:\\a\\..\\b')),
  "{ root: 'c:\\\\', dir: 'c:\\\\a\\\\..', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('\\\\server\\share')),
  "{ root: '\\\\\\\\server\\\\share', dir: '\\\\\\\\server\\\\share', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('\\\\server\\share\\')),
  "{ root: '\\\\\\\\server\\\\share\\\\', dir: '\\\\\\\\server\\\\share\\\\', base: '', ext: '', name: '' }");
check(() => (path.win32.parse('\\\\server\\share\\a\\b')),
  "{ root: '\\\\\\\\server\\\\share\\\\', dir: '\\\\\\\\server\\\\share\\\\a', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('\\a')),
  "{ root: '\\\\', dir: '\\\\', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('a\\b')),
  "{ root: '', dir: 'a', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('a\\..\\b')),
  "{ root: '', dir: 'a\\\\..', base: 'b', ext: '', name: 'b' }");
check(() => (path.win32.parse('C:\\a\\b.txt')),
  "{ root: 'C:\\\\', dir: 'C:\\\\a', base: 'b.txt', ext: '.txt', name: 'b' }");
check(() => (path.win32.parse('C:..\\a')),
  "{ root: 'C:', dir: 'C:..', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('\\\\.\\pipe\\x')),
  "{ root: '\\\\\\\\.\\\\pipe\\\\', dir: '\\\\\\\\.\\\\pipe\\\\', base: 'x', ext: '', name: 'x' }");
check(() => (path.win32.parse('\\\\?\\C:\\a')),
  "{ root: '\\\\\\\\?\\\\C:\\\\', dir: '\\\\\\\\?\\\\C:\\\\', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('C:\\\\a')),
  "{ root: 'C:\\\\', dir: 'C:\\\\', base: 'a', ext: '', name: 'a' }");
check(() => (path.win32.parse('./C:a')),
  "{ root: '', dir: '.', base: 'C:a', ext: '', name: 'C:a' }");
check(() => (path.win32.parse('CON:a')),
  "{ root: '', dir: '', base: 'CON:a', ext: '', name: 'CON:a' }");
check(() => (path.win32.parse('\\\\server')),
  "{ root: '\\\\', dir: '\\\\', base: 'server', ext: '', name: 'server' }");
check(() => (path.win32.parse('//server/share/file')),
  "{ root: '//server/share/', dir: '//server/share/', base: 'file', ext: '', name: 'file' }");
check(() => (path.win32.toNamespacedPath('C:\\')),
  "\\\\?\\C:\\");
check(() => (path.win32.toNamespacedPath('C:\\a')),
  "\\\\?\\C:\\a");
check(() => (path.win32.toNamespacedPath('c:\\a\\..\\b')),
  "\\\\?\\c:\\b");
check(() => (path.win32.toNamespacedPath('\\\\server\\share')),
  "\\\\?\\UNC\\server\\share\\");
check(() => (path.win32.toNamespacedPath('\\\\server\\share\\')),
  "\\\\?\\UNC\\server\\share\\");
check(() => (path.win32.toNamespacedPath('\\\\server\\share\\a\\b')),
  "\\\\?\\UNC\\server\\share\\a\\b");
check(() => (path.win32.toNamespacedPath('C:\\a\\b.txt')),
  "\\\\?\\C:\\a\\b.txt");
check(() => (path.win32.toNamespacedPath('\\\\.\\pipe\\x')),
  "\\\\.\\pipe\\x");
check(() => (path.win32.toNamespacedPath('\\\\?\\C:\\a')),
  "\\\\?\\C:\\a");
check(() => (path.win32.toNamespacedPath('C:\\\\a')),
  "\\\\?\\C:\\a");
check(() => (path.win32.toNamespacedPath('\\\\server')),
  "\\server");
check(() => (path.relative('/a/b/c','/a/d')),
  "../../d");
check(() => (path.relative('/a','/a/b')),
  "b");
check(() => (path.relative('/a/b','/a')),
  "..");
check(() => (path.relative('/','/a')),
  "a");
check(() => (path.relative('/a','/')),
  "..");
check(() => (path.relative('/a/b','/a/bc')),
  "../bc");
check(() => (path.relative('/foo/bar','/foo/bar')),
  "");
check(() => (path.relative('/a/b/c/','/a/b')),
  "..");
check(() => (path.win32.relative('C:\\a\\b','C:\\a\\c')),
  "..\\c");
check(() => (path.win32.relative('C:\\a','D:\\b')),
  "D:\\b");
check(() => (path.win32.relative('c:\\A\\b','C:\\a')),
  "..");
check(() => (path.win32.relative('\\\\s\\h\\a','\\\\s\\h\\b')),
  "..\\b");
check(() => (path.win32.relative('\\\\s\\h\\a','\\\\s\\i\\b')),
  "..\\..\\i\\b");
check(() => (path.win32.relative('C:\\','C:\\a')),
  "a");
check(() => (path.win32.relative('C:\\a','C:\\')),
  "..");
check(() => (path.win32.relative('C:\\','D:\\')),
  "D:\\");
check(() => (path.join('a','b','..','c')),
  "a/c");
check(() => (path.win32.join('a','b','..','c')),
  "a\\c");
check(() => (path.join('','a')),
  "a");
check(() => (path.win32.join('','a')),
  "a");
check(() => (path.join('','')),
  ".");
check(() => (path.win32.join('','')),
  ".");
check(() => (path.join('/a','/b')),
  "/a/b");
check(() => (path.win32.join('/a','/b')),
  "\\a\\b");
check(() => (path.join('a','../../b')),
  "../b");
check(() => (path.win32.join('a','../../b')),
  "..\\b");
check(() => (path.join('./a','./b/')),
  "a/b/");
check(() => (path.win32.join('./a','./b/')),
  "a\\b\\");
check(() => (path.win32.join('C:','a')),
  "C:\\a");
check(() => (path.win32.join('C:\\','a')),
  "C:\\a");
check(() => (path.win32.join('//a','b')),
  "\\\\a\\b\\");
check(() => (path.win32.join('\\\\','a','b')),
  "\\a\\b");
check(() => (path.win32.join('//','a')),
  "\\a");
check(() => (path.win32.join('/','/a')),
  "\\a");
check(() => (path.win32.join('\\\\server','share')),
  "\\\\server\\share\\");
check(() => (path.resolve('/a','b')),
  "/a/b");
check(() => (path.resolve('/a','../b')),
  "/b");
check(() => (path.resolve('/a','/b','c')),
  "/b/c");
check(() => (path.resolve('/')),
  "/");
check(() => (path.resolve('/a/..')),
  "/");
check(() => (path.resolve('/a//b/./c')),
  "/a/b/c");
check(() => (path.win32.resolve('C:\\a','b')),
  "C:\\a\\b");
check(() => (path.win32.resolve('C:\\a','D:b','C:c')),
  "C:\\a\\c");
check(() => (path.win32.resolve('C:\\','\\x')),
  "C:\\x");
check(() => (path.win32.resolve('\\\\s\\h','a')),
  "\\\\s\\h\\a");
check(() => (path.win32.resolve('C:/a/../b','..\\c')),
  "C:\\c");
check(() => (path.basename('a.txt','.txt')),
  "a");
check(() => (path.basename('.txt','.txt')),
  "");
check(() => (path.basename('a.txt/','.txt')),
  "a");
check(() => (path.basename('abc','bc')),
  "a");
check(() => (path.basename('aa','a')),
  "a");
check(() => (path.basename('a','a')),
  "");
check(() => (path.format({dir:'/a',base:'b'})),
  "/a/b");
check(() => (path.format({root:'/',name:'b',ext:'c'})),
  "/b.c");
check(() => (path.format({root:'/',dir:'/',base:'x'})),
  "/x");
check(() => (path.win32.format({dir:'C:\\a',name:'b',ext:'.c'})),
  "C:\\a\\b.c");
check(() => ((()=>{try{path.join(5)}catch(e){return e.message}})()),
  "The \"path\" argument must be of type string. Received type number (5)");
check(() => ((()=>{try{path.resolve('a',5)}catch(e){return e.message}})()),
  "The \"paths[1]\" argument must be of type string. Received type number (5)");
check(() => ((()=>{try{path.format(5)}catch(e){return e.message}})()),
  "The \"pathObject\" argument must be of type object. Received type number (5)");
check(() => ((()=>{try{path.basename('a',5)}catch(e){return e.message}})()),
  "The \"suffix\" argument must be of type string. Received type number (5)");
check(() => (Object.keys(path).join()),
  "resolve,normalize,isAbsolute,join,relative,toNamespacedPath,dirname,basename,extname,format,parse,matchesGlob,sep,delimiter,win32,posix,_makeLong");
check(() => ([path.sep,path.delimiter,path.win32.sep,path.win32.delimiter,path.posix===path,path.win32.posix===path]),
  "[ '/', ':', '\\\\', ';', true, true ]");

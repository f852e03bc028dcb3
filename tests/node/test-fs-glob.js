'use strict';
// fs.glob, globSync, promises.glob and path.matchesGlob.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'glob-'));
process.chdir(root);
for (const file of ['a/1.js', 'a/b/2.js', 'a/b/c/3.ts', 'a/.hid/h.js', 'a/.dot', 'x/y/z.js', '.top/q.js', 'root.js', 'root.mjs',
  'a/[x].js', 'node_modules/m/i.js', 'A.txt']) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '');
}
fs.symlinkSync('../x', 'a/link');

const patterns = ['*', '**', '**/*', '**/', '*/', '*.js', '**/*.js', 'a/**', 'a/**/', '{a,x}/**/*.js', './*.js', 'a/b/../*.js', 'a/?.js',
  'a/[0-9].js', 'a/[!0-9]*', 'root.@(js|mjs)', '!(root)*', '*.!(js)', '+(a|x)', '?(a)', '**/c/**', '**/b/**', 'a/', 'nope', '', '.',
  'a/.*', '**/.*', 'a/**/b/**/*.ts', 'a/link/**', 'a/link/*/z.js', 'a/{1..3}.js', '**/[0-9].{js,ts}', ['*.js', 'root.*'],
  '[[:alpha:]].txt', 'a/./b/*'];
for (const pattern of patterns) console.log(pattern, fs.globSync(pattern).join(' '));
for (const options of [{ exclude: (name) => name === 'node_modules' }, { exclude: ['node_modules/**', 'a/**'] }, { cwd: 'a' },
  { cwd: pathToFileURL(path.join(root, 'a')) }, { followSymlinks: true }]) {
  console.log(fs.globSync('**/*.js', options).join(' '));
}
console.log(fs.globSync('a/**', { withFileTypes: true }).map((e) => `${e.parentPath} ${e.name} ${e.isDirectory()}`).join(', '));
console.log(fs.globSync(path.join(root, '*.js')).map((file) => path.relative(root, file)));
for (const args of [[1], ['*', { exclude: 1 }], ['*', 1]]) {
  try {
    fs.globSync(...args);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
for (const [name, pattern] of [['/foo/bar', '/foo/*'], ['foo/.bar', 'foo/*'], ['foo/.bar', 'foo/**'], ['a/b/c', 'a/**/c'],
  ['a/c', 'a/**/c'], ['a', 'a/**'], ['foo\\bar', 'foo/*'], ['foo.js', '*.{js,ts}'], ['FOO', 'foo'], ['a/b/', 'a/*']]) {
  console.log(name, pattern, path.posix.matchesGlob(name, pattern), path.win32.matchesGlob(name, pattern));
}
fs.glob('*.js', async (error, matches) => {
  console.log(error, matches);
  for await (const match of fs.promises.glob('*.mjs')) console.log(match);
  fs.rmSync(root, { recursive: true });
});

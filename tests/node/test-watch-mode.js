// SPDX-License-Identifier: MIT
'use strict';
// --watch: the program runs again when a file that it loaded changes, --watch-path: when something below a path does.
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'watch-')));
process.on('exit', () => fs.rmSync(root, { recursive: true }));
const put = (name, text) => fs.writeFileSync(path.join(root, name), text);

// steps: [what to wait for in the output, what to do then]
function watch(args, steps) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let seen = 0;
    const onData = (chunk) => {
      output += chunk;
      while (steps.length > 0 && output.indexOf(steps[0][0], seen) !== -1) {
        const [text, action] = steps.shift();
        seen = output.indexOf(text, seen) + text.length;
        // The watchers begin when the program has told of its files.
        setTimeout(action ?? (() => child.kill('SIGINT')), 300);
      }
    };
    child.stdout.setEncoding('utf8').on('data', onData);
    child.stderr.setEncoding('utf8').on('data', onData);
    child.on('close', (code) => {
      console.log(`== ${args.join(' ')} -> ${code}\n${output.replaceAll(root, 'ROOT')}`);
      resolve();
    });
  });
}

(async () => {
  put('dep.js', 'exports.value = 1;');
  put('main.js', 'console.log(require("./dep").value, process.argv.slice(2), process.execArgv);');
  await watch(['--watch', '--no-warnings', 'main.js', 'x'], [
    ['Completed', () => put('dep.js', 'exports.value = 2;')],
    ['Completed', () => put('dep.js', 'process.exit(3);')],
    ['Failed'],
  ]);
  put('dep.mjs', 'export const value = 1;');
  put('main.mjs', 'const { value } = await import("./dep.mjs"); console.log(value);');
  await watch(['--watch', 'main.mjs'], [
    ['Completed', () => put('dep.mjs', 'export const value = 2;')],
    ['Completed'],
  ]);
  put('server.js', 'console.log("up", process.env.FROM_FILE); process.on("SIGTERM", () => { console.log("bye"); process.exit(); });' +
    'setInterval(() => {}, 1000);');
  put('one.env', 'FROM_FILE=1');
  await watch(['--watch', '--env-file=one.env', 'server.js'], [
    ['up', () => put('one.env', 'FROM_FILE=2')],
    ['up', () => put('server.js', 'console.log("gone")')],
    ['Completed'],
  ]);
  fs.mkdirSync(path.join(root, 'data/below'), { recursive: true });
  put('main.js', 'console.log(process.argv.length);');
  await watch(['--watch-path=data', 'main.js'], [
    ['Completed', () => put('data/below/new.txt', '')],
    ['Completed'],
  ]);
})();

'use strict';
// --test: which files it finds, a process for each, and what it says of them.
const { spawnSync } = require('child_process');
const path = require('path');
const { run } = require('node:test');

const cwd = path.join(__dirname, 'fixtures', 'test-runner', 'files');

function runner(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...args],
    { cwd, encoding: 'utf8' });
  console.log(`--- ${args.join(' ')}: ${status}`);
  console.log((stdout + stderr).replaceAll(`${cwd}/`, '').replace(/duration_ms:? [\d.e-]+/g, 'duration_ms N')
    .split('\n').filter((line) => !/node:|Promise\.all|runMicrotasks|<anonymous>|^ *stack: |^ *[\w.]+ \(.*\.js/.test(line)).join('\n'));
}

runner();
runner('named.js');
runner('{named,b_test}.*js', '--test-shard=1/2');
runner('--test-shard=2/2', '{named,b_test}.*js');
runner('--test-name-pattern=one', 'a.test.js', 'b_test.mjs');
runner('--test-isolation=none', 'named.js', 'b_test.mjs');
runner('nothing-*.js');

const stream = run({ files: [path.join(cwd, 'b_test.mjs')], cwd });
stream.on('test:pass', ({ name, nesting, testNumber }) => console.log(name, nesting, testNumber));
stream.on('test:summary', ({ success, counts }) => console.log(success, counts.tests));
stream.resume();
for (const options of [{ files: 1 }, { concurrency: 'x' }, { shard: { index: 3, total: 2 } }, { isolation: 'x' }, { argv: 1 }]) {
  try {
    run(options);
  } catch (error) {
    console.log(error.code, error.message);
  }
}

'use strict';
// What is run of what there is: --test-rerun-failures, tag filters, a random order, and what a signal leaves.
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { run } = require('node:test');

const cwd = path.join(__dirname, 'fixtures', 'test-runner', 'select');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-test-'));
const state = path.join(folder, 'state.json');

function results(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', '--test', ...args], { cwd, encoding: 'utf8' });
  const kept = stdout.split('\n').filter((line) => /(ran|ok|✔|✖) |passed on/.test(line)).map((line) => line.replace(/ \([\d.]+ms\)/, ''));
  return { status, kept, error: stderr.split('\n').find((line) => /^\w*Error/.test(line)) };
}

for (let k = 0; k < 3; k++) {
  const { kept, status } = results('--test-reporter=spec', `--test-rerun-failures=${state}`, 'rerun.js');
  console.log(kept.slice(0, kept.findIndex((line, at) => at > 0 && line.includes('b') && line.includes('✖')) + 5), status);
}
console.log(JSON.parse(fs.readFileSync(state, 'utf8')).map((attempt) => (
  Object.entries(attempt).map(([key, { name, children, passed_on_attempt: on }]) => [key, name, children.length, on]))));

for (const filter of ['db', 'db and net', 'not db', '!(db || net)', 'd*', 'NOT (slow or NET)', '(', 'a b', 'db|net', '!']) {
  const { kept, error } = results('--test-reporter=tap', `--experimental-test-tag-filter=${filter}`, 'tags.js');
  console.log(filter, kept.map((line) => line.trim()).join(', '), error);
}

// The order depends on the seed alone; nothing is left out.
const orders = [7, 7, 8].map((seed) => (
  results('--test-reporter=tap', '--test-randomize', `--test-random-seed=${seed}`, 'tags.js').kept.map((line) => line.replace(/^.* - /, ''))));
console.log(orders[0].join() === orders[1].join(), [...orders[0]].sort(), [...orders[2]].sort());

for (const options of [{ randomSeed: -1 }, { randomize: 1 }, { randomize: true, watch: true }, { watch: 1 },
  { randomize: true, rerunFailuresFilePath: 'x' }, { rerunFailuresFilePath: 3 }, { testTagFilters: ['('] },
  { testTagFilters: 3 }, { shard: { index: 1, total: 2 }, watch: true }, { isolation: 'none', env: {} }]) {
  try {
    run({ files: [], ...options });
  } catch (error) {
    console.log(error.code, error.message);
  }
}

// A signal: what runs is told, and the exit code is 1.
const child = spawn(process.execPath, ['--test', '--test-reporter=tap', 'hanging.js'], { cwd });
let output = '';
child.stdout.on('data', (data) => {
  if (output === '') child.kill('SIGINT');
  output += data;
});
child.on('close', (code, signal) => {
  console.log(code, signal, /Interrupted while running: .*$/m.exec(output)?.[0].replace(/ at .*\//, ' at '));
  fs.rmSync(folder, { recursive: true });
});

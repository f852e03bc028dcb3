// mocha as a program: reporters, failures with differences, time-outs, retries, parallel jobs and its exit code.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const here = import.meta.dirname;
const mocha = path.join(here, 'node_modules/mocha/bin/mocha.js');
const clean = (text) => text.replaceAll(here, 'HERE').replace(/\(\d+ms\)/g, '(Nms)').replace(/"duration": \d+/g, '"duration": N')
  .split('\n').filter((line) => !/^\s+at /.test(line)).map((line) => line.trimEnd()).join('\n');

for (const line of ['--reporter spec fixtures/mocha/sync.js', '--reporter dot --slow 100000 fixtures/mocha/module.mjs', '--reporter tap -g passes|runs fixtures/mocha/sync.js fixtures/mocha/module.mjs',
  '--parallel --jobs 2 --reporter min fixtures/mocha/module.mjs', '--dry-run --reporter list --fgrep waits fixtures/mocha/sync.js', '--forbid-pending --bail --reporter tap fixtures/mocha/sync.js', 'none.js']) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [mocha, '--no-color', ...line.split(' ')], { cwd: here, encoding: 'utf8' });
  console.log(`mocha ${line} -> ${status}\n${clean(stdout)}${clean(stderr)}`);
}

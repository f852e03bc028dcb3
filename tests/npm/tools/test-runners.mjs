// Test libraries from npm as programs (tape, uvu), and c8, which reads what NODE_V8_COVERAGE has written.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const cwd = path.join(here, 'fixtures/runners');
const clean = (text) => text.replaceAll(here, 'HERE').replace(/[\d.]+ ?ms/g, 'Nms')
  .split('\n').filter((line) => !/^\s*at /.test(line)).map((line) => line.trimEnd()).join('\n');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  console.log(`${args.map((each) => path.basename(each)).join(' ')} -> ${status}\n${clean(stdout)}${clean(stderr)}`);
}

run('tape.js');
run('uvu.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-c8-'));
const c8 = spawnSync(process.execPath, [path.join(here, 'node_modules/c8/bin/c8.js'), '--reporter=text', '--reporter=lcovonly',
  `--reports-dir=${folder}`, `--temp-directory=${folder}/tmp`, process.execPath, 'uvu.js'], { cwd, encoding: 'utf8' });
console.log(c8.status, clean(c8.stdout), fs.readFileSync(path.join(folder, 'lcov.info'), 'utf8'));
fs.rmSync(folder, { recursive: true });

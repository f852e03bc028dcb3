// SPDX-License-Identifier: MIT
// --env-file and --env-file-if-exists.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'env-file-'));
fs.writeFileSync(path.join(dir, 'one.env'), 'A=1\nB=one\nSET=file\nM="l1\nl2"\n');
fs.writeFileSync(path.join(dir, 'two.env'), 'B=two\n');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath,
    [...args, '-p', '[process.env.A, process.env.B, process.env.SET, process.env.M]'],
    { cwd: dir, encoding: 'utf8', env: { ...process.env, SET: 'set' } });
  console.log(args.join(' '), status, stdout.trim(), stderr.replace(process.execPath, 'BIN').trim());
}

run('--env-file=one.env');
run('--env-file', 'one.env', '--env-file=two.env');
run('--env-file-if-exists=two.env', '--env-file=one.env');
run('--env-file-if-exists=none.env');
run('--env-file=none.env');
fs.rmSync(dir, { recursive: true });

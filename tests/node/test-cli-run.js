// SPDX-License-Identifier: MIT
'use strict';
// --run: scripts of the nearest package.json, their arguments and environment, what is said where there are none.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cli-run-')));
process.on('exit', () => fs.rmSync(root, { recursive: true }));
for (const folder of ['pkg/deep/node_modules/.bin', 'pkg/node_modules/.bin', 'bad', 'none', 'node_modules/.bin']) {
  fs.mkdirSync(path.join(root, folder), { recursive: true });
}
fs.writeFileSync(path.join(root, 'bad/package.json'), '{bad');
fs.writeFileSync(path.join(root, 'none/package.json'), '{}');
fs.writeFileSync(path.join(root, 'pkg/node_modules/.bin/tool'), '#!/bin/sh\necho tool: "$@"\n', { mode: 0o755 });
fs.writeFileSync(path.join(root, 'pkg/package.json'), JSON.stringify({
  scripts: {
    words: 'printf "[%s]"',
    where: 'pwd && echo $NODE_RUN_SCRIPT_NAME $NODE_RUN_PACKAGE_JSON_PATH $PATH',
    tool: 'tool',
    fails: 'exit 7',
    number: 5,
    input: 'cat',
  },
}));

function run(cwd, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: path.join(root, cwd), encoding: 'utf8', input: 'from stdin', env: { PATH: '/usr/bin:/bin' },
  });
  const text = (s) => s.replaceAll(root, 'ROOT').replaceAll(process.execPath, 'EXE').trim();
  console.log([cwd, ...args].join(' '), '->', status, text(stdout), text(stderr));
}

run('pkg', '--run', 'words', '--', '1', 'two words', "it's", '', '$HOME', '"', '*', '--x', 'a;b', '-p', 'plain-1_2.3/4:5=6@7,8+9');
run('pkg', '--run=words', 'not', 'handed', 'on');
run('pkg', '--run', 'words', 'x', '--', 'y', '--', 'z');
run('pkg/deep', '--run', 'where');
run('pkg/deep', '--run', 'tool', '--', 'a');
run('pkg', '--run', 'fails');
run('pkg', '--run', 'number');
run('pkg', '--run', 'input');
run('pkg', '--run', 'missing');
run('pkg', '--run');
run('pkg', '--title=x', '--run', 'words');
run('bad', '--run', 'a');
run('none', '--run', 'a');

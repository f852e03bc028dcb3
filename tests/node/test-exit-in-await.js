// SPDX-License-Identifier: MIT
// process.exit() while the main module awaits: its code counts; only a loop that runs dry ends with 13.
'use strict';
const { spawnSync } = require('child_process');

const programs = [
  'await 1; process.exit();',
  'await 1; process.exitCode = 3; process.exit();',
  'await 1; process.exit(5);',
  'setTimeout(() => process.exit(), 1); await new Promise(() => {});',
  'process.on("exit", (code) => console.log("code", code, process.exitCode)); await new Promise(() => {});',
  'process.on("exit", () => process.exit()); await new Promise(() => {});',
  'process.on("exit", () => process.exit(4)); await new Promise(() => {});',
  'process.exitCode = 6; await new Promise(() => {});',
];
for (const program of programs) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program],
                                               { encoding: 'utf8' });
  console.log(program, '-', status, JSON.stringify(stdout), /unsettled/.test(stderr));
}

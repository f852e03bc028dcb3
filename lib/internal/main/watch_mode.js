// SPDX-License-Identifier: MIT
'use strict';

// Main script: culm --watch FILE, culm --watch-path=PATH FILE. The program runs in a process of its own, which is started
// anew when a file that it told us of, or a watched path, changes.

const path = require('path');
const { spawn } = require('child_process');
const { getOptionValue } = require('internal/options');
const { convertToValidSignal } = require('internal/util');
const colors = require('internal/util/colors');
const { FileSet } = require('internal/watch/files');

const kGrace = 500; // milliseconds before a process that will not end is spoken of

const killSignal = convertToValidSignal(getOptionValue('--watch-kill-signal') ?? 'SIGTERM');
const paths = getOptionValue('--watch-path').map((each) => path.resolve(each));
const program = process.argv.slice(1);
const command = program.join(' ');

// The options that are ours stay here.
function programOptions() {
  const result = [];
  for (let k = 0; k < process.execArgv.length; k++) {
    const word = process.execArgv[k];
    if (word === '--watch-path') k++;
    else if (word !== '--watch' && !word.startsWith('--watch-path=')) result.push(word);
  }
  return result;
}

const options = programOptions();
const files = new FileSet();
let child;
let exited; // promise: the child's exit code

function say(color, text) {
  process.stdout.write(`${colors[color]}${text}${colors[color] && '\u001b[39m'}\n`);
}

function watchEnvFiles() {
  for (const { path: file } of require('internal/process/env_files').namedFiles(options)) {
    files.addFile(path.resolve(file));
  }
}

function onMessage(message) {
  if (paths.length > 0 || message === null || typeof message !== 'object') return;
  const { fileURLToPath } = require('internal/url');
  for (const file of message['watch:require'] ?? []) files.addFile(file);
  for (const url of message['watch:import'] ?? []) files.addFile(fileURLToPath(url));
}

function start() {
  exited = new Promise((resolve) => {
    child = spawn(process.execPath, [...options, ...program], {
      stdio: paths.length > 0 ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, WATCH_REPORT_DEPENDENCIES: '1' },
    });
    const own = child;
    own.on('message', onMessage);
    own.once('exit', (code) => {
      const ending = 'Waiting for file changes before restarting...';
      if (own === child && !own.isEnding) {
        if (code === 0) say('blue', `Completed running '${command}'. ${ending}`);
        else say('red', `Failed running '${command}'. ${ending}`);
      }
      resolve(code ?? 0);
    });
  });
  if (paths.length === 0) {
    if (program.length > 0) files.addFile(path.resolve(program[0]));
    watchEnvFiles();
  }
}

async function stop(signal) {
  child.isEnding = true;
  let waited = false;
  const timer = setTimeout(() => {
    waited = true;
    say('blue', 'Waiting for graceful termination...');
  }, kGrace);
  child.kill(signal);
  const code = await exited;
  clearTimeout(timer);
  return { code, waited };
}

let restarting = false;

async function restart(changed) {
  if (restarting) return;
  restarting = true;
  if (!getOptionValue('--watch-preserve-output')) process.stdout.write(colors.clear);
  say('blue', `Change detected in ${[...changed].map((file) => `'${file}'`).join(', ')}`);
  say('green', `Restarting '${command}'`);
  const { waited } = await stop(killSignal);
  if (waited) say('green', `Gracefully restarted '${command}'`);
  files.clearFiles();
  start();
  restarting = false;
}

function endWith(signal) {
  process.on(signal, async () => {
    files.close();
    const { code } = await stop(signal);
    process.exit(code);
  });
}

colors.refresh();
require('internal/process/env_files').checkEnvFiles();
for (const each of paths) files.addPath(each);
files.on('changed', restart);
endWith('SIGINT');
endWith('SIGTERM');
start();

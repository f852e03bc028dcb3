// SPDX-License-Identifier: MIT
'use strict';

// --env-file and --env-file-if-exists: variables for process.env before the program begins. What the environment has
// already stays; of several files the later one wins, whichever of the two options named it.

const { getOptionValue } = require('internal/options');

const kOption = /^--env-file(-if-exists)?(?:=(.*))?$/s;

function* namedFiles(args) {
  for (let k = 0; k < args.length; k++) {
    const match = kOption.exec(args[k]);
    if (match !== null) yield { path: match[2] ?? args[++k], optional: match[1] !== undefined };
  }
}

// The texts of the files that are there; a file that must be there ends the process when it is not.
function readFiles() {
  const texts = [];
  if (getOptionValue('--env-file').length === 0 && getOptionValue('--env-file-if-exists').length === 0) return texts;
  const fs = require('fs');
  for (const { path, optional } of namedFiles(process.execArgv)) {
    try {
      texts.push(fs.readFileSync(path, 'utf8'));
    } catch {
      if (!optional) {
        process._rawDebug(`${process.execPath}: ${path}: not found`);
        process.reallyExit(9);
      }
      process._rawDebug(`${path} not found. Continuing without it.`);
    }
  }
  return texts;
}

function loadEnvFiles() {
  const texts = readFiles();
  if (texts.length === 0) return;
  const values = { __proto__: null };
  for (const text of texts) Object.assign(values, require('util').parseEnv(text));
  // Options are read where the process begins: it begins again, with them in its environment.
  const isNew = values.NODE_OPTIONS && process.env.NODE_OPTIONS === undefined;
  for (const key of Object.keys(values)) {
    if (process.env[key] === undefined) process.env[key] = values[key];
  }
  if (isNew) {
    const { execArgv, argv } = internalBinding('process').info;
    internalBinding('process').execve({
      file: process.execPath,
      args: [process.argv0, ...execArgv, ...argv.slice(1)],
      envPairs: Object.entries(process.env).map(({ 0: key, 1: value }) => `${key}=${value}`),
    });
  }
}

// For a process that only starts others with these options.
function checkEnvFiles() {
  readFiles();
}

module.exports = { checkEnvFiles, loadEnvFiles, namedFiles };

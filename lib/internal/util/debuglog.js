// SPDX-License-Identifier: MIT
'use strict';

// util.debuglog: messages of a section that NODE_DEBUG names, on standard error.

const { formatWithOptions } = require('internal/util/format');

let enabledTest;
const impls = { __proto__: null };

function isEnabled(set) {
  if (enabledTest === undefined) {
    const wanted = process.env.NODE_DEBUG;
    if (wanted) {
      const pattern = wanted.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^');
      const regexp = new RegExp(`^${pattern}$`, 'i');
      enabledTest = (name) => regexp.test(name);
    } else {
      enabledTest = () => false;
    }
  }
  return enabledTest(set);
}

function implementation(set) {
  if (impls[set] !== undefined) return impls[set];
  if (!isEnabled(set)) return impls[set] = () => {};
  if (set === 'HTTP' || set === 'HTTP2') {
    process.emitWarning(`Setting the NODE_DEBUG environment variable to '${set.toLowerCase()}' can expose sensitive ` +
      'data (such as passwords, tokens and authentication headers) in the resulting log.');
  }
  return impls[set] = (...args) => {
    const colors = require('internal/util/colors').shouldColorize(process.stderr);
    const message = formatWithOptions({ colors }, ...args);
    const id = colors ? `\u001b[33m${process.pid}\u001b[39m` : process.pid;
    process.stderr.write(`${set} ${id}: ${message}\n`);
  };
}

function debuglog(set, cb) {
  const nameSet = () => (set = `${set}`.toUpperCase());
  let enabled;
  let log = (...args) => {
    nameSet();
    log = implementation(set);
    if (typeof cb === 'function') cb(logger);
    log(...args);
  };
  const logger = (...args) => log(...args);
  Object.defineProperty(logger, 'enabled', {
    __proto__: null,
    get: () => enabled ??= isEnabled(nameSet()),
    configurable: true,
    enumerable: true,
  });
  return logger;
}

module.exports = { debuglog };

// SPDX-License-Identifier: MIT
'use strict';

// process.permission, there with --permission: what this thread may do, asked and given up. C decides
// (src/runtime/permission.h); refusals are told to the channels node:permission-model:*.

const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const binding = internalBinding('permission');

// Channels by the name of the permission.
const channels = {
  __proto__: null,
  FileSystemRead: 'fs',
  FileSystemWrite: 'fs',
  ChildProcess: 'child',
  WorkerThreads: 'worker',
  WASI: 'wasi',
  Inspector: 'inspector',
  Net: 'net',
  Addon: 'addon',
  FFI: 'ffi',
};

function publish(permission, resource) {
  if (BuiltinModule.isLoaded('diagnostics_channel')) {
    const channel = require('diagnostics_channel').channel(`node:permission-model:${channels[permission]}`);
    if (channel.hasSubscribers) {
      channel.publish({ permission, resource });
    }
  }
}

function textOf(reference) {
  if (reference === undefined) {
    return undefined;
  }
  if (require('internal/util/types').isUint8Array(reference)) {
    return require('buffer').Buffer.from(reference).toString();
  }
  validateString(reference, 'reference');
  return reference;
}

const permission = {
  has(scope, reference) {
    validateString(scope, 'scope');
    return binding.has(scope, textOf(reference));
  },
  drop(scope, reference) {
    validateString(scope, 'scope');
    binding.drop(scope, textOf(reference));
  },
};

// Options that give back what the rest of the permissions rely on.
const kRisky = ['--allow-addons', '--allow-child-process', '--allow-ffi', '--allow-inspector', '--allow-wasi', '--allow-worker'];
const kLists = ['--allow-fs-read', '--allow-fs-write'];

function warn(getOptionValue) {
  kRisky.forEach((flag, k) => {
    if (getOptionValue(flag)) {
      process.emitWarning(`The flag ${flag} must be used with extreme caution. It could invalidate the permission model.`,
                          'SecurityWarning', `PERM000${k + 1}`);
    }
  });
  if (getOptionValue('--allow-openssl-store')) {
    process.emitWarning('The flag --allow-openssl-store must be used with extreme caution. It could invalidate the ' +
      'permission model.', 'SecurityWarning', 'PERM0007');
  }
  if (getOptionValue('--allow-net')) {
    process.emitWarning('The flag --allow-net is under experimental phase.', 'ExperimentalWarning');
  }
  for (const flag of kLists) {
    const value = getOptionValue(flag);
    if (value.length === 1 && value[0].includes(',')) {
      process.emitWarning(`The ${flag} CLI flag has changed. Passing a comma-separated list of paths is no longer valid. ` +
        'Documentation can be found at https://nodejs.org/api/permissions.html#file-system-permissions', 'Warning');
    }
  }
}

// Before the program runs.
function preparePermissions() {
  const { getOptionValue } = require('internal/options');
  if (binding.isEnabled) {
    binding.setListener(publish);
    if (internalBinding('worker').isMainThread) {
      warn(getOptionValue);
    }
    Object.defineProperty(process, 'permission', {
      __proto__: null, enumerable: true, configurable: false, writable: false, value: permission,
    });
    return;
  }
  for (const flag of [...kRisky, '--allow-net', ...kLists]) {
    const value = getOptionValue(flag);
    if (Array.isArray(value) ? value.length > 0 : value) {
      throw new codes.ERR_MISSING_OPTION('--permission');
    }
  }
}

// NODE_OPTIONS for a child process: it may do no more than we.
function optionsForChild(own = '') {
  if (!binding.isEnabled || own.includes('--permission')) {
    return own === '' ? undefined : own;
  }
  const { getOptionValue } = require('internal/options');
  const words = own === '' ? [] : [own];
  words.push(binding.isAudit ? '--permission-audit' : '--permission');
  for (const flag of [...kRisky, '--allow-net']) {
    if (getOptionValue(flag)) {
      words.push(flag);
    }
  }
  for (const flag of kLists) {
    for (const path of getOptionValue(flag)) {
      words.push(/[ "\\]/.test(path) ? `"${flag}=${path.replace(/["\\]/g, '\\$&')}"` : `${flag}=${path}`);
    }
  }
  return words.join(' ');
}

module.exports = { optionsForChild, preparePermissions };

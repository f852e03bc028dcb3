// SPDX-License-Identifier: MIT
'use strict';

// Test files without a process of their own: they are loaded one after the other into this one, and all their tests
// hang under one root.

const { importDynamically } = require('internal/modules/esm/loader');
const { pathToFileURL } = require('internal/url');

function runHere({ files, fromCommandLine, globalSetupPath, cwd, setup, ...settings }) {
  const { finishRoot, makeRunRoot } = require('internal/test_runner/harness');
  const root = makeRunRoot(fromCommandLine ? undefined : settings);
  process.env.NODE_TEST_WORKER_ID = '1';
  const load = async () => {
    await setup?.(root.stream);
    if (globalSetupPath) {
      const hooks = await importDynamically(pathToFileURL(require('path').resolve(cwd, globalSetupPath)).href, {}, undefined);
      const { globalSetup, globalTeardown } = { ...hooks.default, ...hooks };
      root.config.globalTeardown = globalTeardown;
      await globalSetup?.();
    }
    for (const file of files) {
      try {
        await importDynamically(pathToFileURL(require('path').resolve(cwd, file)).href, {}, undefined);
      } catch (error) {
        root.fileFailed(file, require('path').resolve(cwd, file), error);
      }
    }
  };
  const loaded = load();
  root.holdUntil(loaded);
  if (!fromCommandLine) {
    loaded.then(async () => {
      await root.allStarted();
      await root.subtestsEnded;
      await finishRoot(root);
    });
  }
  return root.stream;
}

module.exports = { runHere };

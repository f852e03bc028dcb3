// SPDX-License-Identifier: MIT
'use strict';

// What the main thread does between the library's start and the program's: .env files, the channel to a parent that
// forked us, and the part of a cluster's worker.

function setUpChannel() {
  const { NODE_CHANNEL_FD: text, NODE_CHANNEL_SERIALIZATION_MODE: mode = 'json' } = process.env;
  if (!text) {
    return;
  }
  delete process.env.NODE_CHANNEL_FD;
  delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
  const fd = Number.parseInt(text, 10);
  if (fd >= 0) {
    require('internal/child_process/channel').setupChild(fd, mode);
  }
}

function setUpSourceMaps() {
  if (require('internal/options').getOptionValue('--enable-source-maps')) {
    process.setSourceMapsEnabled(true);
  }
}

function setUpCoverage() {
  const { NODE_V8_COVERAGE: folder } = process.env;
  const { getOptionValue } = require('internal/options');
  // The runner's own process is measured where it runs the tests itself.
  if (getOptionValue('--experimental-test-coverage') && process.env.NODE_TEST_CONTEXT === undefined &&
      (!getOptionValue('--test') || getOptionValue('--test-isolation') === 'none')) {
    require('internal/test_runner/coverage').measureProcess();
  } else if (folder) {
    require('internal/coverage/profile').startFromEnvironment(folder);
  }
}

function setUpCompileCache() {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  if (folder) require('internal/modules/compile_cache').enableFromEnvironment(folder);
}

function prepareMainThread() {
  if (internalBinding('permission').isAsked) require('internal/process/permission').preparePermissions();
  require('internal/process/env_files').loadEnvFiles();
  if (process.execArgv.length > 0 || process.env.NODE_OPTIONS) {
    const { applyGivenOptions, traceEnvironment } = require('internal/process/given_options');
    traceEnvironment();
    applyGivenOptions();
  }
  setUpCoverage();
  setUpCompileCache();
  setUpChannel();
  if (process.env.WATCH_REPORT_DEPENDENCIES && process.send !== undefined) {
    require('internal/watch/report').reportDependencies((message) => {
      if (process.connected) process.send(message, undefined, undefined, () => {}); // who is gone does not watch
    });
  }
  setUpSourceMaps();
  if (process.env.NODE_UNIQUE_ID !== undefined) {
    require('cluster')._setupWorker();
    // Its own children are nobody's workers.
    delete process.env.NODE_UNIQUE_ID;
  }
}

module.exports = { prepareMainThread, setUpCompileCache, setUpCoverage, setUpSourceMaps };

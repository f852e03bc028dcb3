// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for child processes: the host's own handle, whose spawn() takes its arguments one by one.

const { Process: HostProcess } = require('./host').internalBinding('process_wrap');

class Process {
  constructor() {
    this.host = new HostProcess();
    this.host.onexit = (...args) => this.onexit(...args);
  }

  spawn(options) {
    const flags = options.detached ? 1 << 3 : 0;
    return this.host.spawn(options.file, options.args, options.cwd ?? undefined, options.envPairs, options.stdio, flags,
      options.uid ?? undefined, options.gid ?? undefined);
  }

  get pid() {
    return this.host.pid;
  }

  kill(signal) {
    return this.host.kill(signal);
  }

  close() {
    this.host.close();
  }

  ref() {
    this.host.ref();
  }

  unref() {
    this.host.unref();
  }
}

module.exports = { Process };

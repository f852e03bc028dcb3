// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the process binding, over the host's process.

const os = require('os');
const host = process;
const hrtimeBuffer = new ArrayBuffer(16);
const words = new Uint32Array(hrtimeBuffer, 0, 3);
const count = new BigInt64Array(hrtimeBuffer, 0, 1);

function errnoOf(fn) {
  try {
    fn();
    return 0;
  } catch (error) {
    return error.errno;
  }
}

const life = {};

module.exports = {
  life,
  info: {
    argv: [...host.argv],
    execArgv: [],
    argv0: host.argv0,
    execPath: host.execPath,
    pid: host.pid,
    version: host.version,
    versions: { ...host.versions },
    arch: host.arch,
    platform: host.platform,
    release: { name: 'node' },
    env: host.env,
  },
  hrtimeBuffer,
  hrtime() {
    const [seconds, nanos] = host.hrtime();
    words[0] = Math.floor(seconds / 0x100000000);
    words[1] = seconds;
    words[2] = nanos;
  },
  hrtimeBigInt() {
    count[0] = host.hrtime.bigint();
  },
  uptime: () => host.uptime(),
  memoryUsage(fields) {
    fields.set(Object.values(host.memoryUsage()));
  },
  rss: () => host.memoryUsage.rss(),
  cpuUsage(fields) {
    fields.set(Object.values(host.cpuUsage()));
    return 0;
  },
  threadCpuUsage(fields) {
    fields.set(Object.values(host.threadCpuUsage()));
    return 0;
  },
  resourceUsage(fields) {
    fields.set(Object.values(host.resourceUsage()));
    return 0;
  },
  constrainedMemory: () => host.constrainedMemory(),
  availableMemory: () => host.availableMemory(),
  exitCode: -1,
  setExitCode(code) {
    module.exports.exitCode = code;
  },
  reallyExit: (code) => host.reallyExit(code),
  abort: () => host.abort(),
  kill: (pid, signal) => errnoOf(() => host.kill(pid, signal)),
  chdir: (dir) => errnoOf(() => host.chdir(dir)),
  cwd: () => host.cwd(),
  umask: (mask) => (mask === -1 ? host.umask() : host.umask(mask)),
  rawDebug: (text) => host._rawDebug(text),
  getTitle: () => host.title,
  setTitle(title) {
    host.title = title;
  },
  getppid: () => host.ppid,
  getuid: () => host.getuid(),
  geteuid: () => host.geteuid(),
  getgid: () => host.getgid(),
  getegid: () => host.getegid(),
  getgroups: () => host.getgroups(),
  setuid: (id) => (typeof id === 'string' && id !== os.userInfo().username ? 1 : errnoOf(() => host.setuid(id))),
  setgid: (id) => (typeof id === 'string' ? 1 : errnoOf(() => host.setgid(id))),
  seteuid: (id) => (typeof id === 'string' ? 1 : errnoOf(() => host.seteuid(id))),
  setegid: (id) => (typeof id === 'string' ? 1 : errnoOf(() => host.setegid(id))),
  setgroups: () => 0,
  initgroups: () => 0,
  getActiveHandles: () => [],
  getActiveRequests: () => [],
  getActiveResources: () => [],
  setLifeCallbacks(callbacks) {
    Object.assign(life, callbacks);
  },
};

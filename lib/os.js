// SPDX-License-Identifier: MIT
'use strict';

// os: what the machine and the account are.

const binding = internalBinding('os');
const constants = internalBinding('constants').os;
const { codes } = require('internal/errors');
const { validateInt32 } = require('internal/validators');
const { getCIDR, isWindows } = require('internal/util');

function systemError(context) {
  return new codes.ERR_SYSTEM_ERROR(context);
}

// A binding call that reports failure in a context object.
function checked(fn) {
  return () => {
    const context = {};
    const value = fn(context);
    if (value === undefined) throw systemError(context);
    return value;
  };
}

let unameCache;
function uname() {
  // sysname, version, release, machine
  return unameCache ??= checked(binding.getOSInformation)();
}

const getHostname = checked(binding.getHostname);
const getHomeDirectory = checked(binding.getHomeDirectory);
const getUptime = checked(binding.getUptime);

function arch() {
  return process.arch;
}
function availableParallelism() {
  return binding.getAvailableParallelism();
}

function cpus() {
  // Seven values a processor: model, speed, user, nice, sys, idle, irq.
  const data = binding.getCPUs() ?? [];
  const result = [];
  for (let i = 0; i < data.length; i += 7) {
    result.push({
      model: data[i],
      speed: data[i + 1],
      times: { user: data[i + 2], nice: data[i + 3], sys: data[i + 4], idle: data[i + 5], irq: data[i + 6] },
    });
  }
  return result;
}

function endianness() {
  return 'LE';
}
function freemem() {
  return binding.getFreeMem();
}
function homedir() {
  return getHomeDirectory();
}
function hostname() {
  return getHostname();
}

const loads = new Float64Array(3);
function loadavg() {
  binding.getLoadAvg(loads);
  return [loads[0], loads[1], loads[2]];
}

function networkInterfaces() {
  // Seven values an address: name, address, netmask, family, mac, internal, scopeid.
  const context = {};
  const data = binding.getInterfaceAddresses(context);
  if (data === undefined) throw systemError(context);
  const result = {};
  for (let i = 0; i < data.length; i += 7) {
    const entry = {
      address: data[i + 1],
      netmask: data[i + 2],
      family: data[i + 3],
      mac: data[i + 4],
      internal: data[i + 5],
      cidr: getCIDR(data[i + 1], data[i + 2], data[i + 3]),
    };
    if (data[i + 6] !== -1) entry.scopeid = data[i + 6];
    (result[data[i]] ??= []).push(entry);
  }
  return result;
}

function platform() {
  return process.platform;
}
function release() {
  return uname()[2];
}

function tmpdir() {
  const path = process.env.TMPDIR || process.env.TMP || process.env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function totalmem() {
  return binding.getTotalMem();
}
function type() {
  return uname()[0];
}

function userInfo(options) {
  if (typeof options !== 'object') options = null;
  const context = {};
  const user = binding.getUserInfo(options?.encoding, context);
  if (user === undefined) throw systemError(context);
  return user;
}

function uptime() {
  return getUptime();
}
function version() {
  return uname()[1];
}
function machine() {
  return uname()[3];
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  const context = {};
  const priority = binding.getPriority(pid, context);
  if (priority === undefined) throw systemError(context);
  return priority;
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  const context = {};
  if (binding.setPriority(pid, priority, context) !== 0) throw systemError(context);
}

// `${os.hostname}` reads as the value.
for (const fn of [availableParallelism, arch, endianness, freemem, homedir, hostname, machine, platform, release,
  tmpdir, totalmem, type, uptime, version]) {
  Object.defineProperty(fn, Symbol.toPrimitive, {
    __proto__: null, value: () => fn(), writable: true, enumerable: false, configurable: true,
  });
}

module.exports = {
  arch, availableParallelism, cpus, endianness, freemem, getPriority, homedir, hostname, loadavg, networkInterfaces,
  platform, release, setPriority, tmpdir, totalmem, type, userInfo, uptime, version, machine,
};

Object.defineProperties(module.exports, {
  constants: { __proto__: null, configurable: false, enumerable: true, value: constants },
  EOL: { __proto__: null, configurable: true, enumerable: true, writable: false, value: isWindows ? '\r\n' : '\n' },
  devNull: { __proto__: null, configurable: true, enumerable: true, writable: false,
    value: isWindows ? '\\\\.\\nul' : '/dev/null' },
});

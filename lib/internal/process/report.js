// SPDX-License-Identifier: MIT
'use strict';

// process.report: what there is to know of the process, as an object of Node's shape, for whoever looks into its trouble.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { codes } = require('internal/errors');
const { validateBoolean, validateObject, validateString } = require('internal/validators');

const settings = { directory: '', filename: '', compact: false, excludeNetwork: false, excludeEnv: false, signal: 'SIGUSR2',
                   onSignal: false, onUncaught: false };
let sequence = 0;

function stackOf(error) {
  const text = typeof error?.stack === 'string' ? error.stack : `${error}`;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  const isObject = error !== null && typeof error === 'object';
  const properties = {};
  for (const key of isObject ? Object.keys(error) : []) {
    if (key !== 'stack' && key !== 'message') {
      properties[key] = `${error[key]}`;
    }
  }
  return {
    message: (first === -1 ? lines : lines.slice(0, first)).join('\n'),
    stack: first === -1 ? [] : lines.slice(first).map((line) => line.trim()),
    errorProperties: properties,
  };
}

function header(event, trigger, filename) {
  const now = new Date();
  const { sysname, release, version, machine } = { sysname: os.type(), release: os.release(), version: os.version(),
                                                   machine: os.machine() };
  const result = {
    reportVersion: 5,
    event,
    trigger,
    filename,
    dumpEventTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    dumpEventTimeStamp: `${now.getTime()}`,
    processId: process.pid,
    threadId: internalBinding('worker').threadId,
    cwd: process.cwd(),
    commandLine: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    nodejsVersion: process.version,
    wordSize: 64,
    arch: process.arch,
    platform: process.platform,
    componentVersions: { ...process.versions },
    release: { ...process.release },
    osName: sysname,
    osRelease: release,
    osVersion: version,
    osMachine: machine,
    cpus: os.cpus().map(({ model, speed, times }) => ({ model, speed, ...times })),
    host: os.hostname(),
  };
  if (!settings.excludeNetwork) {
    result.networkInterfaces = Object.entries(os.networkInterfaces()).flatMap(([name, list]) => (
      list.map(({ internal, mac, address, netmask, family }) => ({ name, internal, mac, address, netmask, family }))
    ));
  }
  return result;
}

function heap() {
  const v8 = require('v8');
  const statistics = v8.getHeapStatistics();
  const heapSpaces = {};
  for (const space of v8.getHeapSpaceStatistics()) {
    heapSpaces[space.space_name] = {
      memorySize: space.space_size, committedMemory: space.physical_space_size, capacity: space.space_size,
      used: space.space_used_size, available: space.space_available_size,
    };
  }
  return {
    totalMemory: statistics.total_heap_size,
    executableMemory: statistics.total_heap_size_executable,
    totalCommittedMemory: statistics.total_physical_size,
    availableMemory: statistics.total_available_size,
    totalGlobalHandlesMemory: statistics.total_global_handles_size,
    usedGlobalHandlesMemory: statistics.used_global_handles_size,
    usedMemory: statistics.used_heap_size,
    memoryLimit: statistics.heap_size_limit,
    mallocedMemory: statistics.malloced_memory,
    externalMemory: statistics.external_memory,
    peakMallocedMemory: statistics.peak_malloced_memory,
    nativeContextCount: statistics.number_of_native_contexts,
    detachedContextCount: statistics.number_of_detached_contexts,
    doesZapGarbage: statistics.does_zap_garbage,
    heapSpaces,
  };
}

function resources(usage, seconds) {
  const cpu = (usage.user + usage.system) / 1e6;
  return { userCpuSeconds: usage.user / 1e6, kernelCpuSeconds: usage.system / 1e6,
           cpuConsumptionPercent: seconds > 0 ? cpu / seconds * 100 : 0 };
}

function resourceUsage() {
  const usage = process.resourceUsage();
  const seconds = process.uptime();
  return {
    free_memory: `${os.freemem()}`,
    total_memory: `${os.totalmem()}`,
    rss: `${process.memoryUsage.rss()}`,
    constrained_memory: `${process.constrainedMemory()}`,
    available_memory: `${process.availableMemory()}`,
    ...resources({ user: usage.userCPUTime, system: usage.systemCPUTime }, seconds),
    maxRss: `${usage.maxRSS * 1024}`,
    pageFaults: { IORequired: `${usage.majorPageFault}`, IONotRequired: `${usage.minorPageFault}` },
    fsActivity: { reads: usage.fsRead, writes: usage.fsWrite },
  };
}

function readLines(file) {
  try {
    return internalBinding('fs').readFileUtf8(file, 0).split('\n');
  } catch {
    return [];
  }
}

const limitNames = { '__proto__': null, 'Max core file size': 'core_file_size_blocks', 'Max data size': 'data_seg_size_bytes',
                     'Max file size': 'file_size_blocks', 'Max locked memory': 'max_locked_memory_bytes',
                     'Max resident set': 'max_memory_size_bytes', 'Max open files': 'open_files',
                     'Max stack size': 'stack_size_bytes', 'Max cpu time': 'cpu_time_seconds',
                     'Max processes': 'max_user_processes', 'Max address space': 'virtual_memory_bytes' };

function userLimits() {
  const result = {};
  for (const line of readLines('/proc/self/limits')) {
    const match = /^(.+?) {2,}(\S+) +(\S+)/.exec(line);
    const name = match && limitNames[match[1]];
    if (name) {
      const value = (text) => (text === 'unlimited' ? text : Number(text));
      result[name] = { soft: value(match[2]), hard: value(match[3]) };
    }
  }
  return result;
}

function sharedObjects() {
  const found = new Set();
  for (const line of readLines('/proc/self/maps')) {
    const match = /\s(\/\S+\.so[.\d]*)$/.exec(line);
    if (match) {
      found.add(match[1]);
    }
  }
  return [...found];
}

function make(event, trigger, filename, error) {
  const result = {
    header: header(event, trigger, filename),
    javascriptStack: stackOf(error),
    javascriptHeap: heap(),
    nativeStack: [],
    resourceUsage: resourceUsage(),
    uvthreadResourceUsage: resources(process.threadCpuUsage(), process.uptime()),
    libuv: process.getActiveResourcesInfo().map((type) => ({ type, is_active: true })),
    workers: [],
  };
  if (!settings.excludeEnv) {
    result.environmentVariables = { ...process.env };
  }
  result.userLimits = userLimits();
  result.sharedObjects = sharedObjects();
  return result;
}

function synthetic(below) {
  const error = new codes.ERR_SYNTHETIC();
  Error.captureStackTrace(error, below);
  error.stack = error.stack.replace('Error:', 'Error [ERR_SYNTHETIC]:');
  return error;
}

function nameOf() {
  const now = new Date();
  const pad = (number, width = 2) => `${number}`.padStart(width, '0');
  const day = `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`;
  const time = `${pad(now.getHours())}${pad(now.getMinutes())}${pad(now.getSeconds())}`;
  return `report.${day}.${time}.${process.pid}.${internalBinding('worker').threadId}.${pad(++sequence, 3)}.json`;
}

function write(event, trigger, file, error) {
  const name = file ?? (settings.filename || nameOf());
  const text = JSON.stringify(make(event, trigger, name, error), null, settings.compact ? 0 : 2);
  if (name === 'stdout' || name === 'stderr') {
    fs.writeSync(name === 'stdout' ? 1 : 2, `${text}\n`);
    return name;
  }
  const where = path.resolve(settings.directory || process.cwd(), name);
  fs.writeFileSync(where, `${text}\n`);
  process._rawDebug(`\nWriting Node.js report to file: ${name}\nNode.js report completed`);
  return name;
}

function onSignal(signal) {
  write('Signal', signal, undefined, synthetic(onSignal));
}

function onUncaught(error) {
  write('Exception', 'Exception', undefined, error);
}

// Listens to an event of process while `on`.
function listen(on, was, event, listener) {
  if (on !== was) {
    process[on ? 'on' : 'removeListener'](event, listener);
  }
}

const report = {
  writeReport(file, error) {
    if (file !== null && typeof file === 'object') {
      error = file;
      file = undefined;
    } else if (file !== undefined) {
      validateString(file, 'file');
    }
    if (error === undefined) {
      error = synthetic(report.writeReport);
    } else {
      validateObject(error, 'err');
    }
    return write('JavaScript API', 'API', file, error);
  },
  getReport(error) {
    if (error === undefined) {
      error = synthetic(report.getReport);
    } else {
      validateObject(error, 'err');
    }
    return make('JavaScript API', 'GetReport', null, error);
  },
  get directory() {
    return settings.directory;
  },
  set directory(value) {
    validateString(value, 'directory');
    settings.directory = value;
  },
  get filename() {
    return settings.filename;
  },
  set filename(value) {
    validateString(value, 'filename');
    settings.filename = value;
  },
  get compact() {
    return settings.compact;
  },
  set compact(value) {
    validateBoolean(value, 'compact');
    settings.compact = value;
  },
  get excludeNetwork() {
    return settings.excludeNetwork;
  },
  set excludeNetwork(value) {
    validateBoolean(value, 'excludeNetwork');
    settings.excludeNetwork = value;
  },
  get signal() {
    return settings.signal;
  },
  set signal(value) {
    require('internal/validators').validateSignalName(value, 'signal');
    listen(false, settings.onSignal, settings.signal, onSignal);
    settings.signal = value;
    listen(settings.onSignal, false, value, onSignal);
  },
  get reportOnFatalError() {
    return false;
  },
  set reportOnFatalError(value) {
    validateBoolean(value, 'trigger');
    if (value) {
      throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('process.report.reportOnFatalError');
    }
  },
  get reportOnSignal() {
    return settings.onSignal;
  },
  set reportOnSignal(value) {
    validateBoolean(value, 'trigger');
    listen(value, settings.onSignal, settings.signal, onSignal);
    settings.onSignal = value;
  },
  get reportOnUncaughtException() {
    return settings.onUncaught;
  },
  set reportOnUncaughtException(value) {
    validateBoolean(value, 'trigger');
    listen(value, settings.onUncaught, 'uncaughtExceptionMonitor', onUncaught);
    settings.onUncaught = value;
  },
  get excludeEnv() {
    return settings.excludeEnv;
  },
  set excludeEnv(value) {
    validateBoolean(value, 'excludeEnv');
    settings.excludeEnv = value;
  },
};

module.exports = { report };

// SPDX-License-Identifier: MIT
// The node side of tools/test262: the same requests and answers as `culm-shell --serve-tests` (src/shell/conformance.c),
// each test in a context of its own. Needs --experimental-vm-modules and --expose-gc.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const vm = require('vm');
const { MessageChannel, Worker, isMainThread, workerData, parentPort, receiveMessageOnPort } = require('worker_threads');

// console.log of jobs that outlive their test must not end the process.
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});

function makeHost(context, state) {
  const global = vm.runInContext('globalThis', context);
  const print = vm.runInContext('(out) => (...args) => { out(args.map(String).join(" ")); }', context);
  const host = vm.runInContext('({})', context);
  host.global = global;
  host.gc = () => globalThis.gc();
  host.detachArrayBuffer = (buffer) => {
    structuredClone(buffer, { transfer: [buffer] });
    return null;
  };
  host.evalScript = (source) => new vm.Script(source, { importModuleDynamically: state.dynamic }).runInContext(context);
  host.createRealm = () => makeHost(vm.createContext(vm.constants.DONT_CONTEXTIFY), state);
  host.agent = makeAgent(state);
  global.$262 = host;
  global.print = print((line) => state.out.push(line));
  global.setTimeout = (fn, ms) => { setTimeout(fn, ms); };
  for (const name of ['$262', 'print', 'setTimeout'])
    Object.defineProperty(global, name, { enumerable: false });
  return host;
}

// --- agents: workers that evaluate their source, with a shared word each to hand over broadcasts ----------------------

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function makeAgent(state) {
  return {
    start(source) {
      const ready = new Int32Array(new SharedArrayBuffer(8));
      const { port1, port2 } = new MessageChannel();
      const worker = new Worker(__filename, { workerData: { source, ready, reports: port2 }, transferList: [port2] });
      worker.on('error', () => {});
      state.agents.push({ worker, ready, reports: port1 });
      Atomics.wait(ready, 0, 0, 5000);
    },
    broadcast(buffer, number) {
      for (const { worker, ready } of state.agents) {
        Atomics.store(ready, 1, 0);
        worker.postMessage({ buffer, number });
      }
      for (const { ready } of state.agents)
        Atomics.wait(ready, 1, 0, 5000);
    },
    getReport() {
      for (const { reports } of state.agents) {
        const message = receiveMessageOnPort(reports);
        if (message)
          return message.message;
      }
      return null;
    },
    sleep,
    monotonicNow: () => performance.now(),
  };
}

// --- one test -----------------------------------------------------------------------------------------------------

async function runTest([flags, file, ...harness]) {
  const state = { out: [], agents: [] };
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY);
  const modules = new Map();
  let phase = 'harness';

  function load(name, attributes) {
    const key = `${attributes?.type ?? ''}:${name}`;
    if (modules.has(key))
      return modules.get(key);
    const text = fs.readFileSync(name, 'utf8');
    let module;
    if (attributes?.type === 'json' || attributes?.type === 'text') {
      let value = text;
      if (attributes.type === 'json')
        value = vm.runInContext('JSON', context).parse(text);
      module = new vm.SyntheticModule(['default'], function () { this.setExport('default', value); }, { context });
    } else {
      module = new vm.SourceTextModule(text, { context, identifier: name, importModuleDynamically: state.dynamic,
                                               initializeImportMeta() {} });
    }
    modules.set(key, module);
    return module;
  }
  const resolve = (specifier, referrer, extra) =>
    load(path.resolve(path.dirname(referrer.identifier ?? file), specifier), extra?.attributes);
  state.dynamic = async (specifier, referrer, attributes) => {
    const module = load(path.resolve(path.dirname(referrer.identifier ?? file), specifier), attributes);
    if (module.status === 'unlinked')
      await module.link(resolve);
    await module.evaluate();
    return module;
  };
  makeHost(context, state);
  let error, failed = false;
  try {
    for (const name of harness)
      new vm.Script(fs.readFileSync(name, 'utf8'), { filename: name }).runInContext(context);
    phase = 'parse';
    if (flags.includes('m')) {
      const module = load(file);
      phase = 'resolution';
      await module.link(resolve);
      phase = 'runtime';
      await Promise.race([module.evaluate(), new Promise((done) => setTimeout(done, 3000).unref())]);
    } else {
      const source = (flags.includes('s') ? '"use strict";\n' : '') + fs.readFileSync(file, 'utf8');
      const script = new vm.Script(source, { filename: file, importModuleDynamically: state.dynamic });
      phase = 'runtime';
      script.runInContext(context);
    }
    phase = 'ok';
  } catch (e) {
    failed = true;
    error = e;
  }
  if (!failed && harness.some((name) => name.endsWith('doneprintHandle.js'))) {
    const end = Date.now() + 5000;
    do
      await new Promise((done) => setImmediate(done));
    while (!state.out.some((line) => line.startsWith('Test262:')) && Date.now() < end);
  }
  for (const { worker, reports } of state.agents) {
    reports.close();
    worker.terminate();
  }
  let name = '-';
  if (failed) {
    try { name = String(error.constructor.name) || '-'; } catch {}
    try { state.out.push(String(error)); } catch {}
  }
  const text = Buffer.from(state.out.join('\n'));
  fs.writeSync(1, `${phase} ${name.replace(/\s/g, '?')} ${text.length}\n`);
  if (text.length)
    fs.writeSync(1, text);
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin }))
    await runTest(line.split('\t'));
  process.exit(0);
}

function agentMain() {
  const { source, ready, reports } = workerData;
  const pending = [];
  let callback;
  parentPort.on('message', ({ buffer, number }) => {
    Atomics.store(ready, 1, 1);
    Atomics.notify(ready, 1);
    if (callback)
      callback(buffer, number);
    else
      pending.push([buffer, number]);
  });
  globalThis.$262 = {
    agent: {
      receiveBroadcast(fn) {
        callback = fn;
        if (pending.length)
          fn(...pending.shift());
      },
      report(value) { reports.postMessage(String(value)); },
      leaving() {},
      sleep,
      monotonicNow: () => performance.now(),
    },
  };
  Atomics.store(ready, 0, 1);
  Atomics.notify(ready, 0);
  vm.runInThisContext(source);
}

if (isMainThread)
  main();
else
  agentMain();

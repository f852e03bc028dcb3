// Trace events: createTracing() switches categories on and off, the log is JSON with what happened in between.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-trace-'));

function run(args, source) {
  const { status, stderr } = spawnSync(process.execPath, [...args, '-e', source], { cwd: folder, encoding: 'utf8' });
  console.log('status', status, stderr);
  const [file] = fs.readdirSync(folder);
  const events = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')).traceEvents;
  fs.rmSync(path.join(folder, file));
  return { file, events: events.filter((event) => event.cat !== '__metadata'),
           metadata: events.filter((event) => event.cat === '__metadata') };
}

function show({ events }) {
  for (const { cat, name, ph, args } of events) console.log(cat, ph, name, JSON.stringify(args));
}

console.log('-- console');
const first = run(['--trace-event-categories', 'node.console'], `
  console.time('a'); console.timeLog('a'); console.timeEnd('a'); console.count('b'); console.count('b'); console.countReset('b');`);
show(first);
console.log(first.file, first.events.every(({ pid, tid, ts, tts }) => pid === tid && ts > 0 && tts > 0));
console.log([...new Set(first.metadata.map(({ name, ph }) => `${ph} ${name}`))].filter((name) => name !== 'M thread_name').sort());

console.log('-- switched by the program');
show(run(['--trace-event-file-pattern', 'log-${rotation}.json'], `
  const { createTracing, getEnabledCategories } = require('trace_events');
  const fs = require('fs');
  const tracing = createTracing({ categories: ['node.fs.sync'] });
  fs.existsSync('.'); fs.accessSync('.');
  tracing.enable();
  fs.accessSync('.');
  if (getEnabledCategories() !== 'node.fs.sync') throw new Error(getEnabledCategories());
  tracing.disable();
  fs.accessSync('.');`));

console.log('-- rejections');
show(run(['--no-warnings', '--trace-event-categories', 'node.promises.rejections'], `
  process.on('unhandledRejection', () => {});
  const p = Promise.reject(1);
  setImmediate(() => p.catch(() => {}));`));

console.log('-- async_hooks of threads');
const { events } = run(['--trace-event-categories', 'node.async_hooks'], `
  const { Worker } = require('worker_threads');
  setTimeout(() => {}, 1);
  new Worker('setTimeout(() => {}, 1)', { eval: true, name: 'other' });`);
const timeouts = events.filter(({ name, ph }) => name === 'Timeout' && ph === 'b');
console.log(timeouts.length, new Set(timeouts.map(({ tid }) => tid)).size, Object.keys(timeouts[0].args.data).sort());

console.log('-- process.exit() ends the log too');
console.log(run(['--trace-event-categories', 'node.environment'], 'process.exit(3)').events.length > 0);
fs.rmSync(folder, { recursive: true });

// Uncaught exceptions and rejections: events, order, survival; each case in a child.
'use strict';
const { spawnSync } = require('child_process');
const cases = {
  uncaught: `process.on('exit', (c) => console.log('exit', c)); setTimeout(() => { throw new Error('boom'); }, 1); setTimeout(() => console.log('never'), 20);`,
  handled: `process.on('uncaughtException', (e, o) => console.log('caught', e.message, o)); setTimeout(() => { process.nextTick(() => console.log('tick survives')); throw new Error('one'); }, 150); setTimeout(() => console.log('goes on'), 250); process.nextTick(() => { throw new Error('in tick'); }); process.nextTick(() => console.log('next tick runs'));`,
  monitor: `process.on('uncaughtExceptionMonitor', (e, o) => console.log('monitor', e.message, o)); throw new Error('watched');`,
  rejection: `process.on('exit', (c) => console.log('exit', c)); Promise.reject(new Error('rej'));`,
  primitive: `Promise.reject(5);`,
  unhandledEvent: `process.on('unhandledRejection', (r, p) => console.log('unhandled', r.message, p instanceof Promise)); Promise.reject(new Error('x')); setTimeout(() => console.log('alive'), 5);`,
  late: `process.on('unhandledRejection', () => console.log('unhandled')); process.on('rejectionHandled', (p) => console.log('handled later', p instanceof Promise)); const p = Promise.reject(new Error('x')); setTimeout(() => p.catch(() => console.log('caught')), 5);`,
  uncaughtRejection: `process.on('uncaughtException', (e, o) => console.log(e.message, o)); Promise.reject(new Error('r')); Promise.reject(7);`,
  again: `process.on('uncaughtException', () => { throw new Error('again'); }); throw new Error('first');`,
  capture: `process.setUncaughtExceptionCaptureCallback((e) => console.log('captured', e.message)); setTimeout(() => console.log('alive'), 2); throw new Error('c');`,
  exitCode: `process.on('exit', () => { process.exitCode = 42; }); throw new Error('x');`,
  exitInHandler: `process.on('uncaughtException', () => process.exit(5)); throw 1;`,
  exitCall: `process.on('exit', (c) => { console.log('exit', c); process.exit(3); }); process.exit(2);`,
  exitCodeProp: `process.exitCode = 4; process.on('exit', (c) => console.log(c));`,
  immediate: `process.on('uncaughtException', (e) => console.log('caught', e)); setImmediate(() => { throw 1; }); setImmediate(() => console.log('second immediate'));`,
  interval: `process.on('uncaughtException', (e) => console.log('caught', e)); let n = 0; const i = setInterval(() => { if (++n === 3) clearInterval(i); throw n; }, 1);`,
  micro: `process.on('uncaughtException', (e) => console.log('caught', e)); queueMicrotask(() => { throw 'm'; }); queueMicrotask(() => console.log('still runs'));`,
  signal: `process.on('SIGUSR2', (s, n) => { console.log(s, n); clearInterval(i); }); const i = setInterval(() => {}, 1000); process.kill(process.pid, 'SIGUSR2');`,
  sigterm: `setInterval(() => {}, 1000); process.kill(process.pid, 'SIGTERM');`,
  warnings: `process.emitWarning('msg'); process.emitWarning('dep', 'DeprecationWarning', 'DEP0999'); process.emitWarning('custom', { type: 'Custom', code: 'C1', detail: 'some detail' });`,
  noDeprecation: `process.noDeprecation = true; process.emitWarning('dep', 'DeprecationWarning'); process.emitWarning('other');`,
  throwDeprecation: `process.throwDeprecation = true; process.emitWarning('dep', 'DeprecationWarning');`,
  once: `process.once('SIGUSR1', () => { console.log('once'); process.kill(process.pid, 'SIGTERM'); }); setInterval(() => {}, 1000); process.kill(process.pid, 'SIGUSR1');`,
};
const runner = process.env.CULM_RUNNER ? process.env.CULM_RUNNER.split(' ') : [process.execPath];
const fs = require('fs');
const dir = fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'culm-proc-'));
for (const name of Object.keys(cases)) {
  const file = `${dir}/${name}.js`;
  fs.writeFileSync(file, cases[name]);
  const r = spawnSync(runner[0], [...runner.slice(1), file], { encoding: 'utf8' });
  if (/arning|eprecation/.test(name)) {
    r.stdout += r.stderr.split('\n').filter((line) => /^(\(|some)/.test(line)).join('|').replace(/\(node:\d+\)/g, '(node:PID)').replace(/`\S+ --/g, '`node --');
  }
  const errorLine = r.stderr.split('\n').find((line) => /^(\w*Error|UnhandledPromiseRejection|Uncaught)/.test(line) && line !== 'Uncaught:') ?? '';
  console.log(name, r.status, r.signal, JSON.stringify(r.stdout), errorLine);
}
fs.rmSync(dir, { recursive: true });

// exit: 9
// process: properties, methods, errors, warnings, exit codes, tick order.
'use strict';
// modes: interp
const fs = require('fs');
const log = (...args) => fs.writeSync(1, `${args.map((a) => (typeof a === 'string' ? a : require('util').inspect(a, { breakLength: Infinity }))).join(' ')}\n`);
const f = (n, fn) => { try { log(n, fn()); } catch (e) { log(n, e.name, e.code, e.message.replace(process.cwd(), 'CWD')); } };
process.removeAllListeners('warning');
process.on('warning', (w) => log('W', w.name, w.code, w.detail, w.message));
process.emitWarning('msg'); process.emitWarning('dep', 'DeprecationWarning', 'DEP0999'); process.emitWarning('custom', { type: 'Custom', code: 'C1', detail: 'some detail' }); process.emitWarning(new Error('as error'));
{ const e = new Error('x'); e.name = 'MyW'; e.detail = 'dd'; process.emitWarning(e); }
f('w1', () => process.emitWarning(5)); f('w2', () => process.emitWarning('a', 5)); f('w3', () => process.emitWarning('a', 'b', 5)); f('tick', () => process.nextTick(5)); f('chdir', () => process.chdir('/nope-culm')); f('chdir2', () => process.chdir(5)); f('kill', () => process.kill('x')); f('kill2', () => process.kill(process.pid, 'SIGX')); f('kill3', () => process.kill(999999, 0)); f('kill4', () => process.kill(process.pid, 0));
f('hr', () => process.hrtime(5)); f('hr2', () => process.hrtime([1])); f('ec', () => { process.exitCode = 'x'; }); f('ec2', () => { process.exitCode = 1.5; }); f('ec3', () => { process.exitCode = '3'; const v = process.exitCode; process.exitCode = undefined; return v; }); f('umask', () => process.umask('zz')); f('umask2', () => process.umask(2 ** 40)); f('umask3', () => { const old = process.umask('77'); const now = process.umask(); process.umask(old); return now; });
f('cap', () => process.setUncaughtExceptionCaptureCallback(5)); f('cap2', () => { process.setUncaughtExceptionCaptureCallback(() => {}); process.setUncaughtExceptionCaptureCallback(() => {}); }); f('cap3', () => { const v = process.hasUncaughtExceptionCaptureCallback(); process.setUncaughtExceptionCaptureCallback(null); return [v, process.hasUncaughtExceptionCaptureCallback()]; });
f('binding', () => process.binding('nope')); f('env', () => process.loadEnvFile('/nope-culm')); f('uid', () => process.setuid('nobody_x')); f('uid2', () => process.setuid({})); f('dlopen', () => process.dlopen()); f('cpu', () => process.cpuUsage(5)); f('cpu2', () => process.cpuUsage({ user: -1, system: 1 })); f('builtin', () => [process.getBuiltinModule('fs') === fs, process.getBuiltinModule('node:fs') === fs, process.getBuiltinModule('nope')]); f('builtin2', () => process.getBuiltinModule(5));
log(Object.keys(process.memoryUsage()), Object.keys(process.resourceUsage()), Object.keys(process.cpuUsage()), process.hrtime().length, typeof process.hrtime.bigint(), process.hrtime([0, 0])[0] >= 0, typeof process.memoryUsage.rss(), process.uptime() > 0, process.pid > 0, process.ppid > 0);
log(process.version, process.release.name, process.arch, process.platform, process.argv.length, process.argv0.length > 0, process.execArgv, typeof process.execPath, process.cwd() === require('path').resolve('.'), typeof process.title, process.debugPort, process.exitCode, process.domain, String(process), Object.prototype.toString.call(process), process instanceof require('events'), process.constructor.name);
log(Object.getOwnPropertyDescriptor(process, 'version'), Object.getOwnPropertyDescriptor(process, 'exitCode').configurable, Object.isFrozen(process.allowedNodeEnvironmentFlags), typeof process.config.variables, process.features.uv, process.features.require_module, process.sourceMapsEnabled, process.stdout.fd, process.stderr.fd, process.stdin.fd, process.stdout._isStdio, process.getuid() === process.geteuid(), Array.isArray(process.getgroups()), process.getActiveResourcesInfo().length >= 0);
process.env.CULM_TEST = 5; log(process.env.CULM_TEST, 'CULM_TEST' in process.env, delete process.env.CULM_TEST, process.env.CULM_TEST, Object.keys(process.env).includes('PATH'));
log(globalThis.process === process, globalThis.global === globalThis, Object.prototype.toString.call(globalThis), typeof queueMicrotask, typeof structuredClone, typeof setTimeout, Object.keys(globalThis).filter((k) => ['setTimeout', 'global', 'queueMicrotask'].includes(k)).sort());
f('qm', () => queueMicrotask(5)); f('qm2', () => queueMicrotask());
// order
setTimeout(() => { log('timeout'); process.nextTick(() => log('tick in timeout')); Promise.resolve().then(() => log('promise in timeout')); }, 1); setTimeout(() => log('timeout 2'), 1);
setTimeout(() => { setImmediate(() => { log('immediate'); process.nextTick(() => log('tick in immediate')); }); setImmediate(() => log('immediate 2')); }, 5);
process.nextTick((a, b, c, d, e) => { log('tick', a, b, c, d, e); process.nextTick(() => log('nested tick')); Promise.resolve().then(() => log('promise in tick')); }, 1, 2, 3, 4, 5);
Promise.resolve().then(() => { log('promise'); process.nextTick(() => log('tick in promise')); }).then(() => log('promise 2')); queueMicrotask(() => log('microtask'));
process.on('beforeExit', (code) => { if (!globalThis.again) { globalThis.again = true; log('beforeExit', code); setTimeout(() => log('new work'), 1); } else { log('beforeExit again', code); process.exitCode = 9; } });
process.on('exit', (code) => { log('exit', code, process.exitCode, process._exiting); process.nextTick(() => log('never')); });
log('sync end');

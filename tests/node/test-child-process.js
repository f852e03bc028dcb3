// child_process: spawn, exec, execFile, the synchronous forms; errors, signals, timeouts, limits.
'use strict';
const cp = require('child_process');
const util = require('util');
const log = (...args) => console.log(...args);
const done = (child) => new Promise((resolve) => child.on('close', (code, signal) => resolve([code, signal])));
const throws = (name, fn) => { try { fn(); log(name, 'ok'); } catch (e) { log(name, e.name, e.code, e.message); } };
const brief = (e) => (e ? { name: e.name, code: e.code, message: e.message, errno: e.errno, syscall: e.syscall, path: e.path, spawnargs: e.spawnargs, cmd: e.cmd, killed: e.killed, signal: e.signal } : e);

async function main() {
  throws('none', () => cp.spawn()); throws('empty', () => cp.spawn('')); throws('args', () => cp.spawn('a', 'b')); throws('options', () => cp.spawn('a', [], 5)); throws('nul', () => cp.spawn('a\0')); throws('cwd', () => cp.spawn('true', { cwd: 5 }));
  throws('stdio', () => cp.spawn('true', { stdio: 'zz' })); throws('stdio2', () => cp.spawn('true', { stdio: ['zz'] })); throws('timeout', () => cp.spawn('true', { timeout: -1 })); throws('killSignal', () => cp.spawn('true', { killSignal: 'X' })); throws('detached', () => cp.spawn('true', { detached: 1 })); throws('uid', () => cp.spawn('true', { uid: 'x' }));
  throws('shell', () => cp.spawn('true', { shell: 5 })); throws('argv0', () => cp.spawn('true', { argv0: 5 })); throws('exec', () => cp.exec()); throws('execFile', () => cp.execFile()); throws('sync', () => cp.spawnSync()); throws('input', () => cp.spawnSync('true', { input: 5 })); throws('maxBuffer', () => cp.spawnSync('true', { maxBuffer: -1 })); throws('signal', () => cp.spawn('true', { signal: 5 }));
  { // sync
    const show = (r) => ({ ...r, pid: typeof r.pid, error: brief(r.error) });
    log(show(cp.spawnSync('sh', ['-c', 'echo out; echo err >&2; exit 3']))); log(show(cp.spawnSync('culm-no-such-command', ['x']))); log(show(cp.spawnSync('sh', ['-c', 'kill -9 $$'], { encoding: 'utf8' })));
    log(show(cp.spawnSync('sleep', ['5'], { timeout: 30 }))); log(brief(cp.spawnSync('yes', { maxBuffer: 10 }).error), cp.spawnSync('sh', ['-c', 'echo $X; pwd'], { env: { X: 'from env', PATH: process.env.PATH }, cwd: '/', encoding: 'utf8' }).stdout);
    log(cp.execSync('cat', { input: 'abc' }).toString(), cp.execFileSync('echo', ['x'], { encoding: 'utf8' }), cp.spawnSync('cat', { input: Buffer.alloc(200000, 'z') , maxBuffer: 1e6 }).stdout.length);
    for (const f of [() => cp.execSync('echo hi; echo E >&2; exit 2', { stdio: 'pipe' }), () => cp.execFileSync('false'), () => cp.execFileSync('culm-no-such-command')]) { try { f(); } catch (e) { log(e.message, Object.keys(e).sort().join(), e.status, String(e.stdout)); } }
    log(cp.spawnSync('sh', ['-c', 'echo one'], { stdio: 'ignore' }).stdout, cp.spawnSync('true').status);
  }
  { // spawn
    const c = cp.spawn('sh', ['-c', 'cat; echo err >&2; exit 7']);
    const events = []; for (const e of ['spawn', 'exit', 'close', 'error']) c.on(e, (...a) => events.push([e, ...a]));
    let out = ''; c.stdout.on('data', (d) => { out += d; }); let err = ''; c.stderr.setEncoding('utf8').on('data', (d) => { err += d; });
    log(typeof c.pid, c.spawnfile, c.spawnargs, c.connected, c.killed, c.exitCode, c.stdio.length, c.stdin === c.stdio[0]);
    c.stdin.write('to '); c.stdin.end('cat'); await done(c); log(out, err, events, c.exitCode, c.signalCode);
    const k = cp.spawn('sleep', ['5']); log(k.kill(0), k.kill()); log(await done(k), k.killed, k.signalCode, k.exitCode, k.kill());
    const n = cp.spawn('culm-no-such-command', ['a']); log(n.pid, brief(await new Promise((r) => n.on('error', r))));
    const i = cp.spawn('sh', ['-c', 'echo $0'], { stdio: ['ignore', 'pipe', 'inherit'], argv0: 'named' }); log(i.stdin, i.stderr); let o = ''; i.stdout.on('data', (d) => { o += d; }); await done(i); log(o);
    const s = cp.spawn('echo $HOME "$1"; exit 1', { shell: true, env: { HOME: '/h' } }); o = ''; s.stdout.on('data', (d) => { o += d; }); log(await done(s), o);
    const t = cp.spawn('sleep', ['5'], { timeout: 20, killSignal: 'SIGKILL' }); log(await done(t));
    const ac = new AbortController(); const a = cp.spawn('sleep', ['5'], { signal: ac.signal }); a.on('error', (e) => log(brief(e))); ac.abort(); log(await done(a));
    const fd = cp.spawn('sh', ['-c', 'echo extra >&3'], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] }); o = ''; fd.stdio[3].on('data', (d) => { o += d; }); log(await done(fd), o);
    const unread = cp.spawn('echo', ['nobody reads']); log(await done(unread));
    const big = cp.spawn('head', ['-c', '1000000', '/dev/zero']); let total = 0; big.stdout.on('data', (d) => { total += d.length; }); log(await done(big), total);
  }
  { // exec, execFile
    const run = (f, ...args) => new Promise((resolve) => f(...args, (e, out, err) => resolve([brief(e), out, err])));
    log(await run(cp.exec, 'echo out; echo err >&2')); log(await run(cp.exec, 'echo out; echo err >&2; exit 4')); log(await run(cp.execFile, 'culm-no-such-command', ['a'])); log(await run(cp.execFile, 'sleep', ['5'], { timeout: 30 }));
    const over = await run(cp.execFile, 'yes', { maxBuffer: 20 }); log(over[0].code, over[0].message, over[1].length); log(await run(cp.execFile, 'echo', ['b'], { encoding: 'buffer' })); log(await run(cp.exec, 'pwd', { cwd: '/' }));
    log(await util.promisify(cp.exec)('echo p'), await util.promisify(cp.execFile)('false').catch((e) => [e.code, e.stdout, e.stderr]));
    const ac = new AbortController(); const p = run(cp.execFile, 'sleep', ['5'], { signal: ac.signal }); ac.abort(); log((await p)[0].name);
  }
}
main();

'use strict';
// AbortSignal in child_process, timers/promises, events, EventTarget, util.aborted, readline, Web Locks, AbortSignal.any().

const { outcome, check, listeners, told, soon } = require('./fixtures/abort');
const cp = require('child_process'),
  tp = require('timers/promises'),
  events = require('events'),
  { once, on, addAbortListener, EventEmitter } = events,
  util = require('util'),
  readline = require('readline'),
  rlp = require('readline/promises');
const { PassThrough } = require('stream');
const long = 'setTimeout(()=>{},5000)';
const node = process.execPath;
const kid = (c) =>
  new Promise((res, rej) => {
    let err;
    c.on('error', (e) => {
      err = e;
    });
    c.on('close', (code, sig) =>
      err ? (console.log('  ended', code, sig, c.killed), rej(err)) : res(`${code} ${sig}`),
    );
  });
(async () => {
  await check('spawn', (signal) => kid(cp.spawn(node, ['-e', long], { signal })));
  await check('spawn killSignal', (signal) => kid(cp.spawn(node, ['-e', long], { signal, killSignal: 'SIGKILL' })), {
    late: true,
  });
  await check(
    'spawn missing',
    (signal) =>
      kid(cp.spawn('/nonexistent', [], { signal })).catch((e) => {
        throw Object.assign(e, { message: e.message });
      }),
    { ends: true },
  );
  await check(
    'exec',
    (signal) =>
      new Promise((r, j) =>
        cp.exec('sleep 5', { signal }, (e, so, se) => {
          e ? j(e) : r([so, se]);
        }),
      ),
    { late: true },
  );
  await check(
    'execFile',
    (signal) =>
      new Promise((r, j) =>
        cp.execFile('sleep', ['5'], { signal }, (e, so, se) => {
          console.log('  out', so === '', se === '', e.killed, e.signal, e.cmd);
          e ? j(e) : r([so, se]);
        }),
      ),
    { late: true },
  );
  await check(
    'execFile ends',
    (signal) =>
      new Promise((r, j) =>
        cp.execFile('true', [], { signal }, (e, so, se) => {
          e ? j(e) : r();
        }),
      ),
    { ends: true },
  );
  await check('promisified exec', (signal) => util.promisify(cp.exec)('sleep 5', { signal }), { late: true });
  await check('promisified execFile', (signal) => util.promisify(cp.execFile)('sleep', ['5'], { signal }), {
    late: true,
  });
  await check('fork', (signal) => kid(cp.fork(__dirname + '/fixtures/idle.js', { signal, stdio: 'ignore' })), {
    late: true,
  });
  for (const bad of [null, 1, 'x', {}, new EventTarget()])
    for (const [n, f] of Object.entries({
      spawn: () => cp.spawn('true', { signal: bad }),
      exec: () => cp.exec('true', { signal: bad }),
      execFile: () => cp.execFile('true', { signal: bad }),
      fork: () => cp.fork(__dirname + '/fixtures/idle.js', { signal: bad, execArgv: ['-e', '1'] }).kill('SIGKILL'),
    })) {
      let r;
      try {
        f();
        r = 'fine';
      } catch (e) {
        r = told(e);
      }
      console.log(n, bad && bad.constructor.name, r);
    }
  await check('timers setTimeout', (signal) => tp.setTimeout(50, 'v', { signal }), { ends: true });
  await check(
    'timers setTimeout ref false',
    (signal) => {
      setTimeout(() => {}, 80);
      return tp.setTimeout(50, 'v', { signal, ref: false });
    },
    { ends: true },
  );
  await check('timers setImmediate', (signal) => tp.setImmediate('v', { signal }), { ends: true });
  await check(
    'timers setInterval',
    async (signal) => {
      let n = 0;
      for await (const v of tp.setInterval(5, 'v', { signal })) if (++n == 3 && !signal.late) break;
      return n;
    },
    { ends: true },
  );
  await check('timers scheduler.wait', (signal) => tp.scheduler.wait(30, { signal }), { ends: true });
  for (const bad of [null, 1, {}, new EventTarget()])
    for (const [n, f] of Object.entries({
      st: () => tp.setTimeout(1, 1, { signal: bad }),
      si: () => tp.setImmediate(1, { signal: bad }),
      iv: async () => {
        for await (const x of tp.setInterval(1, 1, { signal: bad })) return 'x';
      },
      w: () => tp.scheduler.wait(1, { signal: bad }),
    })) {
      const r = await outcome(f);
      console.log(n, bad && bad.constructor.name, r);
    }
  {
    const e = new EventEmitter();
    const t = new EventTarget();
    await check('once', (signal) => once(e, 'x', { signal }));
    await check(
      'once ends',
      (signal) => {
        setTimeout(() => e.emit('x', 1), 5);
        return once(e, 'x', { signal });
      },
      { ends: true },
    );
    await check(
      'once error',
      (signal) => {
        const x = setTimeout(() => e.emit('error', new Error('bad')), 5);
        return once(e, 'x', { signal }).finally(() => clearTimeout(x));
      },
      { ends: true },
    );
    await check(
      'once target',
      (signal) => {
        const x = setTimeout(() => t.dispatchEvent(new Event('x')), 5);
        return once(t, 'x', { signal }).finally(() => clearTimeout(x));
      },
      { ends: true },
    );
    console.log('left', e.listenerCount('x'), e.listenerCount('error'));
    await check('on', async (signal) => {
      for await (const v of on(e, 'x', { signal }));
    });
    await check(
      'on break',
      async (signal) => {
        setTimeout(() => e.emit('x', 1), 5);
        for await (const v of on(e, 'x', { signal })) return v[0];
      },
      { ends: true },
    );
    await check(
      'on target',
      async (signal) => {
        setTimeout(() => t.dispatchEvent(new Event('x')), 5);
        for await (const v of on(t, 'x', { signal })) return v[0].type;
      },
      { ends: true },
    );
    console.log('left', e.listenerCount('x'), e.listenerCount('error'));
    for (const bad of [null, 1, {}, new EventTarget()])
      for (const [n, f] of Object.entries({
        once: () => Promise.race([once(e, 'q', { signal: bad }), soon()]),
        on: () => {
          on(e, 'q', { signal: bad });
        },
        onO: () => on(e, 'q', bad),
        onceO: () => Promise.race([once(e, 'q', bad), soon()]),
        aal: () => addAbortListener(bad, () => {}),
        ael: () => t.addEventListener('q', () => {}, { signal: bad }),
        ab: () => util.aborted(bad, {}),
      })) {
        const r = await outcome(f);
        console.log(n, bad && bad.constructor.name, r);
      }
  }
  {
    const c = new AbortController();
    const log = [];
    c.signal.addEventListener('abort', (e) => {
      log.push('first');
      e.stopImmediatePropagation();
    });
    const d = addAbortListener(c.signal, (e) => log.push('added ' + e.type));
    const d2 = addAbortListener(c.signal, () => log.push('gone'));
    d2[Symbol.dispose]();
    console.log(listeners(c.signal));
    c.abort();
    console.log(log, listeners(c.signal));
    addAbortListener(c.signal, () => console.log('late'));
    console.log('sync');
    await soon();
  }
  {
    const t = new EventTarget();
    const c = new AbortController();
    let n = 0;
    t.addEventListener('x', () => n++, { signal: c.signal });
    t.addEventListener('x', () => (n += 10), { signal: AbortSignal.abort() });
    t.dispatchEvent(new Event('x'));
    console.log(n, listeners(c.signal), events.getEventListeners(t, 'x').length);
    c.abort();
    t.dispatchEvent(new Event('x'));
    console.log(n, listeners(c.signal), events.getEventListeners(t, 'x').length);
    const c2 = new AbortController();
    const h = () => {};
    t.addEventListener('y', h, { signal: c2.signal });
    t.removeEventListener('y', h);
    console.log(listeners(c2.signal));
    const c3 = new AbortController();
    t.addEventListener('y', h, { signal: c3.signal, once: true });
    t.dispatchEvent(new Event('y'));
    console.log(listeners(c3.signal));
  }
  {
    const res = {};
    const c = new AbortController();
    const p = util.aborted(c.signal, res);
    console.log(listeners(c.signal));
    c.abort();
    console.log((await p).type, listeners(c.signal));
    console.log(await util.aborted(AbortSignal.abort(), res));
  }
  {
    const mk = () => {
      const input = new PassThrough();
      return readline.createInterface({ input, output: new PassThrough() });
    };
    await check(
      'question',
      (signal) =>
        new Promise((res, rej) => {
          const rl = mk();
          const t = setTimeout(() => {
            rl.close();
            res('no answer');
          }, 30);
          signal.addEventListener('abort', () => {});
          rl.question('q', { signal }, (a) => {
            clearTimeout(t);
            res(a);
          });
        }),
    );
    await check(
      'question answered',
      (signal) =>
        new Promise((res, rej) => {
          const rl = mk();
          rl.question('q', { signal }, (a) => {
            rl.close();
            res(a);
          });
          rl.input?.write('hi\n');
          setTimeout(() => res('none'), 30);
        }),
      { ends: true },
    );
    await check('promisified question', (signal) => {
      const rl = mk();
      return util
        .promisify(rl.question)
        .call(rl, 'q', { signal })
        .finally(() => rl.close());
    });
    const mkp = () => {
      const input = new PassThrough();
      return rlp.createInterface({ input, output: new PassThrough() });
    };
    await check('promises question', (signal) => {
      const rl = mkp();
      return rl.question('q', { signal }).finally(() => rl.close());
    });
    await check(
      'promises question answered',
      (signal) => {
        const rl = mkp();
        const p = rl.question('q', { signal });
        rl.input.write('yes\n');
        return p.finally(() => rl.close());
      },
      { ends: true },
    );
    await check(
      'interface signal',
      (signal) =>
        new Promise((res) => {
          const rl = readline.createInterface({ input: new PassThrough(), signal });
          rl.on('close', () => res('closed'));
        }),
    );
    await check(
      'interface signal closes',
      (signal) =>
        new Promise((res) => {
          const rl = readline.createInterface({ input: new PassThrough(), signal });
          rl.on('close', () => res('closed'));
          rl.close();
        }),
      { ends: true },
    );
    await check(
      'promises interface signal',
      (signal) =>
        new Promise((res) => {
          const rl = rlp.createInterface({ input: new PassThrough(), signal });
          rl.on('close', () => res('closed'));
        }),
    );
    for (const bad of [null, 1, {}, new EventTarget()])
      for (const [n, f] of Object.entries({
        q: () => {
          const rl = mk();
          rl.question('q', { signal: bad }, () => {});
          rl.close();
        },
        qp: () => {
          const rl = mkp();
          const p = rl.question('q', { signal: bad });
          rl.close();
          return Promise.race([p, soon()]);
        },
        i: () => readline.createInterface({ input: new PassThrough(), signal: bad }).close(),
        pi: () => util.promisify(mk().question)('q', { signal: bad }),
      })) {
        let r;
        try {
          r = await Promise.race([
            Promise.resolve(f()).then(
              () => 'fine',
              (e) => 'rejected ' + told(e),
            ),
            soon(),
          ]);
        } catch (e) {
          r = 'thrown ' + told(e);
        }
        console.log(n, bad && bad.constructor.name, r);
      }
  }
  {
    const c = new AbortController(),
      d = new AbortController();
    const a = AbortSignal.any([c.signal, d.signal]);
    const b = AbortSignal.any([a]);
    const order = [];
    a.onabort = () => order.push('a', a.reason.message);
    b.onabort = () => order.push('b');
    c.signal.onabort = () => order.push('c');
    console.log(listeners(c.signal));
    c.abort(new Error('first'));
    d.abort(new Error('second'));
    console.log(
      order.join(),
      a.reason === c.signal.reason,
      b.reason === a.reason,
      AbortSignal.any([]).aborted,
      AbortSignal.any([AbortSignal.abort(4), c.signal]).reason,
    );
    console.log(told(AbortSignal.abort().reason));
    const t = AbortSignal.timeout(5);
    await new Promise((r) => (t.onabort = r));
    console.log(t.reason.name, t.reason.code, t.reason.message);
    try {
      t.throwIfAborted();
    } catch (e) {
      console.log(e === t.reason);
    }
  }
  for (const f of [
    () => AbortSignal.timeout(),
    () => AbortSignal.timeout(-1),
    () => AbortSignal.timeout('x'),
    () => AbortSignal.any(),
    () => AbortSignal.any([1]),
    () => AbortSignal.any('ab'),
    () => new AbortSignal(),
    () => AbortSignal.prototype.aborted,
    () => AbortController.prototype.abort.call({}),
    () => AbortSignal.prototype.throwIfAborted.call({}),
    () => AbortSignal.prototype.reason,
  ])
    try {
      console.log(f());
    } catch (e) {
      console.log(told(e));
    }
  {
    const { locks } = navigator;
    await check(
      'locks.request waiting',
      async (signal) => {
        let free;
        const held = locks.request('a', () => new Promise((r) => (free = r)));
        await soon();
        try {
          return await locks.request('a', { signal }, () => 'got');
        } finally {
          free();
          await held;
        }
      },
      { late: true },
    );
    await check('locks.request', async (signal) => locks.request('b', { signal }, () => 'got'), { ends: true });
    for (const bad of [null, 1, {}, new EventTarget()])
      console.log(await locks.request('c', { signal: bad }, () => 5).catch(told));
    console.log(
      await locks.request('c', { signal: new AbortController().signal, steal: true }, () => 5).catch(told),
      await locks.request('c', { signal: new AbortController().signal, ifAvailable: true }, () => 5).catch(told),
    );
  }
  process.exit(0);
})();

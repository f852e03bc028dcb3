'use strict';
// AbortSignal in fs: files read and written whole, streams, handles, watchers; wrong signals.

const fs = require('fs'),
  fsp = fs.promises,
  path = require('path'),
  os = require('os');
const { outcome, check, listeners, soon } = require('./fixtures/abort');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'abort-'));
const big = path.join(dir, 'big');
fs.writeFileSync(big, Buffer.alloc(8 << 20, 'x'));
const out = path.join(dir, 'out');
const cb = (f) => new Promise((res, rej) => f((e, v) => (e ? rej(e) : res(v))));
const end = (s) =>
  new Promise((res, rej) => {
    s.on('error', rej);
    s.on('close', () => res('closed'));
  });
(async () => {
  await check('fs.promises.readFile', (signal) => fsp.readFile(big, { signal }), { ends: true });
  await check(
    'FileHandle.readFile',
    async (signal) => {
      const h = await fsp.open(big);
      try {
        return await h.readFile({ signal });
      } finally {
        await h.close();
      }
    },
    { ends: true },
  );
  await check('fs.readFile', (signal) => cb((d) => fs.readFile(big, { signal }, d)), { ends: true });
  await check('fs.promises.writeFile', (signal) => fsp.writeFile(out, Buffer.alloc(4 << 20), { signal }), {
    ends: true,
  });
  await check(
    'fs.promises.writeFile(iterable)',
    (signal) =>
      fsp.writeFile(
        out,
        (async function* () {
          for (let i = 0; i < 5; i++) {
            yield 'a';
            await soon();
          }
        })(),
        { signal },
      ),
    { ends: true, late: true },
  );
  console.log(fs.statSync(out).size);
  await check('fs.promises.appendFile', (signal) => fsp.appendFile(out, Buffer.alloc(4 << 20), { signal }), {
    ends: true,
  });
  await check(
    'FileHandle.writeFile',
    async (signal) => {
      const h = await fsp.open(out, 'w');
      try {
        return await h.writeFile(Buffer.alloc(4 << 20), { signal });
      } finally {
        await h.close();
      }
    },
    { ends: true },
  );
  await check('fs.writeFile', (signal) => cb((d) => fs.writeFile(out, Buffer.alloc(4 << 20), { signal }, d)), {
    ends: true,
  });
  await check('fs.appendFile', (signal) => cb((d) => fs.appendFile(out, Buffer.alloc(4 << 20), { signal }, d)), {
    ends: true,
  });
  await check(
    'fs.createReadStream',
    (signal) => {
      const s = fs.createReadStream(big, { signal });
      s.resume();
      return end(s);
    },
    { ends: true },
  );
  await check(
    'fs.createWriteStream',
    (signal) => {
      const s = fs.createWriteStream(out, { signal });
      s.end('x');
      return end(s);
    },
    { ends: true },
  );
  await check(
    'FileHandle.createReadStream',
    async (signal) => {
      const h = await fsp.open(big);
      const s = h.createReadStream({ signal });
      s.resume();
      return end(s);
    },
    { ends: true },
  );
  await check(
    'FileHandle.createWriteStream',
    async (signal) => {
      const h = await fsp.open(out, 'w');
      const s = h.createWriteStream({ signal });
      s.end('x');
      return end(s);
    },
    { ends: true },
  );
  await check(
    'FileHandle.readLines',
    async (signal) => {
      const h = await fsp.open(__filename);
      let n = 0;
      try {
        for await (const l of h.readLines({ signal })) {
          n++;
          await soon();
        }
        return n > 20;
      } finally {
        await h.close().catch(() => {});
      }
    },
    { late: true },
  );
  await check('fs.watch', (signal) => end(fs.watch(dir, { signal })), {});
  await check(
    'fs.promises.watch',
    async (signal) => {
      for await (const e of fsp.watch(dir, { signal }));
      return 'ended';
    },
    { late: true },
  );
  await check(
    'fs.promises.watch recursive',
    async (signal) => {
      for await (const e of fsp.watch(dir, { signal, recursive: true }));
      return 'ended';
    },
    { late: true },
  );
  await check('fs.watch recursive', (signal) => end(fs.watch(dir, { signal, recursive: true })), {});
  for (const bad of [null, 1, 'x', {}, { aborted: true }]) {
    for (const [n, f] of Object.entries({
      readFile: () => fsp.readFile(big, { signal: bad }),
      writeFile: () => fsp.writeFile(out, '', { signal: bad }),
      crs: () =>
        fs
          .createReadStream(big, { signal: bad })
          .on('error', () => {})
          .destroy(),
      rf: () => cb((d) => fs.readFile(big, { signal: bad }, d)),
      wf: () => cb((d) => fs.writeFile(out, '', { signal: bad }, d)),
      w: () => fs.watch(dir, { signal: bad }).close(),
      pw: async () => {
        await fsp.watch(dir, { signal: bad }).return();
      },
      pw2: async () => {
        const i = fsp.watch(dir, { signal: bad });
        setTimeout(() => fs.existsSync(dir) && fs.writeFileSync(dir + '/q', '1'), 30);
        await i.next();
        await i.return();
      },
      cws: () =>
        fs
          .createWriteStream(out, { signal: bad })
          .on('error', () => {})
          .destroy(),
    })) {
      const r = await outcome(f);
      console.log(n, JSON.stringify(bad), r);
    }
  }
  fs.rmSync(dir, { recursive: true });
})();

// fs.watch of files, folders and trees, its promise form, fs.watchFile; and what is refused.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { once } = require('node:events');
const { AsyncLocalStorage } = require('node:async_hooks');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'watch-'));
const file = (...names) => path.join(root, ...names);

function attempt(name, fn) {
  try {
    console.log(name, fn());
  } catch (error) {
    console.log(name, error.name, error.code, error.message.replace(root, 'ROOT'), error.syscall, error.filename?.replace(root, 'ROOT'));
  }
}

// Resolves when the watcher has told of all these events, in whatever order and number.
function told(watcher, events) {
  const missing = new Set(events);
  return new Promise((resolve) => {
    watcher.on('change', function onchange(type, name) {
      missing.delete(`${type} ${name}`);
      if (missing.size === 0) {
        watcher.removeListener('change', onchange);
        resolve(events.join(', '));
      }
    });
  });
}

async function main() {
  attempt('missing', () => fs.watch(file('none')));
  attempt('path', () => fs.watch(1));
  attempt('options', () => fs.watch(root, 1));
  attempt('encoding', () => fs.watch(root, { encoding: 'xx' }));
  attempt('recursive', () => fs.watch(root, { recursive: 1 }));
  attempt('watchFile', () => fs.watchFile(file('a')));
  attempt('interval', () => fs.watchFile(file('a'), { interval: 'x' }, () => {}));
  attempt('shape', () => [fs.watch.length, fs.watchFile.length, fs.unwatchFile.length, fs.promises.watch.length].join());

  const watcher = fs.watch(root);
  console.log(watcher.constructor.name, watcher.ref() === watcher, watcher.unref() === watcher, watcher.ref() === watcher);
  let wait = told(watcher, ['rename new', 'change new']);
  fs.writeFileSync(file('new'), 'x');
  console.log(await wait);
  wait = told(watcher, ['rename new', 'rename old']);
  fs.renameSync(file('new'), file('old'));
  console.log(await wait);
  const closed = once(watcher, 'close');
  watcher.close();
  watcher.close();
  await closed;

  const bytes = fs.watch(file('old'), 'buffer');
  const next = once(bytes, 'change');
  fs.appendFileSync(file('old'), 'y');
  console.log(await next);
  bytes.close();

  fs.mkdirSync(file('tree', 'sub'), { recursive: true });
  const tree = fs.watch(file('tree'), { recursive: true, ignore: (name) => name.endsWith('.log') });
  const seen = [];
  tree.on('change', (type, name) => seen.push(name));
  wait = told(tree, ['rename sub/deep', 'change sub/deep']);
  fs.writeFileSync(file('tree', 'sub', 'a.log'), '1');
  fs.writeFileSync(file('tree', 'sub', 'deep'), '1');
  console.log(await wait, seen.includes('sub/a.log'));
  wait = told(tree, ['rename later']);
  fs.mkdirSync(file('tree', 'later'));
  await wait;
  await new Promise((resolve) => setTimeout(resolve, 50));
  wait = told(tree, ['change later/inside']);
  fs.writeFileSync(file('tree', 'later', 'inside'), '1');
  console.log(await wait);
  tree.close();

  const abort = new AbortController();
  setTimeout(() => fs.writeFileSync(file('promised'), '1'), 20);
  try {
    for await (const event of fs.promises.watch(root, { signal: abort.signal })) {
      console.log(event.eventType, event.filename);
      if (event.eventType === 'change') abort.abort();
    }
  } catch (error) {
    console.log(error.name, error.code);
  }
  await fs.promises.watch(file('none')).next().catch((error) => console.log(error.code, error.syscall));

  const storage = new AsyncLocalStorage();
  const target = file('old');
  const stat = storage.run('context', () => fs.watchFile(target, { interval: 15 }, listener));
  let resolveChange;
  const changed = new Promise((resolve) => { resolveChange = resolve; });
  function listener(now, before) {
    // The system changes the time before the size: a look in between sees only the one.
    if (now.size === 3) resolveChange([now.size, before.size, now instanceof fs.Stats]);
  }
  console.log(stat.constructor.name, stat === fs.watchFile(target, { interval: 15 }, listener));
  setTimeout(() => fs.appendFileSync(target, 'z'), 60);
  console.log(await changed);
  const stopped = once(stat, 'stop');
  fs.unwatchFile(target, listener);
  fs.unwatchFile(target);
  await stopped;
  const [now, before] = await new Promise((resolve) => fs.watchFile(file('none'), { interval: 15, bigint: true }, (...args) => resolve(args)));
  console.log(now.size, before.mtimeMs, now.ino);
  fs.unwatchFile(file('none'));
  fs.rmSync(root, { recursive: true });
}
main();

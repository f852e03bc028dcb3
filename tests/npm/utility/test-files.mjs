// glob, chokidar and dotenv on a folder of this test.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import dotenv from 'dotenv';
import { glob, globSync, globStream, hasMagic, escape } from 'glob';

const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-files-'));
for (const name of ['a.js', 'b.ts', 'src/c.js', 'src/deep/d.js', 'src/deep/.hidden.js', 'lib/e.mjs', 'lib/[x].js', 'node_modules/m/index.js']) {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), name);
}
fs.symlinkSync('src', path.join(cwd, 'link'));
for (const [pattern, options] of [
  ['**/*.js', {}], ['**/*.js', { ignore: 'node_modules/**', dot: true }], ['*.{js,ts}', {}], ['src/**', { nodir: true }],
  ['**/', {}], ['lib/\\[x\\].js', {}], ['+(a|b).*', {}], ['**/d.js', { follow: true }], ['!(node_modules)/*', { maxDepth: 2 }], [['b.ts', 'lib/*'], {}],
]) {
  console.log(pattern, (await glob(pattern, { cwd, ...options })).sort(), globSync(pattern, { cwd, ...options }).length);
}
console.log((await glob('src/*', { cwd, withFileTypes: true })).map((e) => [e.name, e.isDirectory(), e.relative()]).sort());
console.log((await glob('*', { cwd, absolute: true })).every((name) => name.startsWith(cwd)), hasMagic('a*'), hasMagic('a'), escape('a*[b]'));
let streamed = 0;
for await (const name of globStream('**', { cwd })) {
  streamed += name.length > 0;
}
console.log(streamed, await glob('**', { cwd, signal: AbortSignal.abort() }).catch((error) => error.name));

fs.writeFileSync(path.join(cwd, '.env'), `# comment
PLAIN=value # tail
SINGLE='a $PLAIN \\n'
DOUBLE="two\\nlines"
MULTI="first
second"
export EXPORTED = spaced
EMPTY=
HASH="#no comment"
BACK=\`it's "both"\`
INVALID LINE
`);
const target = { PLAIN: 'kept' };
const { parsed, error } = dotenv.config({ path: path.join(cwd, '.env'), quiet: true, processEnv: target });
console.log(parsed, error, target.PLAIN, target.MULTI, dotenv.config({ path: path.join(cwd, 'none'), quiet: true }).error.code);

const events = [];
const watcher = watch('.', { cwd, ignored: (name) => name.includes('node_modules'), awaitWriteFinish: false });
watcher.on('all', (event, name) => events.push(`${event} ${name}`));
await once(watcher, 'ready');
console.log(events.splice(0).sort());
const until = async (wanted) => {
  while (!wanted.every((w) => events.includes(w))) {
    await sleep(5);
  }
  console.log(wanted, events.filter((e) => !wanted.includes(e)));
  events.length = 0;
};
fs.writeFileSync(path.join(cwd, 'new.js'), 'x');
await until(['add new.js']);
await sleep(120);
fs.appendFileSync(path.join(cwd, 'new.js'), 'y');
await until(['change new.js']);
fs.mkdirSync(path.join(cwd, 'made'));
await until(['addDir made']);
fs.writeFileSync(path.join(cwd, 'made/in.txt'), 'z');
await until(['add made/in.txt']);
fs.rmSync(path.join(cwd, 'made'), { recursive: true });
await until(['unlink made/in.txt', 'unlinkDir made']);
console.log(Object.keys(watcher.getWatched()).sort());
await watcher.close();
fs.rmSync(cwd, { recursive: true });

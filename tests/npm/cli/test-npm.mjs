// npm's own program against a registry of the test: init, install with ranges, lock, ls, run, exec, audit and pack.
import fs from 'node:fs';
import path from 'node:path';
import { startRegistry } from './fixtures/registry.mjs';
import { makeRunner } from './fixtures/run.mjs';

const registry = await startRegistry();
const { folder, npm, npx, read, remove } = makeRunner({ registry: registry.url });
const versions = () => Object.entries(JSON.parse(read('app/package-lock.json')).packages).filter(([name]) => name).map(([name, { version, link }]) => `${name} ${link ? 'link' : version}`);
const program = (text) => fs.writeFileSync(path.join(folder, 'app/main.js'), text);

await npm('init -y');
await npm(['pkg', 'set', 'scripts.hi=node main.js', 'scripts.prehi=echo before', 'scripts.fails=exit 3']);
for (const wanted of ['leaf@^1.0.0', 'leaf@~1.0.0', 'leaf@*', 'leaf@next', 'leaf@>=1.2 <2']) {
  await npm(['install', wanted], { quiet: true });
  console.log(wanted, versions());
}
await npm('install zero@^0.1.0 tool leaf@^1.0.0 --save-exact=false');
await npm('install -D @scope/peer leaf@2 built old');
console.log(versions(), JSON.parse(read('app/package.json')).dependencies, JSON.parse(read('app/package.json')).devDependencies);
console.log(read('app/package-lock.json').replace(/sha512-[\w+/=]+/g, 'INTEGRITY').slice(0, 700));
program('console.log(require("zero"), require("leaf"), process.env.npm_lifecycle_event, process.argv.slice(2));');
await npm('run hi -- -x y');
await npm('run fails');
await npm('ls --all');
await npm('outdated');
await npm('exec -- tool a b');
await npx('--yes --package tool@3 -- tool d', { cwd: 'elsewhere' });
await npm('uninstall @scope/peer tool', { quiet: true });
await npm('install leaf@1.0.0 --save-prod --no-audit', { quiet: true });
await npm(['pkg', 'set', 'dependencies.leaf=^1.0.0'], { quiet: true });
await npm('audit');
await npm('audit fix');
await npm('install nothing-of-the-kind');
await npm('install leaf@9');
fs.rmSync(path.join(folder, 'app/node_modules'), { recursive: true });
await npm('ci');
await npm('version minor --no-git-tag-version');
await npm('pack');
await npm('view leaf versions dist-tags --json');
await npm(['install', '../app/app-1.1.0.tgz'], { cwd: 'user' });
console.log(fs.existsSync(path.join(folder, 'user/node_modules/app/main.js')), fs.existsSync(path.join(folder, 'user/node_modules/zero')));
await npm('install -g tool');
console.log(fs.readlinkSync(path.join(folder, 'global/bin/tool')));
registry.close();
remove();

// yarn and pnpm against the registry of the test.
import fs from 'node:fs';
import path from 'node:path';
import { startRegistry } from './fixtures/registry.mjs';
import { makeRunner } from './fixtures/run.mjs';

const registry = await startRegistry();
const { folder, run, read, remove } = makeRunner({ registry: registry.url, env: { npm_config_store_dir: '../store', pnpm_config_store_dir: '../store' } });
const setUp = (cwd) => {
  fs.mkdirSync(path.join(folder, cwd));
  fs.writeFileSync(path.join(folder, cwd, '.npmrc'), `registry=${registry.url}\nstore-dir=../store\nside-effects-cache=false\n`);
  fs.writeFileSync(path.join(folder, cwd, '.yarnrc'), `registry "${registry.url}"\ncache-folder "../yarn-cache"\n`);
  fs.writeFileSync(path.join(folder, cwd, 'package.json'), JSON.stringify({ name: 'app', version: '1.0.0', license: 'MIT', private: true, dependencies: { zero: '^0.1.0', tool: '*' }, devDependencies: { leaf: '^2.0.0' }, scripts: { hi: 'node -p "require(\'zero\') + require(\'leaf\')"', tool: 'tool x' } }));
};
for (const [program, cwd, lines] of [
  ['yarn/bin/yarn.js', 'yarned', ['--version', 'install --non-interactive', 'run hi', '-s tool y', 'add @scope/peer', 'list --depth=0', 'why leaf', 'remove tool', 'install --frozen-lockfile', 'add none-such']],
  ['pnpm/bin/pnpm.cjs', 'pnpmed', ['--version', 'install --reporter=append-only', 'run hi', 'exec tool y', 'add @scope/peer --reporter=append-only', 'list', 'why leaf', 'remove tool --reporter=append-only', 'install --frozen-lockfile --offline --reporter=append-only', 'add none-such --reporter=append-only']],
]) {
  setUp(cwd);
  for (const line of lines) {
    await run(program, line, { cwd });
  }
  console.log(JSON.parse(read(`${cwd}/package.json`)).dependencies, fs.readdirSync(path.join(folder, cwd, 'node_modules')).filter((name) => !name.startsWith('.')));
}
console.log(read('yarned/yarn.lock').replace(/sha512-[\w+/=]+|#[0-9a-f]{40}/g, 'HASH'));
console.log(read('pnpmed/pnpm-lock.yaml').replace(/sha512-[\w+/=]+/g, 'HASH'));
registry.close();
remove();

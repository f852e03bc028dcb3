// commander and yargs as programs of their own.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

function run(file, ...args) {
  const env = { ...process.env, TOOL_COUNT: '4', LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, file), ...args], { encoding: 'utf8', env });
  console.log(`${file} ${args.join(' ')} -> ${status}\n${stdout}${stderr}`);
}

for (const line of ['', '--version', 'help split', 'split', '-d split a,b c d', 'split a;b -s ; --count 2 --size large --no-colour',
  'split x --count many', 'split x -n 1 --all', 'split x --size huge', 'splt x', 'split x --sise small', 'later']) {
  run('cli-commander.mjs', ...line.split(' ').filter(Boolean));
}
for (const line of ['', '--help', 'serve --help', 's 80 -vv --tags a b --nested.x=1', 'serve 80 -vvv --tags x', 'serve --mode a', 'serve --mode c --tags z', 'add 1 2 3', 'ad 1', '--version']) {
  run('cli-yargs.mjs', ...line.split(' ').filter(Boolean));
}

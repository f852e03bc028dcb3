// --permission: what it takes away, and what --allow-* options give back.
const { spawnSync } = require('child_process');
const path = require('path');

const fixture = path.join(__dirname, 'fixtures', 'permission', 'attempts.js');
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', ...args], { encoding: 'utf8' });
  console.log(status, stdout, stderr.split('\n').filter((line) => /Error/.test(line)).join('\n'));
}
run('--permission', fixture);
run('--permission', `--allow-fs-read=${__dirname}`, '-p', `
  const { has } = process.permission;
  [has('fs.read'), has('fs.read', ${JSON.stringify(fixture)}), has('fs.read', ${JSON.stringify(__dirname)}),
   has('fs.read', ${JSON.stringify(`${__dirname}x`)}), has('fs.read', ${JSON.stringify(`${__dirname}/../x`)})].join()`);
run('--permission', `--allow-fs-read=${__dirname}/fix*`, '-p', `
  const { has } = process.permission;
  [has('fs.read', ${JSON.stringify(`${__dirname}/fixtures/x`)}), has('fs.read', ${JSON.stringify(`${__dirname}/test`)})].join()`);
run('--permission', '--allow-fs-read=*', '--allow-fs-write=*', '--allow-child-process', '-p', `
  [process.permission.has('fs'), require('child_process').spawnSync(process.execPath, ['-p', 'process.env.NODE_OPTIONS'])
    .stdout.toString().trim().split(' ').sort()].join()`);
run('--permission', '--allow-child-process', '-e', 'process.permission.drop("child"); process.execve("/bin/true")');
run('--allow-net', '-p', '1');
run('--permission', '--allow-fs-read=', '-p', '1');
run('-p', 'process.permission');

// Where CommonJS and ES modules meet: what is said when the one is taken for the other.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'border-'));
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });
  const lines = stderr.replaceAll(dir, 'DIR').split('\n').filter((line) => /Error|Warning|import|treated|Did you|parent/.test(line) &&
    !/^ {4}at |^import |^ +throw|node:internal/.test(line));
  console.log(status, stdout.trim(), lines.join('\n'));
}
const write = (name, text) => fs.writeFileSync(path.join(dir, name), text);
fs.mkdirSync(path.join(dir, 'typed'));
write('typed/package.json', '{ "type": "module" }');
write('typed/require.js', 'export {}; require("fs");');
write('typed/script.js', 'module.exports = 1;');
write('plain.mjs', 'exports.a = 1;');
write('both.js', 'await 1; require("fs");');
write('a.cjs', 'require("./plain.mjs");');
write('b.cjs', 'require("./typed/script.js");');
write('parent.js', 'console.log(module.parent);');
write('circular.js', 'module.exports = new Proxy({}, { getPrototypeOf() { throw new Error("asked"); } });');
write('c.cjs', 'const a = require("./d.cjs"); exports.x = 1;');
write('d.cjs', 'require("./c.cjs").missing; require("./circular.js");');
write('hint.mjs', 'import "./parent";');
run('typed/require.js');
run('typed/script.js');
run('plain.mjs');
run('both.js');
run('--no-experimental-require-module', 'a.cjs');
run('--no-require-module', 'b.cjs');
run('--pending-deprecation', 'parent.js');
run('c.cjs');
run('hint.mjs');
run('--input-type=module', 'plain.mjs');
run('--no-warnings', '--input-type=module', '-e', 'await new Promise(() => {})');
fs.rmSync(dir, { recursive: true });

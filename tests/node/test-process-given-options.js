// Options that change what the program finds, process.finalization, process.report, and NODE_OPTIONS in a file.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'options-'));
const env = { ...process.env };
delete env.NODE_OPTIONS;
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', ...args], { cwd: dir, encoding: 'utf8', env });
  console.log(args.join(' ').slice(0, 60), status, stdout.trim(), stderr.split('\n').filter((line) => /Error|--/.test(line)).length);
}
run('--disable-proto=delete', '-p', '[({}).__proto__, "__proto__" in {}, require("vm").runInNewContext("({}).__proto__")].join()');
run('--disable-proto=throw', '-p', 'try { ({}).__proto__ } catch (error) { error.code + error.message }');
run('--disable-proto=other', '-p', '1');
run('--use-largepages=off', '-p', '1');
run('--use-largepages=other', '-p', '1');
run('-p', 'Promise.resolve(1)');
run('-p', 'new Promise((resolve) => setTimeout(resolve, 1, 2))');
run('-p', 'new Promise(() => {})');
run('--unhandled-rejections=none', '-p', 'Promise.reject(1)');
run('-e', 'process._fatalException = undefined; throw new Error("x")');
run('--pending-deprecation', '--', '-e');
fs.writeFileSync(path.join(dir, 'own.env'), 'NODE_OPTIONS="--pending-deprecation --conditions=mine"\nMINE=1\n');
run('--env-file=own.env', '-p', '[process.env.MINE, process.env.NODE_OPTIONS, process.execArgv].join()');
fs.writeFileSync(path.join(dir, 'bad.cjs'), 'let =;');
run('--import', 'data:text/javascript,console.log("imported")', '--check', 'bad.cjs');
fs.writeFileSync(path.join(dir, 'final.cjs'), `
  const object = { name: 'kept' };
  process.finalization.register(object, ({ name }, event) => console.log(name, event));
  process.finalization.registerBeforeExit(object, ({ name }, event) => console.log(name, event));
  const other = {};
  process.finalization.register(other, () => console.log('not reached'));
  process.finalization.unregister(other);
  for (const wrong of [undefined, null, 1]) {
    try { process.finalization.register(wrong, () => {}); } catch (error) { console.log(error.code); }
  }
  globalThis.keep = object;`);
run('final.cjs');
run('--report-dir=.', '--report-filename=own.json', '--report-compact', '--report-exclude-env', '-e', 'process.report.writeReport()');
const report = JSON.parse(fs.readFileSync(path.join(dir, 'own.json'), 'utf8'));
console.log(Object.keys(report).join(), report.header.event, report.header.trigger, report.header.filename);
console.log(report.javascriptStack.message, Object.keys(report.userLimits).length, fs.readdirSync(dir).join());
const { header, javascriptStack } = process.report.getReport(new RangeError('mine'));
console.log(header.processId === process.pid, header.trigger, javascriptStack.message, javascriptStack.stack.length > 0);
for (const [name, wrong] of [['compact', 1], ['directory', 1], ['filename', {}], ['signal', 'SIGNONE'], ['reportOnSignal', 'yes']]) {
  try {
    process.report[name] = wrong;
  } catch (error) {
    console.log(name, error.code, error.message);
  }
}
fs.rmSync(dir, { recursive: true });

'use strict';

// vm's cached data: scripts, functions and modules made from what was compiled before; anything else is rejected.

const vm = require('vm');

const source = 'var n = 0; function count() { return () => ++n; } count()()';
const made = new vm.Script(source, { produceCachedData: true, filename: 'made.js' });
console.log(made.cachedDataProduced, Buffer.isBuffer(made.cachedData), made.cachedDataRejected);
const used = new vm.Script(source, { cachedData: made.cachedData });
console.log(used.cachedDataRejected, used.runInNewContext(), used.runInThisContext(), used.runInThisContext());
const after = used.createCachedData();
console.log(new vm.Script(source, { cachedData: new DataView(after.buffer, after.byteOffset, after.length) }).cachedDataRejected);
console.log(new vm.Script(`${source} + 1`, { cachedData: after }).cachedDataRejected);
console.log(new vm.Script(source, { cachedData: after.subarray(0, 40) }).runInNewContext());
console.log(new vm.Script(source, { cachedData: Buffer.alloc(0) }).cachedDataRejected);

const fn = vm.compileFunction('return () => a + b', ['a', 'b'], { produceCachedData: true });
const same = vm.compileFunction('return () => a + b', ['a', 'b'], { cachedData: fn.cachedData, filename: 'f.js' });
console.log(fn.cachedDataProduced, same.cachedDataRejected, same(1, 2)());

console.log(Number.isInteger(require('v8').cachedDataVersionTag()));

// Modules want an option.
const { execFileSync } = require('child_process');
process.stdout.write(execFileSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', '-e', `(${modules})()`]));

function modules() {
  const vm = require('vm');
  const first = new vm.SourceTextModule('import { x } from "x"; export default () => x + 1;');
  const data = first.createCachedData();
  const again = new vm.SourceTextModule('import { x } from "x"; export default () => x + 1;', { cachedData: data });
  const x = new vm.SyntheticModule(['x'], () => x.setExport('x', 41));
  again.link(() => x).then(() => again.evaluate()).then(() => {
    console.log(again.namespace.default());
    try {
      new vm.SourceTextModule('export default 2', { cachedData: data });
    } catch (error) {
      console.log(error.code);
    }
  });
}

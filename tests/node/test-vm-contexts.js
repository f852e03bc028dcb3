// SPDX-License-Identifier: MIT
'use strict';
// vm: contexts over an object, scripts run in several, compiled functions, timeouts, modules' jobs.
const vm = require('vm');

const context = vm.createContext({ x: 2, console });
console.log(vm.runInContext('x * 2 + 1; var y = x; this.z = 3; function f() {} let l = 4; y', context),
            context.y, context.z, typeof context.f, context.l);
console.log(vm.runInContext('l + z', context), vm.runInContext('Array === globalThis.Array', context),
            vm.runInContext('[] instanceof Array', context), vm.runInContext('[]', context) instanceof Array);
console.log(Object.keys(context).sort(), vm.isContext(context), vm.isContext({}));
context.self = context;
console.log(vm.runInContext('self === globalThis && this === self', context));
console.log(vm.runInContext('delete z; typeof z', context), 'z' in context);
console.log(vm.runInContext('undefined = 1; NaN = 2; String(undefined) + NaN', context));
console.log(vm.runInContext('try { (function() { "use strict"; nowhere = 1; })() } catch (e) { e.message }', context));

try {
  vm.runInNewContext('while (true);', {}, { timeout: 20 });
} catch (error) {
  console.log(error.code, error.message);
}
try {
  vm.runInNewContext('(async () => { while (true); })(); later = 1', {}, { timeout: 20 });
} catch (error) {
  console.log(error.code);
}
console.log(vm.runInNewContext('1 + 1', {}, { timeout: 10000 }));
for (const source of ['let x = ;', '\n  throw new Error("q")']) {
  try {
    vm.runInNewContext(source, {}, 'a.vm');
  } catch (error) {
    console.log(error.stack.split('\n').slice(0, 5).join('|'));
  }
}

const script = new vm.Script('count = (typeof count === "undefined" ? 0 : count) + 1');
const contexts = [{}, {}].map((each) => vm.createContext(each));
for (const each of contexts) script.runInContext(each);
script.runInContext(contexts[0]);
console.log(contexts);

const fn = vm.compileFunction('return a + b + typeof c', ['a', 'b'], { parsingContext: vm.createContext({ c: 1 }) });
console.log(fn(1, 2), fn.length);
const plain = vm.createContext(vm.constants.DONT_CONTEXTIFY);
console.log(vm.runInContext('globalThis', plain) === plain, vm.isContext(plain));
console.log(vm.runInNewContext('try { eval("1") } catch (e) { e.name + e.message }', {},
                               { contextCodeGeneration: { strings: false } }));

const frozen = vm.createContext({ get only() { return 1; } });
console.log(vm.runInContext('only = 2; only', frozen));
const data = script.createCachedData();
console.log(new vm.Script('count = (typeof count === "undefined" ? 0 : count) + 1', { cachedData: data }).cachedDataRejected,
            new vm.Script('other', { cachedData: data }).cachedDataRejected);

vm.runInNewContext('Promise.resolve().then(() => console.log("job"))', { console }, { microtaskMode: 'afterEvaluate' });
console.log('after');
vm.runInThisContext('import("fs")').catch((error) => console.log(error.code));

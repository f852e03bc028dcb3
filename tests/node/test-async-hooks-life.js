// SPDX-License-Identifier: MIT
'use strict';
// modes: interp
// async_hooks.createHook: what is told of timers, ticks, promises, microtasks and the program's own resources.
const hooks = require('async_hooks');

const log = [];
const names = new Map([[hooks.executionAsyncId(), 'main']]);
const name = (id) => names.get(id) ?? `?${id}`;
let count = 0;
const hook = hooks.createHook({
  init(id, type, trigger) {
    names.set(id, `${type}#${++count}`);
    log.push(`init ${name(id)} by ${name(trigger)}`);
  },
  before(id) { log.push(`before ${name(id)}`); },
  after(id) { log.push(`after ${name(id)}`); },
  destroy(id) { log.push(`destroy ${name(id)}`); },
  promiseResolve(id) { log.push(`resolve ${name(id)}`); },
}).enable();

setTimeout(() => {
  log.push(`timer in ${name(hooks.executionAsyncId())} by ${name(hooks.triggerAsyncId())}`);
  process.nextTick((a, b) => log.push(`tick ${a}${b} in ${name(hooks.executionAsyncId())}`), 1, 2);
}, 1);
Promise.resolve(1).then(() => log.push(`then in ${name(hooks.executionAsyncId())}`));
queueMicrotask(() => log.push(`microtask in ${name(hooks.executionAsyncId())}`));
const cleared = setTimeout(() => {}, 1e6);
clearTimeout(cleared);
class Resource extends hooks.AsyncResource {}
const resource = new Resource('OWN');
console.log(resource.runInAsyncScope((x) => {
  log.push(`scope in ${name(hooks.executionAsyncId())} ${hooks.executionAsyncResource() === resource}`);
  return x;
}, undefined, 'result'));
resource.emitDestroy();
setTimeout(() => {
  hook.disable();
  setTimeout(() => {
    console.log(log.join('\n'));
  }, 1);
}, 20);
// The first timer is due when the loop begins.
for (const begin = Date.now(); Date.now() - begin < 5;);

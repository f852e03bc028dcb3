// SPDX-License-Identifier: MIT
'use strict';
// domain: errors thrown in timers, ticks, callbacks of fs and emitters go to the domain that was active when they began.
const domain = require('domain');
const EventEmitter = require('events');
const fs = require('fs');

const inner = domain.create();
inner.on('error', (error) => {
  console.log(error.message, error.domain === inner, error.domainThrown, domain._stack.length);
  next();
});
const steps = [
  () => setTimeout(() => { throw new Error('timer'); }, 1),
  () => process.nextTick(() => { throw new Error('tick'); }),
  () => fs.stat(__filename, () => { throw new Error('fs'); }),
  () => setImmediate(() => { throw new Error('immediate'); }),
  () => new EventEmitter().emit('error', new Error('emitter')),
  () => inner.intercept(() => {})(new Error('intercepted')),
  () => { throw new Error('direct'); },
];

function next() {
  const step = steps.shift();
  if (step === undefined) {
    console.log(inner.run((a, b) => a + b, 1, 2), domain.active === process.domain);
    return;
  }
  setImmediate(() => inner.run(step));
}
next();

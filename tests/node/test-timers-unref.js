// Unreferenced timers and immediates do not keep the process alive.
'use strict';
const { setTimeout, setInterval, setImmediate } = require('timers');
setTimeout(() => console.log('never'), 1e6).unref();
setInterval(() => console.log('never'), 1e6).unref();
setImmediate(() => console.log('immediate'));
const t = setTimeout(() => console.log('kept'), 10);
t.unref();
t.ref();
process.on('exit', () => console.log('exit'));

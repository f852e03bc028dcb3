'use strict';
// emit, nextTick and queueMicrotask are C: what they hand to listeners and callbacks, in which order, and what traces say.
const EventEmitter = require('events');
const { AsyncLocalStorage } = require('async_hooks');
const log = (...args) => console.log(...args);

const e = new EventEmitter();
e.on('args', function(a, b) { log(this === e, a, b, arguments.length); });
log(e.emit('args'), e.emit('args', 1), e.emit('args', 1, 2, 3));
e.on('rest', (...all) => log('rest', all));
log(e.emit('rest', 1, 2, 3, 4, 5), e.emit('nobody', 1), e.emit());
e.on('result', () => 'not true');
log(e.emit('result'));
e.on('async', async (v) => { await null; log('async', v); });
e.on('generator', function*() { log('never'); });
log(e.emit('async', 1), e.emit('generator'));
e.on('bound', function(...all) { log(this, all); }.bind('self', 'first'));
log(e.emit('bound', 'second'));
e.on('proxy', new Proxy(() => log('through a proxy'), {}));
log(e.emit('proxy'));
e.on('class', class {});
try { e.emit('class'); } catch (error) { log(error.name); }
e.on(7, (v) => log('seven', v));
log(e.emit(7, 1), e.emit('7', 2));
const symbol = Symbol('s');
e.on(symbol, () => log('symbol'));
log(e.emit(symbol));

// Those of now are called, whatever they add or remove.
const second = () => log('second');
e.on('many', () => { log('first'); e.off('many', second); e.on('many', () => log('third')); });
e.on('many', second);
e.emit('many');
e.emit('many');
for (let i = 0; i < 20; i++) e.on('twenty', () => { e.n = (e.n ?? 0) + 1; });
e.setMaxListeners(100);
e.emit('twenty');
log(e.n);

// Tables of listeners that programs replace.
e._events = { __proto__: { inherited: () => log('inherited') }, get own() { return () => log('by getter'); } };
log(e.emit('inherited'), e.emit('own'), e.emit('toString'));
const fn = Object.assign(() => {}, EventEmitter.prototype);
fn.on('x', (v) => log('a function emits', v));
log(fn.emit('x', 1));
log(EventEmitter.prototype.emit.name, EventEmitter.prototype.emit.length);
log(EventEmitter.prototype.emit.call({ _events: undefined }, 'x'));

// Captured rejections and errors.
const capturing = new EventEmitter({ captureRejections: true });
capturing.on('error', (error) => log('captured', error.message));
capturing.on('x', async () => { throw new Error('rejected'); });
capturing.emit('x');
try { new EventEmitter().emit('error', new Error('unheard')); } catch (error) { log(error.message); }
try { new EventEmitter().emit('error', 'text'); } catch (error) { log(error.code, error.message); }
class Thing extends EventEmitter {}
const thing = new Thing();
thing.on('trace', function listener() {
  log(new Error('x').stack.split('\n').slice(1, 3).map((line) => line.trim().replace(/:\d+:\d+|\(.*\//g, '')).map((l) => l.split(' ')[1]));
});
thing.emit('trace');
thing.on('throws', () => { throw new Error('from a listener'); });
try { thing.emit('throws'); } catch (error) { log(error.message); }

// Ticks.
for (let n = 0; n < 6; n++) process.nextTick((...all) => log('tick', all), ...Array.from({ length: n }, (_, k) => k));
process.nextTick(function() { 'use strict'; log('this', this); });
process.nextTick(Math.max, 1);
try { process.nextTick(1); } catch (error) { log(error.code, error.message); }
try { queueMicrotask({}); } catch (error) { log(error.code, error.message); }
queueMicrotask(() => { log('microtask'); process.nextTick(log, 'tick of a microtask'); });
process.nextTick(() => { queueMicrotask(() => log('microtask of a tick')); process.nextTick(log, 'tick of a tick'); });
const storage = new AsyncLocalStorage();
storage.run('frame', () => {
  process.nextTick(() => log('tick in', storage.getStore()));
  queueMicrotask(() => { log('microtask in', storage.getStore()); queueMicrotask(() => log('its microtask in', storage.getStore())); });
});
queueMicrotask(() => log('microtask outside', storage.getStore()));
process.once('uncaughtException', (error) => {
  log('uncaught', error.message);
  process.nextTick(log, 'tick after the uncaught');
});
setTimeout(() => {
  process.nextTick(() => { throw new Error('of a tick'); });
  process.nextTick(log, 'the tick behind');
  let left = 1000;
  const next = () => { if (--left > 0) process.nextTick(next); else log('a thousand'); };
  process.nextTick(next);
  for (let k = 0; k < 500; k++) process.nextTick(() => { e.k = (e.k ?? 0) + 1; if (e.k === 500) log('five hundred'); });
}, 1);
process.on('exit', () => { process.nextTick(log, 'never'); log('exit'); });

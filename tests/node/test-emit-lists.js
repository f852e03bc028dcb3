// SPDX-License-Identifier: MIT
'use strict';
// emit() of several listeners of all kinds, changed while they run, and emitters whose tables change between emits.
const { EventEmitter, captureRejectionSymbol } = require('node:events');
const log = [];
const say = (...args) => { log.push(args.join()); };
const flush = (name) => { console.log(name, log.join(' ')); log.length = 0; };

{
  const e = new EventEmitter();
  e.on('x', (a, b) => say('arrow', a, b));
  e.on('x', function all() { say('all', this === e, arguments.length, arguments[2]); });
  e.once('x', (a) => say('once', a));
  e.on('x', say.bind(null, 'bound'));
  e.on('x', async (a) => { say('async', a); });
  e.on('x', function* generator() { say('never'); });
  e.on('x', (...rest) => say('rest', rest.length));
  e.on('x', Math.max);
  e.on('x', new Proxy((a) => say('proxy', a), {}));
  e.on('x', () => false);
  for (let i = 0; i < 3; i++) console.log(e.emit('x', i, 'b', 'c', 'd'), e.listenerCount('x'));
  flush('kinds');
}
{
  const e = new EventEmitter();
  const late = () => say('late');
  const removed = () => say('removed');
  e.on('x', () => { say('first'); e.on('x', late); e.off('x', removed); });
  e.on('x', removed);
  e.on('x', () => { say('third'); if (log.length < 12) e.emit('x'); });
  e.emit('x');
  flush('changes');
}
{
  const e = new EventEmitter();
  e.on('x', () => say('one'));
  e.on('x', function thrower() { throw new Error('two'); });
  e.on('x', () => say('three'));
  for (let i = 0; i < 2; i++) {
    try {
      e.emit('x');
    } catch (error) {
      const [, at, by] = error.stack.split('\n').map((line) => line.trim().split(' ')[1]);
      say(error.message, at, by);
    }
  }
  e.on('y', () => say('one'));
  e.on('y', (() => { throw new Error('bound'); }).bind());
  try { e.emit('y'); } catch (error) { say(error.message); }
  flush('exceptions');
}
{
  const e = new EventEmitter();
  const f = (v) => say('f', v);
  const g = (v) => say('g', v);
  const emit = (v) => e.emit('x', v); // one site
  const results = [];
  results.push(emit(0));
  e.on('x', f);
  results.push(emit(1), emit(2));
  e.on('x', g);
  results.push(emit(3));
  e.off('x', f);
  results.push(emit(4));
  e.prependListener('y', f);
  results.push(emit(5));
  e.off('x', g);
  results.push(emit(6));
  e.on('x', g);
  results.push(emit(7));
  e.removeAllListeners();
  results.push(emit(8));
  e.extra = 1;
  e.on('x', f);
  results.push(emit(9), emit(10));
  e._events = { x: g };
  results.push(emit(11));
  e._events = undefined;
  results.push(emit(12));
  flush('tables ' + results.map(Number).join(''));
}
{
  // Rejections, captured or not, behind the same site.
  const plain = new EventEmitter();
  const captured = new EventEmitter({ captureRejections: true });
  const emit = (e) => e.emit('x');
  const handler = () => ({ then(f, r) { r(new Error('no')); } });
  plain.on('x', handler);
  captured.on('x', handler);
  captured[captureRejectionSymbol] = (error, name) => say(error.message, name);
  for (let i = 0; i < 3; i++) emit(plain);
  emit(captured);
  emit(plain);
  setImmediate(() => flush('captured'));
}
{
  class Sub extends EventEmitter {
    emit(name, ...args) { say('sub', name); return super.emit(name, ...args); }
  }
  const e = new Sub();
  e.on('x', (a) => say(a));
  e.on('x', (a) => say(a + 1));
  for (let i = 0; i < 2; i++) e.emit('x', i);
  const many = new EventEmitter();
  many.setMaxListeners(0);
  let sum = 0;
  for (let i = 0; i < 200; i++) many.on('x', (v) => { sum += v * i; });
  many.emit('x', 1);
  const deep = () => { many.emit('deep'); };
  many.on('deep', deep);
  many.on('deep', deep);
  try { deep(); } catch (error) { say(error.name); }
  const symbol = Symbol('s');
  many.on(symbol, () => say('symbol')).on('7', () => say('seven'));
  many.emit(symbol);
  many.emit(7);
  many.emit('7');
  say(sum);
  flush('rest');
}

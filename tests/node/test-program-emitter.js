const EventEmitter = require('events');
const e = new EventEmitter();
const log = (name) => (...args) => console.log(name, ...args);
const a = log('a');
e.on('x', a);
e.once('x', log('once'));
e.prependListener('x', log('first'));
console.log(e.emit('x', 1, 2), e.emit('x', 3), e.emit('nobody'));
e.off('x', a);
e.emit('x', 4);
console.log(e.eventNames(), e.listenerCount('x'));
e.on('newListener', (name) => console.log('new', name));
e.on('removeListener', (name) => console.log('removed', name));
const b = () => {};
e.on('y', b);
e.removeListener('y', b);
process.on('warning', (w) => console.log(w.name, '|', w.message, '|', w.count, w.type));
for (let k = 0; k < 12; k++) e.on('many', () => {});
class Mine extends EventEmitter {}
const m = new Mine({ captureRejections: true });
m.on('error', (err) => console.log('captured', err.message));
m.on('z', async () => { throw new Error('later'); });
m.emit('z');
(async () => {
  setImmediate(() => e.emit('once', 42));
  console.log(await EventEmitter.once(e, 'once'));
  const ac = new AbortController();
  setImmediate(() => { e.emit('it', 1); e.emit('it', 2); setImmediate(() => ac.abort()); });
  try {
    for await (const v of EventEmitter.on(e, 'it', { signal: ac.signal })) console.log('it', v);
  } catch (err) {
    console.log(err.name, err.code);
  }
})();

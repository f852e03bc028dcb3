// on, once, off and listenerCount keep the table that programs read, whatever way they take.
'use strict';
const EventEmitter = require('events');
const { Readable } = require('stream');

const shape = (e) => [e._eventsCount, Reflect.ownKeys(e._events).filter((k) => e._events[k] !== undefined).map(String),
  e.eventNames().map((k) => `${String(k)}:${e.listenerCount(k)}`)];
const log = (...args) => console.log(...args);
const a = () => log('a');
const b = () => log('b');
const c = (...args) => log('c', args);

const e = new EventEmitter();
log(e.on('x', a) === e, shape(e));
e.on('x', b).on('y', c).once('x', c);
log(shape(e), e.listenerCount('x', c), e.listenerCount('x', () => {}), e.rawListeners('x')[2].name, e.rawListeners('x')[2].listener === c);
e.emit('x', 1, 2);
log(shape(e), e.off('x', a) === e, shape(e), typeof e._events.x);
e.removeListener('x', c).off('x', b).off('x', b).off('nothing', b);
log(shape(e));
e.off('y', c);
log(shape(e), Object.getPrototypeOf(e._events));

// Names that are symbols, indices, numbers and properties of every object.
const sym = Symbol('s');
for (const name of [sym, '0', 7, 'toString', '__proto__', '', 'constructor']) e.on(name, a);
log(shape(e));
for (const name of [sym, '0', 7, 'toString', '__proto__', '', 'constructor']) e.off(name, a);
log(e._eventsCount);

// Who listens to listeners.
const l = new EventEmitter();
l.on('newListener', (name, fn) => log('new', name, fn.name)).on('removeListener', (name, fn) => log('gone', name, fn.name));
l.on('x', a).once('x', c).prependListener('x', b).prependOnceListener('x', c);
l.emit('x');
l.off('x', b).off('x', a);

// once within once, listeners that change the list, one that throws.
const o = new EventEmitter();
o.once('x', function() { log('first', this === o, o.listenerCount('x')); o.once('x', c); o.emit('x', 'again'); });
o.emit('x');
log(shape(o));
o.on('x', function self() { log('self'); o.off('x', self); }).on('x', a);
o.emit('x');
o.once('t', () => { throw new Error('thrown'); });
try { o.emit('t'); } catch (error) { log(error.message, o.listenerCount('t')); }
const wrapper = (o.once('w', c), o.rawListeners('w')[0]);
wrapper(1);
wrapper(2);
log(o.listenerCount('w'));

// Methods of its own.
class Own extends EventEmitter {
  on(name, fn) { log('own on', name); return super.on(name, fn); }
  removeListener(name, fn) { log('own remove', name); return super.removeListener(name, fn); }
}
const own = new Own();
own.once('x', a);
own.emit('x');
own.emit('x');

// Objects that only look like emitters.
const bare = Object.create(EventEmitter.prototype);
bare.on('x', a).on('x', b);
log(bare._eventsCount, bare.listenerCount('x'));
const child = Object.create(e);
child.on('child', a);
log(e.listenerCount('child'), Object.hasOwn(child, '_eventsCount'));
Object.freeze(e._events);
try { e.on('frozen', a); } catch (error) { log(error.name); }
for (const bad of [undefined, null, 5, {}]) {
  for (const method of ['on', 'once', 'off', 'prependListener']) {
    try { e[method]('x', bad); } catch (error) { log(method, error.code, error.message); }
  }
}
const stream = new Readable({ read() {} });
stream.once('close', a).once('end', b).off('end', b);
log(shape(stream));

// Too many.
process.on('warning', (warning) => log(warning.name, warning.count, warning.type));
const many = new EventEmitter().setMaxListeners(2);
for (let i = 0; i < 4; i++) many.on('m', a);
const one = new EventEmitter().setMaxListeners(1);
one.on('n', a).on('n', b);
const any = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 20; i++) any.on('m', a);
EventEmitter.defaultMaxListeners = 3;
const few = new EventEmitter();
for (let i = 0; i < 5; i++) few.on('f', a);

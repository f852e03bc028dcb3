// Bounded channels, and stores that have a value for a scope.
'use strict';
const dc = require('diagnostics_channel');
const { AsyncLocalStorage } = require('async_hooks');

function attempt(fn) {
  try {
    console.log(fn());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

const channel = dc.boundedChannel('bounded');
console.log(channel, channel.start.name, channel.end.name, channel.hasSubscribers);
console.log(channel.run({}, (x) => x, undefined, 'without subscribers'));
const handlers = { start: (message) => console.log('start', message), end: (message) => console.log('end', message) };
channel.subscribe(handlers);
console.log(channel.hasSubscribers);
console.log(channel.run({ a: 1 }, function(x) {
  console.log('inside', this.name, x);
  return 5;
}, { name: 'self' }, 'argument'));
attempt(() => channel.run({ a: 2 }, () => {
  throw new Error('thrown');
}));
const scope = channel.withScope({ b: 1 });
console.log(scope);
scope[Symbol.dispose]();
scope[Symbol.dispose]();
console.log(channel.unsubscribe(handlers), channel.unsubscribe(handlers));
attempt(() => dc.boundedChannel());
attempt(() => dc.boundedChannel(1));
attempt(() => dc.boundedChannel({ start: dc.channel('a'), end: dc.channel('b') }).end.name);
attempt(() => new dc.BoundedChannel('x').start.name);

const store = new AsyncLocalStorage();
const plain = dc.channel('plain');
plain.bindStore(store, (data) => ({ data }));
plain.subscribe((message) => console.log('message', message, store.getStore()));
const inside = plain.withStoreScope('value');
console.log(inside, store.getStore());
inside[Symbol.dispose]();
console.log(store.getStore());
dc.channel('nobody').withStoreScope(1)[Symbol.dispose]();

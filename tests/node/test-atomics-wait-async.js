// Atomics.waitAsync: answers at once, a notification, a deadline; a pending wait keeps nothing alive.
const ia = new Int32Array(new SharedArrayBuffer(16));
const r = Atomics.waitAsync(ia, 0, 0);
console.log(r.async, r.value instanceof Promise, Object.keys(r));
r.value.then((v) => console.log('first', v));
console.log(Atomics.waitAsync(ia, 0, 1), Atomics.waitAsync(ia, 0, 0, 0));
const t = Atomics.waitAsync(ia, 1, 0, 20);
t.value.then((v) => { console.log('second', v); });
setTimeout(() => console.log('notified', Atomics.notify(ia, 0)), 5);
const keep = setTimeout(() => {}, 80);
Promise.resolve().then(() => console.log('job'));

// SPDX-License-Identifier: MIT
// Awaiting values, settled and pending promises, thenables and subclasses takes as many turns as the language says.
const log = [];
class Mine extends Promise { static get [Symbol.species]() { log.push('species'); return Promise; } }
async function run(name, value) { log.push(name + 0); await value; log.push(name + 1); await value; log.push(name + 2); }
const never = new Promise(() => {});
run('v', 1); run('p', Promise.resolve(2)); run('t', { then(ok) { log.push('then'); ok(); } }); run('m', Mine.resolve(3));
run('r', Promise.reject(4)).catch((e) => log.push('caught' + e));
let p = Promise.resolve();
for (let k = 0; k < 8; k++) p = p.then(() => log.push(k));
Mine.resolve(1).then(() => log.push('mine'));
never.then(() => log.push('never'));
p.then(() => print(log.join(' '))); // expect: v0 p0 t0 m0 r0 species v1 p1 then species 0 mine v2 p2 t1 caught4 1 then m1 2 t2 species 3 4 m2 5 6 7

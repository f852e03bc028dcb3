// module.register(): hooks on a thread of their own serve import(), import.meta.resolve() and require().
import { register } from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

process.noDeprecation = true;
const { port1, port2 } = new MessageChannel();
console.log(register('./fixtures/hooks/virtual.mjs', import.meta.url,
                     { data: { prefix: 'data', port: port2 }, transferList: [port2] }));
console.log(receiveMessageOnPort(port1));
port1.close();

console.log(import.meta.resolve('virtual:x'));
const both = await Promise.all([import('virtual:one'), import('virtual:one')]);
console.log(both[0].default, both[0] === both[1]);
console.log((await import('virtual:two')).default);
console.log((await import('virtual:commonjs')).default);
for (const name of ['broken', 'silent', 'throws', 'missing/../x y']) {
  try {
    console.log((await import(`virtual:${name}`)).default);
  } catch (error) {
    console.log(error.name, error.code, error.message.replace(/file:\S*\//, ''));
  }
}
try {
  import.meta.resolve('never');
} catch (error) {
  console.log(error.code);
}
console.log((await import('node:os')).default === process.getBuiltinModule('os'));
import('never').then(() => console.log('not reached'));

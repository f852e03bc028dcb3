// needs: redis-server
// redis and ioredis: commands, pipelines, transactions, scripts, publish and subscribe, streams, scans, errors.
import path from 'node:path';
import Redis from 'ioredis';
import { createClient, createClientPool, defineScript } from 'redis';
import { redis } from './fixtures/servers.mjs';

const server = await redis();
const url = `redis://127.0.0.1:${server.port}`;

const client = createClient({
  url,
  scripts: { double: defineScript({ SCRIPT: 'return redis.call("incrby", KEYS[1], redis.call("get", KEYS[1]))', NUMBER_OF_KEYS: 1, parseCommand: (parser, key) => parser.pushKey(key), transformReply: (reply) => reply }) },
});
client.on('error', (error) => console.log('error', error.code));
await client.connect();
console.log(await client.ping(), await client.set('k', 'välue', { EX: 100 }), await client.get('k'), await client.ttl('k'), await client.get('none'));
console.log(await client.hSet('h', { a: 1, b: 'x' }), await client.hGetAll('h'), await client.sendCommand(['HKEYS', 'h']));
console.log(await Promise.all(Array.from({ length: 5 }, (_, n) => client.incrBy('n', n))), await client.double('n'));
console.log(await client.multi().set('t', '1').incr('t').lPush('l', ['a', 'b', 'c']).lRange('l', 0, -1).exec());
console.log(await client.multi().set('s', 'x').incr('s').exec().catch((error) => [error.name, error.message, error.errorIndexes]));
console.log(await client.incr('k').catch((error) => [error.constructor.name, error.message]));
const other = client.duplicate();
await other.connect();
await client.watch('w');
await other.set('w', 'changed');
console.log(await client.multi().set('w', 'mine').exec().catch((error) => error.name));
console.log(await client.zAdd('z', [{ score: 2.5, value: 'b' }, { score: 1, value: 'a' }]), await client.zRangeWithScores('z', 0, -1));
for (let k = 0; k < 50; k++) {
  await client.sAdd('set', `m${k}`);
}
let scanned = 0;
for await (const members of client.sScanIterator('set', { COUNT: 10 })) {
  scanned += members.length;
}
console.log(scanned, (await client.eval('return {1, ARGV[1], {KEYS[1], false}}', { keys: ['q'], arguments: ['v'] })));
const big = 'x'.repeat(1_000_000);
await client.set('big', big);
console.log((await client.get('big')) === big, await client.strLen('big'));

const messages = [];
await other.subscribe('room', (message, channel) => messages.push([channel, message]));
await other.pSubscribe('ro*', (message, channel) => messages.push(['p', channel, message]));
console.log(await client.publish('room', 'hello'), await client.publish('elsewhere', 'x'));
while (messages.length < 2) {
  await client.ping();
}
console.log(messages);
await other.unsubscribe();
await other.pUnsubscribe();

await client.xGroupCreate('events', 'g', '0', { MKSTREAM: true });
for (let k = 0; k < 3; k++) {
  await client.xAdd('events', `${k + 1}-0`, { k: String(k) });
}
const group = await client.xReadGroup('g', 'me', { key: 'events', id: '>' }, { COUNT: 2 });
console.log(JSON.stringify(group), await client.xAck('events', 'g', '1-0'), JSON.stringify(await client.xPending('events', 'g')));
const blocked = other.xRead({ key: 'events', id: '3-0' }, { BLOCK: 5000 });
await client.xAdd('events', '9-0', { late: 'yes' });
console.log(JSON.stringify(await blocked), await other.blPop('none', 0.01));
const pool = await createClientPool({ url }, { maximum: 3 }).connect();
console.log((await Promise.all(Array.from({ length: 9 }, () => pool.incr('pooled')))).at(-1));
pool.destroy();
console.log(await client.withTypeMapping({ 36: Buffer }).get('k'));
await other.close();
await client.close();
console.log(client.isOpen, await client.get('k').catch((error) => error.name));

const io = new Redis(url);
console.log(await io.set('io', 'v', 'PX', 50_000, 'NX'), await io.set('io', 'w', 'NX'), await io.getBuffer('io'), await io.mget('io', 'nothing', 'k'));
console.log((await io.pipeline().set('p', 1).incr('p').hincrby('p', 'x', 1).get('p').exec()).map(([error, result]) => error?.message ?? result));
console.log(await io.multi([['set', 'm', 'n'], ['append', 'm', 'o']]).exec(), await io.multi({ pipeline: false }), await io.get('m'), await io.discard());
io.defineCommand('swap', { numberOfKeys: 2, lua: 'local a = redis.call("get", KEYS[1]); redis.call("set", KEYS[1], redis.call("get", KEYS[2])); return redis.call("set", KEYS[2], a)' });
console.log(await io.swap('m', 'p'), await io.mget('m', 'p'));
const subscriber = new Redis({ port: server.port, host: '127.0.0.1', lazyConnect: true });
await subscriber.connect();
const told = new Promise((resolve) => subscriber.on('message', (...args) => resolve(args)));
console.log(await subscriber.subscribe('a', 'b'));
await io.publish('b', Buffer.from([0xe9, 0x21]).toString('latin1'));
console.log(await told, await subscriber.get('k').catch((error) => error.message));
subscriber.disconnect();
let keys = 0;
for await (const batch of io.scanStream({ match: '*', count: 5 })) {
  keys += batch.length;
}
console.log(keys === (await io.dbsize()), await io.hgetall('h'), await io.call('GET', 'k'));
console.log(await io.xrange('events', '-', '+', 'COUNT', 1), await io.incr('h').catch((error) => [error.name, error.message, error.command.name]));
const unix = new Redis(path.join(server.folder, 'sock'), { keyPrefix: 'pre:', enableAutoPipelining: true });
console.log(await Promise.all([unix.set('x', 1), unix.incr('x'), unix.get('x')]), await io.get('pre:x'));
unix.disconnect();

let reconnects = 0;
const stubborn = new Redis({ port: server.port, host: '127.0.0.1', retryStrategy: () => (++reconnects > 3 ? null : 5), maxRetriesPerRequest: 1 });
stubborn.on('error', () => {});
await stubborn.ping();
const closed = new Promise((resolve) => stubborn.on('end', resolve));
io.on('error', () => {});
io.disconnect();
await server.stop();
console.log(await stubborn.ping().catch((error) => error.name));
await closed;
console.log(reconnects, stubborn.status, await stubborn.get('x').catch((error) => error.message));

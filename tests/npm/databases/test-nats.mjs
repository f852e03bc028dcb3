// needs: nats-server
// nats: publish and subscribe, requests, queue groups, headers, JetStream and its key-value store.
import { AckPolicy, Empty, JSONCodec, StringCodec, connect, headers } from 'nats';
import { nats } from './fixtures/servers.mjs';

const server = await nats();
const text = StringCodec();
const json = JSONCodec();
const one = await connect({ servers: `127.0.0.1:${server.port}`, name: 'one' });
const two = await connect({ servers: `127.0.0.1:${server.port}`, reconnect: false });
console.log(one.getServer() === `127.0.0.1:${server.port}`, one.info.jetstream, one.info.headers);

const news = one.subscribe('news.*', { max: 3 });
await one.flush();
two.publish('news.a', text.encode('first'));
two.publish('news.b', json.encode({ n: 2, text: 'é' }));
const h = headers();
h.append('Key', 'v1');
h.append('Key', 'v2');
two.publish('news.c', Empty, { headers: h });
for await (const message of news) {
  console.log(message.subject, text.decode(message.data), message.headers?.values('Key'));
}
console.log(news.getProcessed(), news.isClosed());

one.subscribe('add', { callback: (error, message) => message.respond(json.encode(json.decode(message.data).reduce((a, b) => a + b))) });
await one.flush();
console.log(json.decode((await two.request('add', json.encode([1, 2, 3]))).data));
console.log(await two.request('nobody', Empty, { timeout: 500 }).catch((error) => [error.name, error.code]));
one.subscribe('silent');
await one.flush();
console.log(await two.request('silent', Empty, { timeout: 20 }).catch((error) => [error.name, error.code]));

const counts = [0, 0];
for (const [k, connection] of [one, two].entries()) {
  connection.subscribe('work', { queue: 'workers', callback: () => counts[k]++ });
  await connection.flush();
}
const large = new Uint8Array(100_000).fill(65);
for (let k = 0; k < 100; k++) {
  one.publish('work', k % 10 ? Empty : large);
}
await one.flush();
while (counts[0] + counts[1] < 100) {
  await two.flush();
}
console.log(counts[0] + counts[1], counts.every((n) => n > 10));
try {
  one.publish('work', new Uint8Array(2_000_000));
} catch (error) {
  console.log(error.code);
}

const manager = await one.jetstreamManager();
await manager.streams.add({ name: 'orders', subjects: ['orders.>'] });
const stream = one.jetstream();
for (let k = 0; k < 20; k++) {
  const { seq, duplicate } = await stream.publish(`orders.${k % 2 ? 'odd' : 'even'}`, json.encode({ k }), { msgID: `m${k % 19}` });
  if (duplicate) {
    console.log('duplicate', seq);
  }
}
await manager.consumers.add('orders', { durable_name: 'odd', ack_policy: AckPolicy.Explicit, filter_subject: 'orders.odd' });
const consumer = await stream.consumers.get('orders', 'odd');
const seen = [];
for await (const message of await consumer.fetch({ max_messages: 5, expires: 2000 })) {
  seen.push(json.decode(message.data).k);
  if (message.seq === 4 && message.info.redeliveryCount === 1) {
    message.nak();
  } else {
    message.ack();
  }
}
console.log(seen);
const rest = [await consumer.next({ expires: 2000 }), await consumer.next({ expires: 2000 })];
console.log(rest.map((message) => [json.decode(message.data).k, message.info.redeliveryCount, message.redelivered]).sort(([x], [y]) => x - y));
await Promise.all(rest.map((message) => message.ackAck()));
const { state, config } = await manager.streams.info('orders');
console.log(state.messages, state.first_seq, state.last_seq, config.retention);
console.log(await stream.publish('unknown', Empty, { timeout: 300 }).catch((error) => error.code));

const store = await stream.views.kv('settings', { history: 3 });
await store.create('a', text.encode('1'));
const revision = await store.update('a', text.encode('2'), 1);
console.log(revision, (await store.get('a')).string(), await store.create('a', Empty).catch((error) => error.api_error?.err_code));
await store.delete('a');
const history = [];
for await (const entry of await store.history({ key: 'a' })) {
  history.push([entry.revision, entry.operation, entry.string()]);
  if (entry.delta === 0) {
    break;
  }
}
console.log(history);

const closed = two.closed();
await one.drain();
console.log(one.isClosed(), await one.flush().catch((error) => error.code));
await server.stop();
const error = await closed;
console.log(two.isClosed(), error === undefined || error instanceof Error);
console.log(await connect({ servers: `127.0.0.1:${server.port}`, reconnect: false }).catch((e) => e.code));

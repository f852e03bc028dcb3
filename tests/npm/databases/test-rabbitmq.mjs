// needs: /usr/lib/rabbitmq/bin/rabbitmq-server
// amqplib: queues, acknowledgements, prefetch, exchanges, confirm channels, replies, returned messages, errors.
import { once } from 'node:events';
import amqp from 'amqplib';
import { rabbitmq } from './fixtures/servers.mjs';

const server = await rabbitmq();
const url = `amqp://guest:guest@127.0.0.1:${server.port}`;
const connection = await amqp.connect(url, { clientProperties: { connection_name: 'culm' } });
const channel = await connection.createChannel();
console.log(connection.connection.serverProperties.product, await channel.assertQueue('work', { durable: true, arguments: { 'x-max-priority': 3 } }));

for (let k = 0; k < 10; k++) {
  channel.sendToQueue('work', Buffer.from(`job ${k} é`), { persistent: true, headers: { k, list: [1, 'a', { deep: true }], at: { '!': 'timestamp', value: 5 } }, contentType: 'text/plain', messageId: `m${k}`, timestamp: 1700000000 });
}
await channel.prefetch(3);
const seen = [];
await new Promise((resolve) => {
  channel.consume('work', (message) => {
    const { fields, properties, content } = message;
    seen.push([content.toString(), fields.redelivered]);
    if (seen.length === 1) {
      console.log(fields.routingKey, fields.exchange, properties.headers, properties.contentType, properties.messageId, properties.timestamp, properties.deliveryMode);
      channel.nack(message);
    } else {
      channel.ack(message);
    }
    if (seen.length === 11) {
      resolve();
    }
  }, { consumerTag: 'me' });
});
await channel.cancel('me');
console.log(seen.filter(([, redelivered]) => redelivered), new Set(seen.map(([text]) => text)).size, await channel.checkQueue('work'));

await channel.assertExchange('logs', 'topic');
const { queue } = await channel.assertQueue('', { exclusive: true });
console.log(queue.startsWith('amq.gen-'));
await channel.bindQueue(queue, 'logs', '*.error');
for (const key of ['disk.error', 'disk.info', 'net.error']) {
  channel.publish('logs', key, Buffer.from(key));
}
const got = [];
for (let k = 0; k < 200 && got.length < 2; k++) {
  const message = await channel.get(queue, { noAck: true });
  if (message) {
    got.push(message.content.toString());
  }
}
console.log(got, await channel.get(queue));

const confirmed = await connection.createConfirmChannel();
confirmed.on('return', (message) => console.log('returned', message.fields.replyText, message.content.toString()));
confirmed.publish('', 'nobody', Buffer.from('lost'), { mandatory: true });
const large = Buffer.alloc(700_000, 'culm');
await new Promise((resolve, reject) => confirmed.sendToQueue('work', large, {}, (error) => (error ? reject(error) : resolve())));
for (let k = 0; k < 100; k++) {
  confirmed.sendToQueue(queue, Buffer.from([k]));
}
await confirmed.waitForConfirms();
console.log((await channel.get('work', { noAck: true })).content.equals(large), (await channel.checkQueue(queue)).messageCount, await channel.purgeQueue(queue));

const { queue: replies } = await channel.assertQueue('', { exclusive: true });
await channel.assertQueue('rpc', { autoDelete: true });
channel.consume('rpc', (message) => {
  channel.sendToQueue(message.properties.replyTo, Buffer.from(String(message.content ** 2)), { correlationId: message.properties.correlationId });
  channel.ack(message);
});
const answer = new Promise((resolve) => channel.consume(replies, (message) => resolve([message.content.toString(), message.properties.correlationId]), { noAck: true }));
channel.sendToQueue('rpc', Buffer.from('7'), { replyTo: replies, correlationId: 'c1' });
console.log(await answer);

await channel.assertQueue('dead');
await channel.assertQueue('brief', { messageTtl: 5, deadLetterExchange: '', deadLetterRoutingKey: 'dead' });
channel.sendToQueue('brief', Buffer.from('old'));
const expired = await new Promise((resolve) => channel.consume('dead', resolve, { noAck: true }));
console.log(expired.content.toString(), expired.properties.headers['x-death'][0].reason);

const wrong = await connection.createChannel();
const failed = once(wrong, 'error');
console.log(await wrong.checkQueue('none').catch((error) => error.message));
console.log((await failed)[0].code);
try {
  wrong.ack({ fields: { deliveryTag: 1 } });
} catch (error) {
  console.log(error.name, error.message);
}
await confirmed.close();
await channel.deleteQueue('work');
await channel.close();
const closed = once(connection, 'close');
await connection.close();
await closed;
console.log(await amqp.connect(url.replace('guest:guest', 'guest:wrong')).catch((error) => error.message.split('\n')[0]));
const doomed = await amqp.connect(`${url}?heartbeat=1`);
doomed.on('error', (error) => console.log(error instanceof Error));
const lost = new Promise((resolve) => doomed.on('close', resolve));
await server.stop();
// A connection made while the server is going is reset, one made later refused.
console.log((await lost) instanceof Error, await amqp.connect(url).catch(({ code }) => /^ECONN(REFUSED|RESET)$/.test(code)));

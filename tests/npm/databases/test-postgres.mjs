// needs: /usr/lib/postgresql
// pg: types both ways, prepared statements, transactions, a pool, LISTEN and NOTIFY, cursors, streams, COPY's refusal, errors.
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { postgres } from './fixtures/servers.mjs';

const server = await postgres();
const options = { host: '127.0.0.1', port: server.port, user: 'tester', database: 'postgres' };
const failure = ({ name, message, code, severity, detail, constraint, position }) => ({ name, message, code, severity, detail, constraint, position });

const client = new pg.Client({ ...options, application_name: 'culm' });
client.on('notice', (notice) => console.log('notice', notice.message));
await client.connect();
const { rows, fields, rowCount, command } = await client.query(`select 1::int2 as small, 2::int8 as big, 1.50::numeric as n, 'té' as t, true as b, null as nothing,
  '2024-02-29'::date::text as d, '2024-02-29T12:00:00.123Z'::timestamptz as at, '{"a":[1]}'::jsonb as j, array[1,2,null] as list, array['x,"y"', 'z'] as texts,
  '\\x00ff41'::bytea as bytes, 1.5::float8 as f, 'NaN'::float8 as nan, '1 day 02:03:04.5'::interval as i, '(1,2)'::point as p, '550e8400-e29b-41d4-a716-446655440000'::uuid as u`);
console.log(rows[0], rowCount, command);
console.log(fields.map((f) => [f.name, f.dataTypeID, f.format]).slice(0, 3), rows[0].i.toISOString());
const values = [1, 2n, 'text', true, null, new Date(0), { a: 1 }, [1, 2], Buffer.from([0, 255]), -0.5];
const types = ['int', 'int8', 'text', 'bool', 'text', 'timestamptz', 'jsonb', 'int[]', 'bytea', 'float8'];
console.log((await client.query({ text: `select ${types.map((t, k) => `$${k + 1}::${t}`).join()}`, values, rowMode: 'array' })).rows[0]);
console.log((await client.query('select 1 as a; select 2 as b, 3 as c')).map((r) => r.rows));

await client.query('create table people (id serial primary key, name text unique not null, age int check (age >= 0), data jsonb)');
console.log((await client.query('insert into people (name, age, data) select \'p\' || g, g, jsonb_build_object(\'g\', g) from generate_series(1, 5000) g')).rowCount);
const statement = { name: 'by-id', text: 'select name, age from people where id = $1' };
for (const id of [1, 77, 9999]) {
  console.log((await client.query(statement, [id])).rows);
}
console.log((await client.query("update people set age = age + 1 where id <= $1 returning id, age", [2])).rows);
for (const [text, args] of [['select * form people'], ['insert into people (name) values ($1)', ['p1']], ['insert into people (name, age) values ($1, $2)', ['x', -1]],
  ['select $1::int', ['abc']], ['select 1/0'], ['select missing()']]) {
  await client.query(text, args).catch((error) => console.log(failure(error)));
}
await client.query("do $$ begin raise notice 'told %', 5; end $$");
await client.query('begin');
await client.query("insert into people (name) values ('ghost')");
await client.query('select broken').catch((error) => console.log(error.message));
console.log(await client.query('select 1').catch((error) => error.code));
await client.query('rollback');
console.log((await client.query("select count(*)::int from people where name = 'ghost'")).rows);
console.log(pg.escapeLiteral("it's \\ x"), client.escapeIdentifier('a"b'));
pg.types.setTypeParser(20, BigInt);
console.log((await client.query("select 9007199254740993 as big, repeat('x', 3000000) as text")).rows.map((r) => [r.big, r.text.length]));

const listener = new pg.Client(options);
await listener.connect();
await listener.query('listen news');
const notified = new Promise((resolve) => listener.once('notification', (m) => resolve([m.channel, m.payload])));
await client.query("select pg_notify('news', 'häppened')");
console.log(await notified);
await listener.end();

const cursor = client.query(new Cursor('select id from people order by id'));
let [batches, sum] = [0, 0];
for (let batch; (batch = await cursor.read(700)).length > 0; batches++) {
  sum += batch.reduce((total, row) => total + row.id, 0);
}
await cursor.close();
let streamed = 0;
for await (const row of client.query(new QueryStream('select data from people', [], { batchSize: 100 }))) {
  streamed += row.data.g;
}
console.log(batches, sum, streamed);
await client.end();

const pool = new pg.Pool({ ...options, max: 4, idleTimeoutMillis: 1000, statement_timeout: 5000 });
const counts = { connect: 0, acquire: 0 };
for (const event of Object.keys(counts)) {
  pool.on(event, () => counts[event]++);
}
const results = await Promise.all(Array.from({ length: 40 }, (_, k) => pool.query('select $1::int * 2 as n, pg_sleep(0.002)', [k])));
console.log(results.map((r) => r.rows[0].n).reduce((a, b) => a + b), pool.totalCount, pool.idleCount, pool.waitingCount, counts.connect, counts.acquire);
const transfer = async (from, to, fail) => {
  const held = await pool.connect();
  try {
    await held.query('begin isolation level serializable');
    await held.query('update people set age = age - 1 where name = $1', [from]);
    await held.query('update people set age = age + 1 where name = $1', [fail ? null : to]);
    if (fail) {
      throw new Error('stop');
    }
    await held.query('commit');
  } catch (error) {
    await held.query('rollback');
    return error.message;
  } finally {
    held.release();
  }
};
console.log(await transfer('p10', 'p11'), await transfer('p10', 'p11', true), (await pool.query("select age from people where name in ('p10', 'p11') order by 1")).rows);
console.log(await pool.query({ text: 'select pg_sleep(9)', query_timeout: 30 }).catch((error) => error.message));
console.log(await pool.query('set statement_timeout = 20; select pg_sleep(9)').catch((error) => [error.code, error.message]));
const victim = await pool.connect();
const gone = new Promise((resolve) => victim.on('error', resolve)); // on: the end of the connection may be a second one
const { pid } = (await victim.query('select pg_backend_pid() as pid')).rows[0];
await pool.query('select pg_terminate_backend($1)', [pid]);
console.log((await gone).code);
victim.release(true);
await pool.query("create role scram login password 'geheim'");
await pool.end();
console.log(await pool.query('select 1').catch((error) => error.message));

const { appendFileSync, writeFileSync } = await import('node:fs');
const hba = `${server.folder}/data/pg_hba.conf`;
writeFileSync(hba, 'host all scram 127.0.0.1/32 scram-sha-256\n');
appendFileSync(hba, 'host all tester 127.0.0.1/32 trust\n');
const admin = new pg.Client(options);
await admin.connect();
await admin.query('select pg_reload_conf()');
for (const password of ['geheim', 'falsch']) {
  for (let k = 0; k < 100; k++) {
    const scram = new pg.Client({ ...options, user: 'scram', password });
    const outcome = await scram.connect().then(() => scram.query('select current_user as me, inet_server_port() > 0 as tcp'), (error) => error);
    await scram.end();
    if (outcome.code !== '28000') { // the new rules are not read yet
      console.log(outcome.rows ?? [outcome.code, outcome.message]);
      break;
    }
  }
}
await admin.end();
const unix = new pg.Client({ ...options, host: server.folder, user: 'nobody' });
console.log(await unix.connect().catch((error) => error.code));
console.log(await new pg.Client({ ...options, ssl: true }).connect().catch((error) => error.message));
await server.stop();
console.log(await new pg.Client(options).connect().catch((error) => error.code));

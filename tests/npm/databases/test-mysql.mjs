// needs: mariadbd
// mysql2: types, prepared statements, transactions, a pool, streams, several statements, TLS refused, errors.
import { createConnection, createPool } from 'mysql2/promise';
import callbacks from 'mysql2';
import { mariadb } from './fixtures/servers.mjs';

const server = await mariadb();
const options = { host: '127.0.0.1', port: server.port, user: 'root' };
const failure = ({ code, errno, sqlState, message }) => [code, errno, sqlState, message];

const connection = await createConnection({ ...options, multipleStatements: true, timezone: 'Z', supportBigNumbers: true });
await connection.query('create database test; use test; set time_zone = "+00:00"');
await connection.query(`create table kinds (id int auto_increment primary key, n bigint, d decimal(20, 5), f double, t text, b blob, day date, at datetime(3),
  j json, flag tinyint(1), u bigint unsigned, e enum('x', 'y'), s set('a', 'b'), bits bit(9))`);
const values = [-5, '12345.67890', 1.5, 'tëxt 😀 \' " \\', Buffer.from([0, 1, 255]), '2024-02-29', new Date(1709208000123), JSON.stringify({ a: [1] }), true, '18446744073709551615', 'y', 'a,b', 5];
const insert = 'insert into kinds (n, d, f, t, b, day, at, j, flag, u, e, s, bits) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const [byText] = await connection.query(insert, values);
const [byStatement] = await connection.execute(insert, values);
await connection.execute('insert into kinds () values ()');
console.log(byText.insertId, byStatement.insertId, byStatement.affectedRows, byStatement.warningStatus);
for (const run of ['query', 'execute']) {
  const [rows, fields] = await connection[run]('select * from kinds order by id');
  console.log(rows, fields.map((f) => `${f.name}:${f.columnType}`).join(' '));
}
const [several] = await connection.query('select 1 as a; select 2 as b; update kinds set f = 2 where id = 1');
console.log(several[0], several[1], several[2].info);
console.log((await connection.query({ sql: 'select ? as a, :x as b', rowsAsArray: true, namedPlaceholders: false }, [[1, 2]]).catch(failure)));
console.log(connection.format('select * from ?? where a = ? and b in (?) and c = ?', ['t.x', "o'b", [1, null, true], { k: new Date(0) }]), connection.escape(Buffer.from('ab')));
for (const [sql, args] of [['selec 1'], ['select * from none'], ['insert into kinds (id) values (1)'], ['select ?', undefined], ['insert into kinds (e) values ("z")']]) {
  await connection.execute(sql, args).then(([r]) => console.log(r), (error) => console.log(failure(error)));
}
await connection.beginTransaction();
await connection.query('delete from kinds');
await connection.rollback();
console.log((await connection.query('select count(*) as n from kinds'))[0]);
const statement = await connection.prepare('select ? + ? as total');
console.log((await statement.execute([1, 2]))[0], (await statement.execute([1.5, -2]))[0]);
await statement.close();
const [[{ text }]] = await connection.query("select repeat('é', 4000000) as text");
console.log(text.length, (await connection.query('select length(?) as n', ['x'.repeat(1_000_000)]))[0]);

const stream = callbacks.createConnection({ ...options, database: 'test', compress: true });
let [sum, count] = [0, 0];
for await (const { seq } of stream.query('select seq from seq_1_to_20000').stream({ highWaterMark: 10 })) {
  sum += seq;
  count++;
}
console.log(count, sum);
console.log(await new Promise((resolve) => stream.query({ sql: 'select sleep(5)', timeout: 30 }, (error) => resolve(failure(error)))));
stream.destroy();
const load = await createConnection({ ...options, database: 'test' });
await load.query('create table loaded (a int, b text)');
const { Readable } = await import('node:stream');
const [loaded] = await load.query({ sql: "load data local infile 'rows' into table loaded", infileStreamFactory: () => Readable.from([Buffer.from('1\tone\n2\t'), Buffer.from('two\n')]) });
console.log(loaded.affectedRows, (await load.query('select * from loaded'))[0]);
await load.changeUser({ user: 'root', database: 'mysql' });
console.log((await load.query('select database() as d, connection_id() > 0 as c'))[0], await load.ping());
await load.end();

const pool = createPool({ ...options, database: 'test', connectionLimit: 4, waitForConnections: true, namedPlaceholders: true });
let acquired = 0;
pool.on('acquire', () => acquired++);
const results = await Promise.all(Array.from({ length: 30 }, (_, k) => pool.execute('select :k * 2 as n, sleep(0.002)', { k })));
console.log(results.reduce((total, [[row]]) => total + row.n, 0), acquired);
const held = await pool.getConnection();
const [[{ id }]] = await held.query('select connection_id() as id');
const lost = held.query('select sleep(9)').catch(failure);
await pool.query(`kill ${id}`);
console.log((await lost)[0] !== undefined);
held.release();
await pool.query("create user geheim@'127.0.0.1' identified by 'wort'");
await pool.end();
for (const password of ['wort', 'falsch']) {
  const outcome = await createConnection({ ...options, user: 'geheim', password }).then(async (c) => {
    const [rows] = await c.query('select current_user() as me');
    await c.end();
    return rows;
  }, failure);
  console.log(outcome);
}
console.log(await createConnection({ ...options, ssl: {} }).catch((error) => error.code), (await connection.query('show variables like "have_ssl"'))[0]);
await connection.end();
await server.stop();
console.log(await createConnection(options).catch((error) => error.code));

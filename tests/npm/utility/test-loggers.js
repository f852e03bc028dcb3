// winston and pino: formats, transports, children, serializers; pino's transport runs in a worker thread.
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Writable } = require('node:stream');
const { once } = require('node:events');
const pino = require('pino');
const winston = require('winston');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-log-'));

async function testWinston() {
  const lines = [];
  const stream = new Writable({ write: (chunk, encoding, done) => (lines.push(String(chunk)), done()) });
  const { combine, json, errors, splat, printf, label, colorize, simple, ms } = winston.format;
  const file = path.join(folder, 'w.log');
  const logger = winston.createLogger({
    level: 'debug',
    format: combine(errors({ stack: false }), splat(), label({ label: 'L' }), json()),
    defaultMeta: { service: 's' },
    transports: [
      new winston.transports.Stream({ stream }),
      new winston.transports.File({ filename: file, level: 'warn', format: combine(colorize(), simple()) }),
    ],
  });
  logger.info('hello %s %d %j', 'x', 5, { a: 1 }, { extra: true });
  logger.debug({ message: 'object', n: 1n.toString() });
  logger.silly('not shown');
  logger.warn('warned');
  logger.error(new Error('broken'));
  logger.child({ request: 7 }).info('child');
  logger.add(new winston.transports.Stream({ stream, format: printf(({ level, message }) => `${level}: ${message}`) }));
  logger.log('info', 'twice');
  console.log(logger.isLevelEnabled('verbose'), logger.isDebugEnabled());
  logger.end();
  await once(logger, 'finish');
  await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(lines.join(''));
  console.log(JSON.stringify(fs.readFileSync(file, 'utf8')));
  console.log(typeof ms, winston.config.npm.levels);
  const custom = winston.createLogger({ levels: { loud: 0, quiet: 1 }, level: 'quiet', transports: [new winston.transports.Console({ format: simple() })] });
  custom.loud('to the console');
  custom.quiet('too', { k: 'v' });
  custom.close();
}

async function testPino() {
  const lines = [];
  const options = {
    level: 'trace', base: { app: 'x' }, timestamp: false, redact: ['user.password', 'list[*].key'],
    serializers: { request: (r) => ({ url: r.url }), err: pino.stdSerializers.err },
    mixin: () => ({ mixed: 1 }), formatters: { level: (name) => ({ level: name }) },
  };
  const logger = pino(options, { write: (line) => lines.push(line) });
  logger.info({ user: { name: 'a', password: 'p' }, list: [{ key: 1 }, { key: 2 }] }, 'with %s and %o', 'text', { o: [1] });
  logger.child({ module: 'm' }, { level: 'warn' }).info('not shown');
  logger.child({ module: 'm' }).warn({ request: { url: '/', method: 'GET' } });
  logger.error(Object.assign(new TypeError('bad'), { code: 'E_BAD' }), 'failed');
  logger.trace('"quoted" \n é \u2028 %d%%', 5);
  logger.fatal({ big: 12n, undef: undefined, fn() {}, sym: Symbol('s'), nan: NaN, date: new Date(0), buf: Buffer.from('a') });
  console.log(lines.map((l) => l.replace(/"stack":"[^"]*"/, '"stack":"..."')).join(''));
  console.log(pino.levels.values, logger.isLevelEnabled('debug'), logger.bindings());

  const file = path.join(folder, 'p.log');
  const transport = pino.transport({ targets: [{ target: 'pino/file', options: { destination: file }, level: 'info' }] });
  const threaded = pino({ timestamp: false, base: null }, transport);
  for (let k = 0; k < 200; k++) {
    threaded.info({ k }, 'threaded');
  }
  const alive = setInterval(() => {}, 1000); // the transport's worker keeps no loop alive
  transport.end();
  await once(transport, 'close');
  clearInterval(alive);
  const found = fs.readFileSync(file, 'utf8').trim().split('\n');
  console.log(found.length, found[0], found.at(-1));

  const sync = pino.destination({ dest: path.join(folder, 's.log'), sync: true, minLength: 4096 });
  const buffered = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, sync);
  buffered.info('late');
  console.log(fs.readFileSync(path.join(folder, 's.log'), 'utf8').length);
  sync.flushSync();
  console.log(fs.readFileSync(path.join(folder, 's.log'), 'utf8').replace(/"time":"[^"]*"/, '"time":T'));
}

testWinston().then(testPino).then(() => fs.rmSync(folder, { recursive: true }));

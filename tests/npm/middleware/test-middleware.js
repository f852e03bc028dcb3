// helmet, express-rate-limit, express-validator, multer and passport in one express application.
'use strict';
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const express = require('express');
const { rateLimit } = require('express-rate-limit');
const { body, param, query, validationResult } = require('express-validator');
const helmet = require('helmet').default;
const multer = require('multer');
const passport = require('passport');

class HeaderStrategy extends passport.Strategy {
  constructor(verify) {
    super();
    this.name = 'header';
    this.verify = verify;
  }

  authenticate(request) {
    const name = request.headers['x-user'];
    if (!name) {
      return this.fail('Header realm="tests"');
    }
    return this.verify(name, (error, user) => {
      if (error) {
        return this.error(error);
      }
      return user ? this.success(user) : this.fail(403);
    });
  }
}

passport.use(new HeaderStrategy((name, done) => {
  if (name === 'broken') {
    return done(new Error('no store'));
  }
  return done(null, name === 'ann' ? { name, id: 1 } : false);
}));

const uploads = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-multer-'));
const memory = multer({ storage: multer.memoryStorage(), limits: { fileSize: 100_000, files: 3 } });
const disk = multer({ dest: uploads });

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", 'cdn.example'] } } }));
app.use(express.json());
app.get('/', (request, response) => response.send('hello'));
const limiter = rateLimit({ windowMs: 60_000, limit: 2, standardHeaders: 'draft-7', legacyHeaders: true });
app.get('/limited', limiter, (request, response) => response.json({ used: request.rateLimit.used }));
app.post('/users/:id',
  param('id').isInt({ min: 1 }).toInt(),
  query('verbose').optional().isBoolean(),
  body('email').isEmail().normalizeEmail(),
  body('age').isInt({ min: 18 }).withMessage('must be of age').toInt(),
  body('tags.*').isLength({ min: 2 }).escape(),
  (request, response) => {
    const result = validationResult(request);
    response.status(result.isEmpty() ? 200 : 422).json(result.isEmpty() ? { id: request.params.id, ...request.body } : result.array());
  });
app.post('/memory', memory.array('files'), (request, response) => {
  response.json({
    body: request.body,
    files: request.files.map((f) => [f.fieldname, f.originalname, f.mimetype, f.size, f.buffer.subarray(0, 8).toString('hex')]),
  });
});
app.post('/disk', disk.single('file'), (request, response) => {
  response.json({ size: request.file.size, same: fs.readFileSync(request.file.path).equals(Buffer.alloc(300_000, 'culm')) });
});
app.get('/me', passport.initialize(), passport.authenticate('header', { session: false }), (request, response) => {
  response.json(request.user);
});
app.use((error, request, response, next) => {
  response.status(error.status ?? 500).json({ name: error.name, code: error.code, message: error.message });
});

async function main() {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${server.address().port}`;
  const show = async (path, options) => {
    const response = await fetch(base + path, options);
    console.log(path, response.status, await response.text());
    return response.headers;
  };
  const headers = await show('/');
  for (const [name, value] of headers) {
    if (!['date', 'connection', 'keep-alive'].includes(name)) {
      console.log(' ', name, value);
    }
  }
  for (let k = 0; k < 3; k++) {
    const found = await show('/limited');
    console.log(' ', found.get('ratelimit')?.replace(/reset=\d+/, 'reset=N'), found.get('ratelimit-policy'), found.get('x-ratelimit-remaining'));
  }
  const json = (value) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
  await show('/users/7?verbose=true', json({ email: 'Ann.B+x@GMail.com', age: '21', tags: ['<b>', 'ok'] }));
  await show('/users/zero?verbose=maybe', json({ email: 'nobody', age: 3, tags: ['x'] }));

  const form = new FormData();
  form.append('note', 'été');
  form.append('list[]', '1');
  form.append('list[]', '2');
  form.append('files', new Blob(['\x89PNG\r\n\x1a\n'], { type: 'image/png' }), 'ü b.png');
  form.append('files', new Blob([new Uint8Array(90_000).fill(7)]), 'raw');
  await show('/memory', { method: 'POST', body: form });
  const large = new FormData();
  large.append('files', new Blob([new Uint8Array(100_001)]), 'large');
  await show('/memory', { method: 'POST', body: large });
  const wrong = new FormData();
  wrong.append('other', new Blob(['x']), 'x');
  await show('/memory', { method: 'POST', body: wrong });
  const file = new FormData();
  file.append('file', new Blob([Buffer.alloc(300_000, 'culm')]), 'file.bin');
  await show('/disk', { method: 'POST', body: file });
  fs.rmSync(uploads, { recursive: true });

  console.log((await show('/me')).get('www-authenticate'));
  for (const name of ['ann', 'bob', 'broken']) {
    await show('/me', { headers: { 'x-user': name } });
  }
  server.close();
}

main();

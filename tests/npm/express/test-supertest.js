// SPDX-License-Identifier: MIT
// supertest: an express application asked without a port of its own; expectations, cookies of an agent, files sent.
'use strict';
const express = require('express');
const request = require('supertest');

const app = express();
app.use(express.json());
app.get('/user', (req, res) => res.json({ name: 'tobi', query: req.query }));
app.post('/user', (req, res) => res.status(201).json(req.body));
app.get('/login', (req, res) => res.cookie('id', 'abc').send('in'));
app.get('/who', (req, res) => res.send(req.headers.cookie ?? 'nobody'));
app.get('/away', (req, res) => res.redirect('/user'));
app.post('/upload', (req, res) => {
  let text = '';
  req.setEncoding('latin1').on('data', (piece) => { text += piece; })
    .on('end', () => res.send(text.split('\r\n').filter((line) => !line.startsWith('--')).join('|')));
});
app.use((err, req, res, next) => res.status(err.status ?? 500).send(err.message));

async function main() {
  const user = await request(app).get('/user').query({ a: 1, b: ['x', 'y'] }).expect('Content-Type', /json/).expect(200);
  console.log(user.body);
  console.log((await request(app).post('/user').send({ n: 1 }).expect(201, { n: 1 })).headers['content-length']);
  console.log((await request(app).post('/user').set('Content-Type', 'application/json').send('{bad').expect(400)).text);
  console.log(await request(app).get('/user').expect(404).catch((err) => err.message));
  console.log(await request(app).get('/user').expect({ name: 'x' }).catch((err) => err.message.split('\n')[0]));
  console.log((await request(app).get('/away').redirects(1).expect(200)).body);
  const agent = request.agent(app);
  await agent.get('/login').expect('set-cookie', /id=abc/);
  console.log((await agent.get('/who')).text, (await request(app).get('/who')).text);
  console.log((await request(app).post('/upload').field('name', 'value').attach('file', Buffer.from('content'), 'a.txt')).text);
  request(app).get('/user').end((err, res) => console.log('callback', err, res.status));
}

main();

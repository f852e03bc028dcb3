// What programs do with the socket under an HTTP server: the server reads it in C until somebody else wants to.
'use strict';
const assert = require('assert');
const http = require('http');
const net = require('net');
const { AsyncLocalStorage } = require('async_hooks');

const request = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const bodies = (text) => text.split('\r\n\r\n').slice(1).map((part) => part.split('HTTP/1.1')[0]);

// Sends the requests in one piece and calls back with all that is read until `count` responses have come.
function ask(server, text, count, callback) {
  const client = net.connect(server.address().port, () => client.write(text));
  let read = '';
  client.setEncoding('latin1');
  client.on('data', (chunk) => {
    read += chunk;
    if (read.split('HTTP/1.1 ').length - 1 === count) client.end();
  });
  client.on('close', () => callback(read));
}

function serve(listener, test) {
  const server = http.createServer(listener);
  server.listen(0, () => test(server, () => {
    server.close();
    next();
  }));
}

const tests = [];
const add = (name, listener, test) => tests.push(() => {
  console.log(`# ${name}`);
  serve(listener, test);
});
function next() {
  const test = tests.shift();
  if (test) test();
}

add('pipelined requests are answered in order', (req, res) => {
  if (req.url === '/slow') setTimeout(() => res.end('slow'), 20);
  else res.end(req.url);
}, (server, done) => {
  ask(server, ['/1', '/slow', '/2', '/3'].map(request).join(''), 4, (read) => {
    console.log(bodies(read));
    done();
  });
});

add('a data listener sees what comes after it was added', (req, res) => {
  if (req.url === '/first') req.socket.on('data', (chunk) => console.log('seen', JSON.stringify(`${chunk}`)));
  res.end(req.url);
}, (server, done) => {
  const client = net.connect(server.address().port, () => client.write(request('/first')));
  let count = 0;
  client.on('data', () => {
    if (++count === 1) client.write(request('/second'));
    else client.end();
  });
  client.on('close', done);
});

add('a listener of the connection event sees all of it', (req, res) => res.end(req.url), (server, done) => {
  server.on('connection', (socket) => {
    let size = 0;
    socket.on('data', (chunk) => { size += chunk.length; });
    socket.on('end', () => console.log('bytes', size, socket.bytesRead));
  });
  ask(server, request('/x'), 1, (read) => {
    console.log(bodies(read));
    done();
  });
});

add('events of an answered request and their order', (req, res) => {
  for (const name of ['prefinish', 'finish', 'close']) res.on(name, () => console.log('res', name));
  for (const name of ['end', 'close']) req.on(name, () => console.log('req', name));
  req.resume();
  process.nextTick(() => console.log('tick before', res.writableFinished));
  res.end('x');
  process.nextTick(() => console.log('tick after'));
  console.log(res.writableEnded, res.headersSent, res.socket === null);
}, (server, done) => ask(server, request('/'), 1, done));

add('listeners added behind end()', (req, res) => {
  res.end('x');
  process.nextTick(() => console.log('tick'));
  res.on('finish', () => console.log('finish', res.writableFinished, req.complete));
  res.on('close', () => console.log('close', res.destroyed, req.destroyed));
}, (server, done) => ask(server, request('/'), 1, done));

add('a request looked at after its answer', (req, res) => {
  res.end('x');
  setImmediate(() => {
    console.log(req.complete, req.readableEnded, req.destroyed, req.aborted, res.socket, res.destroyed, res.writableFinished);
  });
}, (server, done) => ask(server, request('/'), 1, () => setImmediate(done)));

add('the head that was sent', (req, res) => {
  res.sendDate = false;
  res.statusCode = 201;
  res.setHeader('X-Number', 5);
  res.setHeader('x-many', ['a', 'b']);
  res.removeHeader('x-many');
  res.end('h\u00e9');
  console.log(JSON.stringify(res._header));
}, (server, done) => ask(server, request('/'), 1, (read) => {
  console.log(JSON.stringify(read));
  done();
}));

add('an end() that is patched, and a writeHead()', (req, res) => {
  const { writeHead } = res;
  res.writeHead = function(...args) {
    console.log('writeHead', args);
    this.setHeader('X-Late', '1');
    return writeHead.apply(this, args);
  };
  res.end('x');
}, (server, done) => ask(server, request('/'), 1, (read) => {
  console.log(/X-Late: 1/.test(read));
  done();
}));

const storage = new AsyncLocalStorage();
tests.push(() => {
  console.log('# the context of listen() in callbacks of connections and requests');
  storage.run('outer', () => serve((req, res) => {
    console.log('request', storage.getStore());
    req.on('data', () => console.log('body', storage.getStore()));
    req.on('end', () => res.end('x'));
  }, (server, done) => {
    server.on('connection', () => console.log('connection', storage.getStore()));
    storage.run('client', () => {
      const client = net.connect(server.address().port, () => {
        console.log('connect', storage.getStore());
        client.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab');
      });
      client.on('data', () => {
        console.log('data', storage.getStore());
        client.end();
      });
      client.on('close', done);
    });
  }));
});

add('an idle connection is closed, a busy one is not', (req, res) => {
  if (req.url === '/late') setTimeout(() => res.end('late'), 150);
  else res.end('x');
}, (server, done) => {
  server.keepAliveTimeout = 20;
  server.keepAliveTimeoutBuffer = 20;
  const client = net.connect(server.address().port, () => client.write(request('/') + request('/late')));
  let read = '';
  client.on('data', (chunk) => { read += chunk; });
  client.on('end', () => client.end());
  client.on('close', () => {
    console.log(bodies(read));
    done();
  });
});

add('socket timeouts see what C reads', (req, res) => {
  req.socket.setTimeout(200, () => console.log('timeout'));
  res.end('x');
}, (server, done) => {
  let answers = 0;
  const client = net.connect(server.address().port, () => client.write(request('/')));
  client.on('data', () => {
    if (++answers < 4) setTimeout(() => client.write(request('/')), 80);
    else client.end();
  });
  client.on('close', () => {
    console.log(answers);
    done();
  });
});

process.on('exit', () => assert.strictEqual(tests.length, 0));
next();

// jsdom fetches a page, its script and data over a socket, with undici.
'use strict';
const http = require('node:http');
const { once } = require('node:events');
const { JSDOM } = require('jsdom');

async function main() {
  const server = http.createServer((request, response) => {
    if (request.url === '/s.js') {
      response.end('document.documentElement.dataset.loaded = "yes"');
    } else if (request.url === '/data') {
      response.setHeader('content-type', 'application/json').end('{"a":1}');
    } else {
      response.setHeader('content-type', 'text/html').end('<script src=s.js></script><p>served');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const served = await JSDOM.fromURL(`http://127.0.0.1:${server.address().port}/page`, { resources: 'usable', runScripts: 'dangerously' });
  await new Promise((resolve) => served.window.addEventListener('load', resolve));
  console.log(served.window.document.documentElement.outerHTML);
  const xhr = new served.window.XMLHttpRequest();
  xhr.open('GET', '/data');
  xhr.responseType = 'json';
  xhr.send();
  await new Promise((resolve) => (xhr.onload = resolve));
  console.log(xhr.status, xhr.response);
  served.window.close();
  server.close();
  server.closeAllConnections();
}

main();

// NODE_DEBUG=http and =net tell of requests and connections; other sections print nothing of them.
'use strict';
const { spawnSync } = require('child_process');

const program = `
const http = require('http');
const server = http.createServer((request, response) => response.end('hi')).listen(0, () => {
  http.get({ port: server.address().port, path: '/p' }, (response) => response.resume().on('end', () => server.close()));
});`;
for (const [section, pattern] of [['http', /^HTTP \d+: /], ['net', /^NET \d+: /], ['fs', /^(HTTP|NET)/]]) {
  const { stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', env: { ...process.env, NODE_DEBUG: section } });
  const lines = stderr.split('\n');
  console.log(section, lines.filter((line) => pattern.test(line)).length >= 3, /can expose sensitive data/.test(stderr));
}

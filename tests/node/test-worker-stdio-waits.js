// SPDX-License-Identifier: MIT
// A thread's writes wait for who reads them, and what was written before the end arrives all the same.
'use strict';

const { Worker } = require('node:worker_threads');

const lines = "for (let k = 0; k < 100; k++) process.stdout.write('x'.repeat(10000), () => called++);";
const programs = {
  'waits for a reader': `let called = 0; ${lines}
    setTimeout(() => { require('node:worker_threads').parentPort.postMessage(called < 100); }, 50);`,
  'ends by itself': `let called = 0; ${lines} process.exit(3);`,
  'ends by an exception': `let called = 0; ${lines} throw new Error('thrown');`,
  'says more when it exits': "process.stdout.write('a'); process.on('exit', () => process.stdout.write('z'));",
  'ends its output': "process.stdout.end('whole', () => require('node:worker_threads').parentPort.postMessage('finished'));",
};

(async () => {
  for (const [name, source] of Object.entries(programs)) {
    const worker = new Worker(source, { eval: true, stdout: true });
    const seen = [];
    worker.on('message', (message) => {
      seen.push(message);
      worker.stdout.resume();
    }).on('error', (error) => seen.push(error.message));
    const code = await new Promise((resolve) => worker.on('exit', resolve));
    let size = 0;
    for await (const chunk of worker.stdout) size += chunk.length;
    console.log(name, code, seen, name === 'waits for a reader' ? '' : size);
  }
  const echo = new Worker('process.stdin.pipe(process.stdout)', { eval: true, stdin: true, stdout: true });
  let called = 0;
  for (let k = 0; k < 100; k++) echo.stdin.write('y'.repeat(10000), () => called++);
  echo.stdin.end();
  let size = 0;
  for await (const chunk of echo.stdout) size += chunk.length;
  console.log('echo', size, called);
})();

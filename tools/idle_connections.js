// SPDX-License-Identifier: MIT
//
// Idle keep-alive connections: how many a server holds, what each costs it, and that all are answered again afterwards.
//
//   build/culm tools/idle_connections.js [connections=10000] [runtime,runtime...]
//
// Each runtime (default: this one) runs bench/http/hello.js as a process of its own. The open files' limit must allow it (ulimit -n).
'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const count = Number(process.argv[2] ?? 10_000);
const runtimes = process.argv[3]?.split(',') ?? [process.execPath];
const AT_ONCE = 200;
const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

// The resident set of another process, in KB.
function residentSet(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

function ask(socket) {
  return new Promise((resolve) => {
    let text = '';
    const done = (answered) => {
      socket.removeAllListeners();
      socket.on('error', () => {});
      resolve(answered);
    };
    socket.on('data', (chunk) => {
      text += chunk.latin1Slice();
      if (text.includes('Hello, World!')) done(true);
    });
    socket.on('error', () => done(false)).on('close', () => done(false));
    socket.write(request);
  });
}

async function open(port, k) {
  // Source addresses of their own keep the ports from running out.
  const socket = net.connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + k % 8}` });
  const opened = await ask(socket);
  return { socket, opened };
}

async function inGroups(list, work) {
  const results = [];
  for (let k = 0; k < list.length; k += AT_ONCE) results.push(...await Promise.all(list.slice(k, k + AT_ONCE).map(work)));
  return results;
}

async function measure(runtime) {
  const server = spawn(runtime, [path.join(__dirname, '..', 'bench', 'http', 'hello.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(server.stdout, 'data');
    const port = Number(/LISTEN (\d+)/.exec(line)[1]);
    // Warm: what the first requests load is not a connection's.
    const warm = await inGroups(Array.from({ length: 200 }, (_, k) => k), (k) => open(port, k));
    for (const { socket } of warm) socket.destroy();
    await sleep(2000);
    const before = residentSet(server.pid);
    const held = await inGroups(Array.from({ length: count }, (_, k) => k), (k) => open(port, k));
    await sleep(3000);
    const during = residentSet(server.pid);
    const again = await inGroups(held, ({ socket }) => ask(socket));
    for (const { socket } of held) socket.destroy();
    await sleep(3000);
    const after = residentSet(server.pid);
    const number = (list) => list.filter(Boolean).length;
    console.log(`${path.basename(runtime)}: ${number(held.map((each) => each.opened))} opened, ${number(again)} answered again; `
      + `resident ${(before / 1024).toFixed(1)} MB before, ${(during / 1024).toFixed(1)} with them (${((during - before) / count).toFixed(2)} KB each), ${(after / 1024).toFixed(1)} after`);
    return number(again) === count;
  } finally {
    server.kill();
  }
}

(async () => {
  for (const runtime of runtimes) {
    if (!await measure(runtime)) process.exitCode = 1;
  }
})();

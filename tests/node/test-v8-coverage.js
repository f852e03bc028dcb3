// SPDX-License-Identifier: MIT
'use strict';

// NODE_V8_COVERAGE: the ranges of a program's branches and continuations with their counts, of a child and a worker.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const program = `'use strict';
function pick(a) { if (a > 1) { return 'many'; } else if (a) return 'one'; return 'none'; }
function both(a, b) { return a && (b) || (a ? b : 'neither'); }
function never() { return () => 1; }
function loops(n) { for (const k of [1, 2]) { if (k === n) continue; both(k); } while (false) both(); do n--; while (n > 0); }
function tries(f) { try { f(); both(); } catch { return 1; } finally { both(); } switch (f) { case 1: both(); break; default: } }
const chain = (o) => o?.a?.b, fields = new (class { x = 1; static y = 2; constructor() { throwing(); } m() {} })();
function throwing() { try { throw 1; } catch {} if (fields) { throw 2; } }
var fields;
function* steps() { yield 1; yield 2; return 3; }
steps().next(); pick(0); pick(2); both(0); both(1, 0); loops(1); tries(() => {}); chain(); chain({});
`.replace('fields = new', 'made = new');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'coverage-'));
const file = path.join(folder, 'program.js');
fs.writeFileSync(file, program);
const starter = path.join(folder, 'starter.js');
fs.writeFileSync(starter, `new (require('worker_threads').Worker)(${JSON.stringify(file)});`);

for (const main of [file, starter]) {
  const out = path.join(folder, `out-${path.basename(main)}`);
  const { status } = spawnSync(process.execPath, [main], { env: { ...process.env, NODE_V8_COVERAGE: out } });
  console.log(path.basename(main), status);
  for (const name of fs.readdirSync(out)) {
    const { result } = JSON.parse(fs.readFileSync(path.join(out, name), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.endsWith('/program.js')) continue;
      for (const { functionName, ranges, isBlockCoverage } of functions) {
        console.log(functionName, isBlockCoverage);
        for (const { startOffset, endOffset, count } of ranges.slice(functionName === '' && ranges[0].startOffset === 0 ? 1 : 0)) {
          console.log(`  ${count} ${JSON.stringify(program.slice(startOffset, endOffset))}`);
        }
      }
    }
  }
}
fs.rmSync(folder, { recursive: true });

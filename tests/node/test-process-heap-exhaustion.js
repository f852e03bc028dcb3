// A heap that is full ends the process with the fatal error and SIGABRT, whatever grew: no catch sees it.
'use strict';
const { spawnSync } = require('node:child_process');

const programs = {
  'array of objects': 'const a = []; for (;;) a.push({});',
  'array of arrays': 'const a = []; for (;;) a.push(new Array(1000).fill(1));',
  'Map': 'const m = new Map(); for (let i = 0; ; i++) m.set(i, i);',
  'Set': 'const s = new Set(); for (let i = 0; ; i++) s.add(i);',
  'properties': 'const o = {}; for (let i = 0; ; i++) o[`k${i}`] = i;',
  'strings': "const a = []; for (;;) a.push('x'.repeat(1e6).toUpperCase());",
};
for (const name in programs) {
  const source = `try { ${programs[name]} } catch (e) { console.log('caught', e.message); }`;
  const { signal, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=40', '-e', source], { encoding: 'utf8' });
  console.log(`${name}: ${signal} ${/^FATAL ERROR: .*JavaScript heap out of memory$/m.test(stderr)} ${JSON.stringify(stdout.match(/caught.*/)?.[0])}`);
}

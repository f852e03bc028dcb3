'use strict';
// v8.takeCoverage() writes what ran since the last time, v8.stopCoverage() ends it; nothing without NODE_V8_COVERAGE.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const v8 = require('v8');

if (process.argv[2] === 'child') {
  const often = () => {};
  often();
  often();
  v8.takeCoverage();
  setTimeout(() => {
    often();
    v8.takeCoverage();
    if (process.argv[3] === 'stop') v8.stopCoverage();
    setTimeout(() => {}, 20); // the files' names have the time
  }, 20);
} else {
  console.log(v8.takeCoverage(), v8.stopCoverage());
  for (const mode of ['stop', 'go on']) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-coverage-'));
    spawnSync(process.execPath, [__filename, 'child', mode], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
    const counts = fs.readdirSync(folder).sort().map((name) => {
      const { result } = JSON.parse(fs.readFileSync(path.join(folder, name)));
      const script = result.find(({ url }) => url.endsWith(path.basename(__filename)));
      return script?.functions.find(({ functionName }) => functionName === 'often')?.ranges[0].count;
    });
    console.log(mode, counts.sort());
    fs.rmSync(folder, { recursive: true });
  }
}

'use strict';
// v8.takeCoverage() writes what ran since the last time, v8.stopCoverage() ends it; nothing without NODE_V8_COVERAGE.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const v8 = require('v8');

if (process.argv[2] === 'child') {
  const often = () => {};
  class Accessors { get size() { return 1; } static set 'a b'(value) {} get #own() { return 2; } get() {} }
  new Accessors().get();
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
  let names;
  for (const mode of ['stop', 'go on']) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-coverage-'));
    spawnSync(process.execPath, [__filename, 'child', mode], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
    const counts = fs.readdirSync(folder).sort().map((name) => {
      const { result } = JSON.parse(fs.readFileSync(path.join(folder, name)));
      const script = result.find(({ url }) => url.endsWith(path.basename(__filename)));
      names ??= script?.functions.map(({ functionName }) => functionName).filter((each) => /[gs]et/.test(each));
      return script?.functions.find(({ functionName }) => functionName === 'often')?.ranges[0].count;
    });
    console.log(mode, counts.sort(), names);
    fs.rmSync(folder, { recursive: true });
  }
}

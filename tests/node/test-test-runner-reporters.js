'use strict';
// What the reporters print of every kind of result.
const { spawnSync } = require('child_process');
const path = require('path');

const dir = path.join(__dirname, 'fixtures', 'test-runner');

// Without what changes from run to run, and without the frames of the library itself.
function stable(text) {
  return text.replaceAll(`${dir}/`, '')
    .replace(/\d+(\.\d+)?ms\)/g, 'Nms)').replace(/duration_ms:? [\d.e-]+/g, 'duration_ms N')
    .replace(/(time|timestamp|hostname)="[^"]*"/g, '$1=""')
    .split('\n').filter((line) => !/node:|runMicrotasks|Promise\.all|<anonymous>|^ *stack: /.test(line)).join('\n')
    .replace(/^.*\.js:\d+:\d+\)$\n/gm, '').replace(/ \{$/gm, '');
}

for (const reporter of ['tap', 'spec', 'dot', 'junit']) {
  const { stdout, status } = spawnSync(process.execPath, [`--test-reporter=${reporter}`, 'results.js'],
    { cwd: dir, encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
  console.log(`--- ${reporter}: ${status}`);
  console.log(reporter === 'junit' ? stable(stdout).replace(/^(\[?Error|DOMException|[ }]).*\n/gm, '') : stable(stdout));
}

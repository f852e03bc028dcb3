'use strict';
// --experimental-test-coverage: lines, branches and functions of several processes in one report, its forms, which files
// it is about, and thresholds.
const { spawnSync } = require('child_process');
const path = require('path');
const { run } = require('node:test');

let cwd = path.join(__dirname, 'fixtures', 'test-runner', 'coverage');

function report(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--experimental-test-coverage', ...args], { cwd, encoding: 'utf8' });
  const from = stdout.search(/^.* (Error:|start of coverage)|^TN:/m);
  console.log(`--- ${args.join(' ')}: ${status}`);
  console.log(from === -1 ? stderr.split('\n').find((line) => /^\w*Error/.test(line)) : stdout.slice(from).replace(/ +$/gm, ''));
}

const main = () => {
  report('--test', 'one.test.js');
  report('--test');
  report('--test', '--test-reporter=tap', '--test-coverage-lines=99', '--test-coverage-branches=10', '--test-coverage-functions=98');
  report('--test', '--test-reporter=lcov', 'one.test.js');
  report('one.test.js', '--test-reporter=tap');
  report('--test-isolation=none', '--test', '--test-reporter=tap');
  report('--test', '--test-coverage-include-all', '--test-reporter=tap', 'two.test.js');
  report('--test', '--test-coverage-include=sub/**', '--test-coverage-include=lib.js', '--test-coverage-exclude=**/lib.js');
  report('--test', '--test-coverage-exclude=nothing');
  report('--test', '--test-coverage-lines=101');
  const mapped = path.join('..', 'coverage-mapped', 'mapped.test.js');
  report('--test', mapped);
  cwd = path.join(cwd, '..', 'coverage-mapped');
  report('--test', '--enable-source-maps');
  report('--test');
  cwd = path.join(cwd, '..', 'coverage');

  for (const options of [{ coverage: 1 }, { coverage: true, lineCoverage: 101 }, { coverage: true, branchCoverage: 'x' },
    { coverage: true, coverageExcludeGlobs: 3 }, { coverage: true, coverageIncludeAll: 1 }]) {
    try {
      run({ files: [], ...options });
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  run({ files: ['one.test.js'], cwd, coverage: true, lineCoverage: 50 }).on('test:coverage', ({ nesting, summary }) => {
    const { files, totals, thresholds } = summary;
    console.log(nesting, totals, thresholds, files.length, path.basename(summary.workingDirectory));
    const { path: name, lines, functions, branches, ...counts } = files[1];
    console.log(path.basename(name), lines, functions, branches, counts);
  }).resume();
};
main();

'use strict';
// mock.module(): what require() and import get instead of a module, for built-ins, CommonJS and ES modules.
const { mock } = require('node:test');

const folder = './fixtures/test-runner/mock';

async function main() {
  // A built-in, for both kinds; each time another unless cached.
  let context = mock.module('fs', { exports: { readFileSync: () => 'mocked', default: { extra: 1 } } });
  console.log(require('fs'), (await import('node:fs')).readFileSync());
  context.restore();
  console.log(typeof require('fs').statSync);
  context = mock.module('node:os', { exports: { a: 1 } });
  console.log(require('os') === require('os'), (await import('os')) === (await import('os')));
  context.restore();
  context = mock.module('node:os', { exports: { a: 1 }, cache: true });
  console.log(require('os') === require('os'), (await import('os')) === (await import('os')));
  context.restore();

  // Files, by path from here; and those that import them.
  mock.module(`${folder}/common.js`, { exports: { name: 'mocked' } });
  mock.module(`${folder}/module.mjs`, { exports: { name: 'mocked', default: 'default mocked' } });
  console.log(require(`${folder}/common.js`), (await import(`${folder}/module.mjs`)).default);
  console.log((await import(`${folder}/common.js`)).default, (await import(`${folder}/importer.mjs`)).default);
  try {
    mock.module(`${folder}/common.js`);
  } catch (error) {
    console.log(error.code, error.message);
  }
  mock.reset();
  console.log(require(`${folder}/common.js`), (await import(`${folder}/module.mjs`)).name);

  // Older options.
  context = mock.module(`${folder}/module.mjs`, { namedExports: { b: 2 }, defaultExport: { c: 3 } });
  console.log({ ...await import(`${folder}/module.mjs`) }, require(`${folder}/module.mjs`));
  context.restore();

  for (const [specifier, options] of [[5], ['fs', null], ['fs', { cache: 1 }], ['fs', { exports: 1 }], ['./none.js'],
    ['fs', { exports: {}, namedExports: {} }], ['none'], ['fs', { namedExports: 1 }], ['fs', { exports: { default: 1, a: 2 } }]]) {
    try {
      context = mock.module(specifier, options);
      require(specifier);
    } catch (error) {
      console.log(error.code, error.message.replace(/'\/.*\//g, "'"));
    } finally {
      context.restore();
    }
  }
}

if (process.argv[2] === 'mocking') {
  main();
} else {
  const { spawnSync } = require('child_process');
  const options = ['--experimental-test-module-mocks', '--no-warnings'];
  console.log(typeof mock.module, spawnSync(process.execPath, [...options, __filename, 'mocking'], { encoding: 'utf8' }).stdout);
}

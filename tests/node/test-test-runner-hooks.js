'use strict';
// The order of hooks and tests, names and getTestContext.
if (process.argv[2] !== 'child') {
  const { stdout } = require('child_process').spawnSync(process.execPath, [__filename, 'child'], { encoding: 'utf8' });
  console.log(stdout.split('\n').filter((line) => line.startsWith('> ')).join('\n'));
  return;
}

const { after, afterEach, before, beforeEach, describe, getTestContext, it, test } = require('node:test');

const seen = [];
const say = (text) => () => seen.push(text);
process.on('exit', () => console.log(seen.map((line) => `> ${line}`).join('\n')));

before(say('root before'));
after(say('root after'));
beforeEach((t) => seen.push(`root beforeEach ${t.name}`));
afterEach((t) => seen.push(`root afterEach ${t.name} ${t.passed}`));

test('outer', async (t) => {
  t.before(say('t.before'));
  t.after(say('t.after'));
  t.beforeEach(say('t.beforeEach'));
  t.afterEach(say('t.afterEach'));
  await t.test('inner', async (inner) => {
    await 1;
    seen.push(inner.fullName, getTestContext() === inner);
  });
});
describe('A', () => {
  before(say('A before'));
  after(say('A after'));
  describe('B', () => {
    it('b', (t) => seen.push(t.fullName, t.signal.aborted, t.attempt, t.workerId));
    beforeEach(say('B beforeEach'));
    afterEach(say('B afterEach'));
  });
  it('a', say('a'));
  beforeEach(say('A beforeEach'));
  afterEach(say('A afterEach'));
});
describe('together', { concurrency: 2 }, () => {
  it('slow', async () => {
    seen.push('slow begins');
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.push('slow ends');
  });
  it('fast', say('fast'));
});
for (const options of [{ timeout: 'a' }, { concurrency: 0 }, { concurrency: 'x' }, { signal: 1 }]) {
  try {
    test('bad', options, () => {});
  } catch (error) {
    seen.push(`${error.code} ${error.message}`);
  }
}

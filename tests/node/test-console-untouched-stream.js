// console writes by itself while nobody has looked at process.stdout, and through the stream from then on: order, and
// what a program puts in the stream's place, stay the same.
const { spawnSync } = require('child_process');

const programs = {
  order: `
    console.log('one');
    console.log('%s %d', 'two', 2, { a: [1, 2] });
    console.group('in');
    console.log('three\\nfour');
    console.groupEnd();
    process.stdout.write('five\\n');
    console.log('six');`,
  patchedWrite: `
    console.log('before');
    const { write } = process.stdout;
    process.stdout.write = function(chunk, ...rest) { return write.call(this, chunk.toUpperCase(), ...rest); };
    console.log('after');`,
  otherStream: `
    console.log('before');
    const lines = [];
    Object.defineProperty(process, 'stdout', { configurable: true, get: () => ({ write: (text) => lines.push(text) }) });
    console.log('caught');
    process._rawDebug(JSON.stringify(lines));`,
  consoleStream: `
    const lines = [];
    console._stdout = { write: (text) => lines.push(text), once() {}, removeListener() {}, listenerCount: () => 0 };
    console.log('caught');
    console._stderr.write(JSON.stringify(lines) + '\\n');`,
  closed: `
    require('fs').closeSync(1);
    console.log('lost');
    console.error('still here');`,
};
for (const name in programs) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', programs[name]], { encoding: 'utf8' });
  console.log(name, status, JSON.stringify(stdout), JSON.stringify(stderr));
}

// fs.Utf8Stream: pieces of text in order, flushes, drops, retries of a busy file, reopening, errors of use.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { once } = require('events');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-utf8-'));
let count = 0;
const dest = () => path.join(folder, `${++count}`);

function attempt(name, fn) {
  try {
    console.log(name, fn());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
}

async function main() {
  for (const sync of [false, true]) {
    console.log('-- sync', sync);
    {
      const file = dest();
      const stream = new fs.Utf8Stream({ dest: file, sync, minLength: 10 });
      await once(stream, 'ready');
      console.log(stream.write('α'), stream.writing, stream.write('βγ'), stream.file === file, stream.fd > 2);
      stream.flushSync();
      console.log(fs.readFileSync(file, 'utf8'));
      stream.write('1234567890');
      stream.write('end');
      stream.end();
      await once(stream, 'close');
      console.log(fs.readFileSync(file, 'utf8'));
      attempt('write', () => stream.write('x'));
      attempt('flushSync', () => stream.flushSync());
    }
    {
      const file = dest();
      const stream = new fs.Utf8Stream({ dest: file, sync, minLength: 100, maxLength: 6 });
      stream.on('drop', (data) => console.log('drop', data));
      await once(stream, 'ready');
      stream.write('abc');
      stream.write('defg');
      await new Promise((resolve) => stream.flush((error) => {
        console.log('flushed', error, fs.readFileSync(file, 'utf8'));
        resolve();
      }));
      const moved = dest();
      stream.reopen(moved);
      stream.write('moved');
      stream.end();
      await once(stream, 'finish');
      console.log(fs.readFileSync(moved, 'utf8'));
    }
  }
  console.log('-- busy');
  {
    const file = dest();
    let failures = 2;
    const stream = new fs.Utf8Stream({ dest: file, fs: {
      write(...args) {
        if (failures-- > 0) process.nextTick(args.at(-1), Object.assign(new Error('busy'), { code: 'EAGAIN' }));
        else fs.write(...args);
      },
    }, retryEAGAIN: (error, length, rest) => {
      console.log(error.code, length, rest);
      return true;
    } });
    await once(stream, 'ready');
    stream.write('first');
    stream.write('second');
    stream.end();
    await once(stream, 'close');
    console.log(fs.readFileSync(file, 'utf8'));
  }
  console.log('-- bytes, part by part');
  {
    const file = dest();
    const stream = new fs.Utf8Stream({ dest: file, sync: true, contentMode: 'buffer', append: false, fs: {
      writeSync: (fd, bytes) => fs.writeSync(fd, bytes, 0, Math.min(3, bytes.length)),
    } });
    stream.write(Buffer.from('0123456789'));
    attempt('string', () => stream.write('x'));
    stream.destroy();
    console.log(fs.readFileSync(file, 'utf8'));
  }
  console.log('-- use');
  attempt('nothing', () => new fs.Utf8Stream());
  attempt('minLength', () => new fs.Utf8Stream({ fd: 1, minLength: -1 }));
  attempt('maxWrite', () => new fs.Utf8Stream({ fd: 1, minLength: 20000 }));
  attempt('mode', () => new fs.Utf8Stream({ fd: 1, contentMode: 'x' }));
  attempt('fs', () => new fs.Utf8Stream({ fd: 1, fs: { write: 1 } }));
  attempt('reopen', () => new fs.Utf8Stream({ fd: 1 }).reopen('x'));
  attempt('data', () => new fs.Utf8Stream({ fd: 1 }).write(1));
  attempt('missing', () => new fs.Utf8Stream({ dest: '/no/such/file', sync: true }));
  const [error] = await once(new fs.Utf8Stream({ dest: '/no/such/file' }), 'error');
  console.log(error.code);
  fs.rmSync(folder, { recursive: true });
}
main();

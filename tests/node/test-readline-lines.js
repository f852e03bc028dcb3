// SPDX-License-Identifier: MIT
'use strict';

// Lines from streams that are no terminal: every line end, ends split over chunks, the last line, the iterator.

const { PassThrough, Readable } = require('stream');
const readline = require('readline');

async function collect(name, chunks, options) {
  const rl = readline.createInterface({ input: Readable.from(chunks.map((c) => Buffer.from(c))), ...options });
  const lines = [];
  rl.on('line', (line) => lines.push(line));
  await new Promise((resolve) => rl.on('close', resolve));
  console.log(name, JSON.stringify(lines));
}

(async () => {
  await collect('lf', ['a\nb\n\nc']);
  await collect('crlf', ['a\r\nb\r\n']);
  await collect('cr', ['a\rb\r']);
  await collect('split crlf', ['a\r', '\nb\r', '\n', 'c']);
  await collect('separators', ['a\u2028b\u2029c']);
  await collect('split character', [Buffer.from('é\n').subarray(0, 1), Buffer.from('é\n').subarray(1)]);
  await collect('empty', []);
  await collect('joined', ['ab', 'cd', '\nef', 'gh\n']);
  const rl = readline.createInterface({ input: Readable.from(['x\ny\n', 'z']) });
  for await (const line of rl) console.log('iterated', line);

  const input = new PassThrough();
  const output = new PassThrough();
  const asked = readline.createInterface({ input, output });
  const answer = new Promise((resolve) => asked.question('name? ', resolve));
  input.write('culm\n');
  console.log(await answer, String(output.read()), asked.getPrompt());
  asked.on('pause', () => console.log('pause')).on('resume', () => console.log('resume'));
  asked.pause().resume();
  asked.close();
  for (const call of ['prompt', 'pause', 'resume', 'write']) {
    try {
      asked[call]();
    } catch (error) {
      console.log(call, error.code, error.message);
    }
  }
  const controller = new AbortController();
  readline.createInterface({ input: new PassThrough(), signal: controller.signal }).on('close', () => console.log('aborted'));
  controller.abort();
  {
    using scoped = readline.createInterface({ input: new PassThrough() });
    scoped.on('close', () => console.log('disposed'));
  }
  const wrong = [{ completer: 1 }, { historySize: -1 }, { history: 1 }, { tabSize: 0 }, { escapeCodeTimeout: NaN }, { signal: 1 }];
  for (const options of wrong) {
    try {
      readline.createInterface({ input: new PassThrough(), ...options });
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
})();

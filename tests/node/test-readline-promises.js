// SPDX-License-Identifier: MIT
'use strict';

// readline/promises: question with and without a signal, an asynchronous completer, and the Readline class.

const { PassThrough, Writable } = require('stream');

function collector() {
  const output = new Writable({
    decodeStrings: false,
    write(text, encoding, done) {
      output.text += text;
      done();
    },
  });
  return Object.assign(output, { columns: 40, text: '' });
}
const { Interface, Readline, createInterface } = require('readline/promises');

(async () => {
  const input = new PassThrough();
  const output = collector();
  const rl = createInterface({ input, output, terminal: true, completer: async (line) => [[`${line}ly`], line] });
  console.log(rl instanceof Interface);
  const answer = rl.question('how? ');
  input.write('quick');
  input.write('\t');
  await new Promise(setImmediate);
  input.write('\r');
  console.log(await answer);
  const controller = new AbortController();
  const aborted = rl.question('never? ', { signal: controller.signal });
  controller.abort();
  await aborted.catch((error) => console.log(error.name, error.code, error.message));
  const interrupted = rl.question('stop? ');
  input.write('\x03');
  await interrupted.catch((error) => console.log(error.name, error.code, error.message));
  await rl.question('closed? ').catch((error) => console.log(error.code));
  console.log(JSON.stringify(output.text));

  const screen = collector();
  const actions = new Readline(screen);
  await actions.cursorTo(1).cursorTo(1, 2).moveCursor(-1, 2).clearLine(-1).clearLine(0).clearLine(1).clearScreenDown().commit();
  console.log(JSON.stringify(screen.text));
  await actions.cursorTo(5).rollback().commit();
  console.log(screen.text.length);
  for (const call of [() => new Readline(1), () => actions.clearLine(2), () => actions.cursorTo('a'), () => actions.moveCursor(1.5, 1)]) {
    try {
      call();
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
})();

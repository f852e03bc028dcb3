// A pipe whose sink fails cancels its source and leaves nothing locked; with preventCancel the source lives on. The
// outcomes are the standard's (Node 26 stops at an internal assertion here).
'use strict';
const assert = require('assert');

const events = [];
function source(n) {
  let k = 0;
  return new ReadableStream({
    pull(c) { if (k === n) c.close(); else c.enqueue(k++); },
    cancel(r) { events.push(`cancel ${r.message}`); },
  });
}
const sink = (failAt) => new WritableStream({
  async write(chunk) { if (chunk === failAt) throw new Error('sink'); await null; events.push(`write ${chunk}`); },
  abort(r) { events.push(`abort ${r.message}`); },
}, { highWaterMark: 2 });

(async () => {
  await assert.rejects(source(4).pipeTo(sink(1)), { message: 'sink' });
  assert.deepStrictEqual(events.splice(0), ['write 0', 'cancel sink']);

  const kept = source(9);
  await assert.rejects(kept.pipeTo(sink(0), { preventCancel: true }), { message: 'sink' });
  assert.strictEqual(kept.locked, false);
  assert.deepStrictEqual(events.splice(0), []);
  assert.strictEqual((await kept.getReader().read()).done, false);

  const closed = new WritableStream();
  await closed.close();
  await assert.rejects(source(1).pipeTo(closed), { name: 'TypeError', code: 'ERR_INVALID_STATE' });

  // Aborted while a write is under way: both ends learn why once the write has ended.
  const ac = new AbortController();
  let finish;
  const slow = new WritableStream({
    write() { return new Promise((resolve) => { finish = resolve; }); },
    abort(r) { events.push(`abort ${r.message}`); },
  });
  const piped = source(3).pipeTo(slow, { signal: ac.signal });
  await new Promise(setImmediate);
  ac.abort(new Error('stop'));
  finish();
  await assert.rejects(piped, { message: 'stop' });
  assert.deepStrictEqual(events.sort(), [
    'abort stop', 'cancel Invalid state: Destination WritableStream is closed', 'cancel stop'].sort());
})();

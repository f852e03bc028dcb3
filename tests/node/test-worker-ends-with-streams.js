// A worker that ends while zlib streams of its own are alive, idle or at work.
'use strict';
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const zlib = require('node:zlib');

if (isMainThread) {
  let left = 4;
  for (let k = 0; k < 4; k++) {
    const worker = new Worker(__filename);
    worker.on('message', async () => {
      const code = await worker.terminate();
      console.log('ended', code);
      if (--left === 0) {
        console.log(zlib.gunzipSync(zlib.gzipSync('still here')).toString());
      }
    });
  }
} else {
  globalThis.kept = [zlib.createGzip(), zlib.createGunzip(), zlib.createBrotliCompress(), zlib.createInflateRaw()];
  globalThis.kept[0].write(Buffer.alloc(1_000_000, 'culm'), () => parentPort.postMessage('ready'));
  globalThis.kept[0].write(Buffer.alloc(1_000_000, 'more'));
  setInterval(() => {}, 1000);
}

// file -> gzip -> file with pipe and with pipeline, and back.
const fs = require('fs');
const os = require('os');
const path = require('path');
const zlib = require('zlib');
const { Transform, pipeline } = require('stream');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-gzip-'));
const source = path.join(dir, 'source');
fs.writeFileSync(source, Buffer.alloc(3 << 20, 'the quick brown fox jumps over the lazy dog\n'));
let seen = 0;
const count = new Transform({ transform(chunk, enc, cb) { seen += chunk.length; cb(null, chunk); } });
const out = fs.createWriteStream(path.join(dir, 'a.gz'));
fs.createReadStream(source).pipe(count).pipe(zlib.createGzip()).pipe(out).on('finish', () => {
  console.log('piped', seen, fs.statSync(out.path).size < 100000);
  pipeline(fs.createReadStream(out.path), zlib.createGunzip(), fs.createWriteStream(path.join(dir, 'b')), (err) => {
    console.log('pipeline', err, fs.readFileSync(path.join(dir, 'b')).equals(fs.readFileSync(source)));
    pipeline(fs.createReadStream(path.join(dir, 'missing')), zlib.createGzip(), fs.createWriteStream(path.join(dir, 'c')), (e) => {
      console.log(e.code, e.syscall);
      fs.rmSync(dir, { recursive: true });
    });
  });
});

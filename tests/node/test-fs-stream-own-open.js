// SPDX-License-Identifier: MIT
'use strict';
// A stream class of fs with an open() of its own, and writes made before and after the file is open.
const fs = require('fs');
const { join } = require('path');
const dir = fs.mkdtempSync(join(require('os').tmpdir(), 'own-open-'));

class Reader extends fs.ReadStream {
  open() {
    fs.open(this.path, this.flags, this.mode, (error, fd) => {
      if (error) {
        this.destroy();
        this.emit('error', error);
      } else {
        this.fd = fd;
        this.emit('open', fd);
      }
    });
  }
}
const reader = new Reader(__filename, { encoding: 'utf8' });
reader.on('open', (fd) => console.log('open', fd === reader.fd));
reader.on('data', (text) => console.log(text.slice(0, 26)));
reader.on('close', () => {
  console.log('closed');
  new Reader(join(dir, 'none')).on('error', (error) => console.log(error.code)).on('close', next);
});

function next() {
  const file = join(dir, 'written');
  const writer = fs.createWriteStream(file);
  writer.on('open', () => {
    writer.write('one ');
    process.nextTick(() => {
      writer.write('two ');
      writer.end('three');
    });
  });
  writer.on('close', () => {
    console.log(fs.readFileSync(file, 'utf8'));
    fs.writeFileSync(Buffer.from(`${dir}/\xff\xfename`, 'latin1'), '');
    fs.rmSync(dir, { recursive: true });
    console.log(fs.existsSync(dir));
  });
}

// The core library: events, Buffer, URL, path.
const EventEmitter = require('events'), path = require('path');
const e = new EventEmitter();
let s = 0;
e.on('x', (v) => { s += v; });
for (let i = 0; i < 800; i++) { e.emit('x', i); s += Buffer.from('text ' + i).toString('hex').length + path.join('/a', 'b', '..', String(i)).length; }
console.log(s + new URL('http://example.org/a/b?c=d#e').href.length);

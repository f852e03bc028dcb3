// An interval whose callback takes longer than its time does not keep the loop from input and immediates.
'use strict';
const net = require('net');

let received = 0;
let turns = 0;
let immediates = 0;
const server = net.createServer((socket) => socket.on('data', (data) => {
  received += data.length;
})).listen(0, () => {
  const socket = net.connect(server.address().port, () => {
    const busy = () => {
      const end = Date.now() + 3;
      while (Date.now() < end);
    };
    const other = setInterval(busy, 2);
    const interval = setInterval(() => {
      busy();
      socket.write('x');
      setImmediate(() => immediates++);
      if (++turns < 20) return;
      clearInterval(interval);
      clearInterval(other);
      console.log(received > 5, immediates > 10);
      socket.destroy();
      server.close();
    }, 1);
  });
});

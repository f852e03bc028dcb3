// socket.setKeepAlive() takes the interval and the count of the probes, by position or as an object, and tells the handle of changes.
'use strict';
const net = require('node:net');
const handle = {
  setKeepAlive(...args) {
    console.log(args.filter((each) => each !== undefined));
    return 0;
  },
  readStart() {},
};
const make = () => new net.Socket({ handle, manualStart: true });
make().setKeepAlive(true, 2500);
make().setKeepAlive(true, 2500, 3000, 4);
make().setKeepAlive({ enable: true, initialDelay: 5000, interval: 7000, count: 3 });
make().setKeepAlive({ initialDelay: 5000 });
const socket = make();
console.log(socket.setKeepAlive(true, 1000, 2000, 3) === socket);
socket.setKeepAlive(true, 1000, 2000, 3);
console.log('changed');
socket.setKeepAlive(true, 1000, 2000, 4);

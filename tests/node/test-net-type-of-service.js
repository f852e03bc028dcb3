// The type of service of a socket: kept until there is a connection, then the system's.
'use strict';
const net = require('net');

for (const address of ['127.0.0.1']) {
  const server = net.createServer().listen(0, address, () => {
    const early = new net.Socket();
    console.log(address, early.getTypeOfService(), early.setTypeOfService(8) === early, early.getTypeOfService());
    early.connect(server.address().port, address, () => {
      console.log(address, early.getTypeOfService(), early.setTypeOfService(16) === early, early.getTypeOfService());
      early.destroy();
      server.close();
    });
  });
}
for (const tos of [-1, 256, 'a', 1.5, undefined]) {
  try {
    new net.Socket().setTypeOfService(tos);
  } catch (error) {
    console.log(error.code, error.message);
  }
}

// net.BlockList and net.SocketAddress.
'use strict';
const net = require('net');

const attempt = (action) => {
  try {
    return action();
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
};

const list = new net.BlockList();
list.addAddress('1.2.3.4');
list.addRange('10.0.0.1', '10.0.0.10');
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
list.addSubnet('192.168.0.0', 16);
list.addRange('::1', '::f', 'ipv6');
console.log(list.rules, list, JSON.stringify(list));
for (const [address, family] of [
  ['1.2.3.4'], ['1.2.3.5'], ['::ffff:1.2.3.4', 'ipv6'], ['::ffff:102:304', 'IPv6'], ['10.0.0.0'], ['10.0.0.1'], ['10.0.0.10'],
  ['10.0.0.11'], ['8592:757c:efae:4e45:fb5d:d62a:0d00:8e17', 'ipv6'], ['8592:757c:efae:4e46::', 'ipv6'], ['192.168.255.255'],
  ['192.169.0.0'], ['::2', 'ipv6'], ['::10', 'ipv6'], ['nothing'], ['1.2.3.4', 'ipv6'],
]) {
  console.log(address, family, list.check(address, family));
}
console.log(list.check(new net.SocketAddress({ address: '10.0.0.3' })));
console.log(attempt(() => list.addRange('2.0.0.0', '1.0.0.0')));
console.log(attempt(() => list.addAddress('zz')));
console.log(attempt(() => list.addAddress(1)));
console.log(attempt(() => list.addSubnet('1.1.1.1', 33)));
console.log(attempt(() => list.addSubnet('1.1.1.1', -1)));

const copy = new net.BlockList();
copy.fromJSON(list.toJSON());
console.log(copy.rules.length, copy.check('10.0.0.2'), copy.check('::f', 'ipv6'));
console.log(attempt(() => copy.fromJSON(5)));
console.log(net.BlockList.isBlockList(copy), net.BlockList.isBlockList({}));

console.log(new net.SocketAddress());
console.log(new net.SocketAddress({ family: 'ipv6', port: 8080, flowlabel: 5 }));
console.log(attempt(() => new net.SocketAddress({ address: '::1' })));
console.log(attempt(() => new net.SocketAddress({ port: 70000 })));
console.log(net.SocketAddress.parse('1.2.3.4:90'), net.SocketAddress.parse('[::1]:443'), net.SocketAddress.parse('[::1]'));
console.log(net.SocketAddress.parse('1.2.3.4:99999'), net.SocketAddress.parse('host:1'));
console.log(net.SocketAddress.isSocketAddress(new net.SocketAddress()), net.SocketAddress.isSocketAddress({}));

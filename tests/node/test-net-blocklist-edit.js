// net.BlockList: rules by CIDR, several at once, and rules taken away.
'use strict';
const net = require('net');

const list = new net.BlockList();
function attempt(method, ...args) {
  try {
    console.log(method, args, list[method](...args), list.size);
  } catch (error) {
    console.log(method, args, error.name, error.code, error.message, list.size);
  }
}

for (const cidr of ['192.168.0.0/16', 'fe80::/10', 'x', 1, '1.2.3.4', '1.2.3.4/', '1.2.3.4/x', '1.2.3.4/1.5', '1.2.3.4/33',
  '1.2.3.4/-1']) attempt('addCIDR', cidr);
attempt('addCIDRs', ['1.0.0.0/8', '2.0.0.0/8']);
attempt('addCIDRs', ['3.0.0.0/8', 'bad']);
attempt('addCIDRs', 1);
attempt('addAddresses', ['5.5.5.5', '6.6.6.6']);
attempt('addAddresses', ['::5'], 'ipv6');
attempt('addAddresses', ['7.7.7.7', 'bad']);
attempt('addAddresses', 1);
attempt('addRange', '10.0.0.1', '10.0.0.10');
attempt('addSubnet', '8.8.8.0', 24);
console.log(list.check('8.8.8.8'), list.check('10.0.0.5'), list.check('fe80::1', 'ipv6'));
attempt('removeAddress', '5.5.5.5');
attempt('removeAddress', '5.5.5.5');
attempt('removeAddress', 'zz');
attempt('removeAddress', '::5', 'ipv6');
attempt('removeRange', '10.0.0.1', '10.0.0.9');
attempt('removeRange', '10.0.0.1', '10.0.0.10');
attempt('removeSubnet', '8.8.8.0', 25);
attempt('removeSubnet', '8.8.8.0', 24);
attempt('removeSubnet', '8.8.8.0', 99);
attempt('removeCIDR', '192.168.0.0/16');
console.log(list.rules, list.check('8.8.8.8'), list.check('10.0.0.5'), list.check('192.168.1.1'));
attempt('clear');
console.log(list.rules);

// SPDX-License-Identifier: MIT
print(new RegExp('/').source); // expect: \/
print(new RegExp('[/]').source); // expect: [/]
print(new RegExp('\n\u2028').source); // expect: \n\u2028
print(new RegExp('\\\n').source); // expect: \n
print(new RegExp('\\/').source); // expect: \/
print(RegExp.prototype.toString.call({ source: 'a', flags: 'b' })); // expect: /a/b

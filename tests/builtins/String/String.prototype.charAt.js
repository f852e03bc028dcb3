// SPDX-License-Identifier: MIT
print('abc'.charAt(1) + 'abc'.charAt()); // expect: ba
print(JSON.stringify('abc'.charAt(9))); // expect: ""
print('aé日'.charAt(2)); // expect: 日
print([...'a😀'].length); // expect: 2

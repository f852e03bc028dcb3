// SPDX-License-Identifier: MIT
print('a😀'.isWellFormed()); // expect: true
print('\ud83d'.isWellFormed()); // expect: false
print('\ude00\ud83d'.isWellFormed()); // expect: false
print('a\ud83db'.toWellFormed().charCodeAt(1)); // expect: 65533
print('a\ude00\ud83d'.toWellFormed() === 'a\ufffd\ufffd'); // expect: true
print('ok'.toWellFormed()); // expect: ok

// SPDX-License-Identifier: MIT
// Digits of an exponent behind its sign: as many as the source has.
// expect: 0 0 Infinity 100000 1e-7 0
const long = (sign, tail, digits = 100) => eval(`1.0e${sign}${'0'.repeat(digits)}${tail}`);
const huge = (sign) => eval(`1.5e${sign}${'6'.repeat(3000)}`);
console.log(eval(`1.0e-3${'6'.repeat(90)}00`), huge('-'), huge('+'), long('+', 5), long('-', 7), long('-', 999));

// SPDX-License-Identifier: MIT
// BigInt as a whole: operators, conversions, built-ins. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => [1n+2n,5n-7n,-3n*4n,7n/2n,-7n/2n,-7n%3n,2n**64n,(-2n)**3n].join(' ')); // expect: 3 -2 -12 3 -3 -1 18446744073709551616 -8
t(() => [5n&-3n,-5n|3n,5n^-1n,~5n,1n<<70n,-5n>>1n,-1n>>100n,1n<<-1n].join(' ')); // expect: 5 -5 -6 -6 1180591620717411303424 -3 -1 0
t(() => 123456789012345678901234567890n*987654321098765432109876543210n); // expect: 121932631137021795226185032733622923332237463801111263526900
t(() => (2n**200n).toString(36)+' '+(-255n).toString(16)); // expect: bnklg118comha6gqury14067gur54n8won6guf4 -ff
t(() => (10n**40n-1n)/(10n**20n+1n)); // expect: 99999999999999999999
t(() => [1n<2,2n==2,2n>1.5,1n<Infinity,2n**64n>2**64,10n=='10',1n==='1'].join(' ')); // expect: true true true true false true false
t(() => [3n,1n,2,10n].sort((a,b)=>a<b?-1:1).join(' ')); // expect: 1 2 3 10
t(() => [Number(2n**70n),Number(2n**53n+1n),Number(-(2n**1024n))].join(' ')); // expect: 1.1805916207174113e+21 9007199254740992 -Infinity
t(() => [BigInt('0xff'),BigInt(' 12 '),BigInt(''),BigInt('-0'),BigInt(2**60),BigInt(true)].join(' ')); // expect: 255 12 0 0 1152921504606846976 1
t(() => [BigInt.asIntN(8,255n),BigInt.asUintN(8,-1n),BigInt.asIntN(64,2n**63n),BigInt.asUintN(64,-1n),BigInt.asIntN(0,5n),BigInt.asUintN(200,5n)].join(' ')); // expect: -1 255 -9223372036854775808 18446744073709551615 0 5
t(() => (()=>{let x=5n;x++;x-=10n;return -x})()); // expect: 4
t(() => typeof 1n+typeof Object(1n)); // expect: bigintobject
t(() => (12345678901234567890n).toLocaleString()); // expect: 12,345,678,901,234,567,890
t(() => 1n/0n); // expect: RangeError: Division by zero
t(() => 1n%0n); // expect: RangeError: Division by zero
t(() => 2n**-1n); // expect: RangeError: Exponent must be positive
t(() => 1n>>>0n); // expect: TypeError: BigInts have no unsigned right shift, use >> instead
t(() => BigInt(1.5)); // expect: RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer
t(() => BigInt('1x')); // expect: SyntaxError: Cannot convert 1x to a BigInt
t(() => BigInt(undefined)); // expect: TypeError: Cannot convert undefined to a BigInt
t(() => BigInt(Symbol())); // expect: TypeError: Cannot convert Symbol() to a BigInt
t(() => new BigInt(1)); // expect: TypeError: BigInt is not a constructor
t(() => BigInt.asIntN(-1,1n)); // expect: RangeError: Invalid value: not (convertible to) a safe integer
t(() => BigInt.asUintN(2**53-1,-1n)); // expect: RangeError: Maximum BigInt size exceeded
t(() => BigInt.prototype.toString.call(1)); // expect: TypeError: BigInt.prototype.toString requires that 'this' be a BigInt
t(() => 1n.toString(1)); // expect: RangeError: toString() radix argument must be between 2 and 36
t(() => 1n+1); // expect: TypeError: Cannot mix BigInt and other types, use explicit conversions
t(() => +1n); // expect: TypeError: Cannot convert a BigInt value to a number
t(() => 1n<<(1n<<40n)); // expect: RangeError: Maximum BigInt size exceeded
t(() => JSON.stringify(1n)); // expect: TypeError: Do not know how to serialize a BigInt
t(() => [2n].includes(2n)); // expect: true

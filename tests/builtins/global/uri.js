// SPDX-License-Identifier: MIT
// encodeURI, decodeURI and their kin, escape, unescape. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => encodeURIComponent('a b&é€😀;/?')); // expect: a%20b%26%C3%A9%E2%82%AC%F0%9F%98%80%3B%2F%3F
t(() => encodeURI('http://x/ä?q=1&b=[x]#h')); // expect: http://x/%C3%A4?q=1&b=%5Bx%5D#h
t(() => decodeURIComponent('%F0%9F%98%80%20a%2F')); // expect: 😀 a/
t(() => decodeURI('%2F%41%23')); // expect: %2FA%23
t(() => decodeURI('%')); // expect: URIError: URI malformed
t(() => decodeURI('%C0%80')); // expect: URIError: URI malformed
t(() => decodeURIComponent('%ED%A0%80')); // expect: URIError: URI malformed
t(() => encodeURI('\ud800')); // expect: URIError: URI malformed
t(() => encodeURIComponent('\udc00a')); // expect: URIError: URI malformed
t(() => escape('ä€ x@*_+-./')); // expect: %E4%u20AC%20x@*_+-./
t(() => unescape('%u20AC%E4%zz%u12')); // expect: €ä%zz%u12

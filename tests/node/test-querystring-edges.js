// SPDX-License-Identifier: MIT
'use strict';
// querystring.parse: empty separators, what maxKeys counts, percent signs that encode nothing.
const qs = require('querystring');
const show = (...values) => console.log(JSON.stringify(values));
for (const maxKeys of [1, 2, 3]) {
  show(...['&a', 'a=1&&b=2', '&&a&b', 'a&b&&&'].map((text) => qs.parse(text, null, null, { maxKeys })));
}
show(qs.parse('ab', []), qs.parse('ab', null, []), qs.parse('%\u0100=%\u0101'), qs.parse('a%=%zz%20'));

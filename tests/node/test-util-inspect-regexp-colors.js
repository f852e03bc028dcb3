// SPDX-License-Identifier: MIT
'use strict';
// util.inspect colours regular expressions: commas, classes with properties, unbalanced sources, palettes of one's own.
const util = require('util');
const show = (value) => console.log(JSON.stringify(util.inspect(value, { colors: true })));
for (const r of [/(?:,{2})/, /[\p{Script=Greek}\p{Nd}]/u, /(?<n>a,b)|\k<n>/, /\b(?<!\$)\d{1,3}(?:,\d{3})*/]) show(r);
util.inspect.styles.regexp.colors = [];
show(/a(b)/);
util.inspect.styles.regexp.colors = ['red', 'yellow', 'cyan'];
show(/a(?<b>c){2}/);

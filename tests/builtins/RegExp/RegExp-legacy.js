// SPDX-License-Identifier: MIT
print(/(a)(b)?/.exec('xaby') && [RegExp.$1, RegExp.$2, RegExp.$3, RegExp.lastMatch, RegExp.lastParen, RegExp.leftContext, RegExp.rightContext, RegExp.input].join('|')); // expect: a|b||ab|b|x|y|xaby
print([RegExp['$&'], RegExp['$+'], RegExp['$`'], RegExp["$'"], RegExp.$_].join('|')); // expect: ab|b|x|y|xaby
print('x1y2'.replace(/(\d)/g, '') + RegExp.$1); // expect: xy2
print(RegExp.input = 'zz', RegExp.$_); // expect: zz zz
print(/q/.test('aqb') && RegExp.input); // expect: aqb
print(RegExp.$1 === ''); // expect: true

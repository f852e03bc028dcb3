// SPDX-License-Identifier: MIT
// Corners of the .env format.
'use strict';

const { parseEnv } = require('node:util');

const texts = ['=', '=a', '=a\nB=1', 'A= \nB=1', 'A=\nB=1', 'A=  \n\nB=1\nC=2', 'export A=', 'export A= ', 'export A=\nB=2', 'A="x\nB=1',
  'A="x # y', "A='x # y \nB=1", 'A=x # y', 'A=x#y', 'A="a"b', 'A="a" # c\nB=1', 'A\nB=1', 'A B=1', 'A=1\n=\nB=2', '  # c\nA=1', 'A=1 \t\nB="  "',
  'A=`x\ny`\nB=1', '#=\nA=1', 'A=#x', 'A="\\n\\t"', "A='\\n'", 'A="x\\"y"', '\ufeffA=1', 'A=\u00a01\u00a0', 'A:1\nB=2', 'A==1', 'export  A=1',
  'exportA=1', 'export\tA=1', 'A=1\r\nB=2\rC=3\r', 'B=1\nA=2\nB=3', '==\n#\nexport export=#', ''];
for (const text of texts) console.log(JSON.stringify(text), JSON.stringify(parseEnv(text)));

// SPDX-License-Identifier: MIT
// import() in eval'ed and `new Function` code resolves from the file that evaluates it.
'use strict';
Promise.all(require('./fixtures/eval-import/inner.js')).then((all) => console.log(all.map((m) => m.default)), console.log);

// SPDX-License-Identifier: MIT
'use strict';

const util = require('util');

const map = new Map(util.getSystemErrorMap());
const binding = {
  errname: (errno) => util.getSystemErrorName(errno),
  getErrorMap: () => map,
  getErrorMessage: (errno) => map.get(errno)?.[1],
};
for (const [errno, [name]] of map) binding[`UV_${name}`] = errno;
module.exports = binding;

// SPDX-License-Identifier: MIT
'use strict';

// Coverage as an lcov tracefile (geninfo(1)).

const path = require('path');
const { Transform } = require('stream');

function fileRecord(file, folder) {
  const { functions, branches, lines } = file;
  const text = [`SF:${path.relative(folder, file.path)}`];
  for (const { name, line } of functions) text.push(`FN:${line},${name}`);
  for (const { name, count } of functions) text.push(`FNDA:${count},${name}`);
  text.push(`FNF:${file.totalFunctionCount}`, `FNH:${file.coveredFunctionCount}`);
  branches.forEach(({ line, count }, k) => text.push(`BRDA:${line},${k},0,${count}`));
  text.push(`BRF:${file.totalBranchCount}`, `BRH:${file.coveredBranchCount}`);
  for (const { line, count } of [...lines].sort((a, b) => a.line - b.line)) text.push(`DA:${line},${count}`);
  text.push(`LH:${file.coveredLineCount}`, `LF:${file.totalLineCount}`, 'end_of_record');
  return `${text.join('\n')}\n`;
}

class LcovReporter extends Transform {
  constructor(options) {
    super({ ...options, writableObjectMode: true, __proto__: null });
  }

  _transform({ type, data }, encoding, callback) {
    if (type !== 'test:coverage') return callback(null);
    const { files, workingDirectory } = data.summary;
    callback(null, `TN:\n${files.map((file) => fileRecord(file, workingDirectory)).join('')}`);
  }
}

module.exports = { LcovReporter };

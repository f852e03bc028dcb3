// SPDX-License-Identifier: MIT
'use strict';

// The reporter for people: a tree of results as they come, the failed ones again with their errors at the end.

const { Transform } = require('stream');
const path = require('path');
const { formatResult, marks, palette } = require('internal/test_runner/reporter/format');

class SpecReporter extends Transform {
  #tint = palette();
  #open = [];
  #failed = [];
  #cwd = process.cwd();

  constructor() {
    super({ writableObjectMode: true });
  }

  // The names of the parents whose lines have not been printed.
  #parents(nesting) {
    let text = '';
    for (const parent of this.#open) {
      if (parent.nesting < nesting && !parent.printed) {
        parent.printed = true;
        text += `${'  '.repeat(parent.nesting)}${marks.arrow}${parent.name}\n`;
      }
    }
    return text;
  }

  #result(type, data) {
    while (this.#open.length > 0 && this.#open.at(-1).nesting >= data.nesting) this.#open.pop();
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') this.#failed.push(data);
    return this.#parents(data.nesting) + formatResult(type, data, '  '.repeat(data.nesting), this.#tint, false);
  }

  #failures() {
    if (this.#failed.length === 0) return '';
    const tint = this.#tint;
    let text = `\n${tint.red}${marks['test:fail']}failing tests:${tint.plain}\n`;
    for (const data of this.#failed) {
      const { file, line, column } = data;
      text += '\n';
      if (file !== undefined) {
        text += `test at ${path.relative(this.#cwd, file)}:${line}:${column}\n`;
      }
      text += formatResult('test:fail', data, '', tint, true);
    }
    this.#failed = [];
    return text;
  }

  #note(data) {
    const tint = this.#tint;
    const color = { info: tint.blue, warn: tint.yellow, error: tint.red }[data.level ?? 'info'] ?? tint.blue;
    return `${color}${'  '.repeat(data.nesting)}${marks['test:diagnostic']}${data.message}${tint.plain}\n`;
  }

  #coverage({ nesting, summary }) {
    const { coverageTable } = require('internal/test_runner/reporter/coverage_table');
    const tint = this.#tint;
    const by = `${'  '.repeat(nesting)}${marks['test:diagnostic']}`;
    return `${tint.blue}${coverageTable(summary, by, process.stdout.columns, { ...tint, base: tint.blue })}${tint.plain}`;
  }

  #interrupted(data) {
    const tint = this.#tint;
    let text = `\n${tint.yellow}Interrupted while running:${tint.plain}\n\n`;
    for (const test of data.tests) {
      const at = test.file === undefined ? '' :
        ` ${tint.gray}(${path.relative(this.#cwd, test.file)}:${test.line}:${test.column})${tint.plain}`;
      text += `${'  '.repeat(test.nesting)}${tint.yellow}${marks.todo}${test.name}${tint.plain}${at}\n`;
    }
    return text;
  }

  #render({ type, data }) {
    switch (type) {
      case 'test:start':
        this.#open.push({ name: data.name, nesting: data.nesting, printed: false });
        return '';
      case 'test:pass':
      case 'test:fail':
        return this.#result(type, data);
      case 'test:stdout':
      case 'test:stderr':
        return data.message;
      case 'test:diagnostic':
      case 'test:log':
        return this.#note(data);
      case 'test:summary':
        // A summary with a file is of that file; the last one is of everything.
        return data.file === undefined ? this.#failures() : '';
      case 'test:watch:restarted':
        return `\nRestarted at ${new Date().toLocaleString()}\n`;
      case 'test:coverage':
        return this.#coverage(data);
      case 'test:interrupted':
        return this.#interrupted(data);
      default:
        return '';
    }
  }

  _transform(event, encoding, callback) {
    callback(null, this.#render(event));
  }

  _flush(callback) {
    callback(null, this.#failures());
  }
}

module.exports = { SpecReporter };

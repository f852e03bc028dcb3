// SPDX-License-Identifier: MIT
'use strict';

// The Test Anything Protocol, version 13: a line for each result with a block of YAML under it.

const { inspect } = require('internal/util/inspect');
const { isDate, isNativeError } = internalBinding('types');

function escape(text) {
  return String(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('#', '\\#')
    .replaceAll('\b', '\\\\b').replaceAll('\f', '\\\\f').replaceAll('\t', '\\\\t')
    .replaceAll('\n', '\\\\n').replaceAll('\r', '\\\\r').replaceAll('\v', '\\\\v');
}

function isError(value) {
  return isNativeError(value) || value instanceof Error;
}

// One key of a YAML block; nothing for undefined.
function yaml(by, key, value, above) {
  if (value === undefined) return '';
  const head = `${by}${key}:`;
  if (value === null) return `${head} ~\n`;
  if (typeof value === 'string') {
    if (!/[\n\r]/.test(value)) return `${head} ${inspect(value)}\n`;
    return `${head} |-\n${value.split(/\r\n|\n|\r/).map((line) => `${by}  ${line}\n`).join('')}`;
  }
  if (isDate(value)) return `${head} ${Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()}\n`;
  if (typeof value !== 'object') return `${head} ${inspect(value)}\n`;
  if (above.includes(value)) return `${head} <Circular>\n`;
  const keys = Object.keys(value);
  let text = `${head}\n`;
  const next = [...above, value];
  for (const inner of keys) text += yaml(`${by}  `, inner, value[inner], next);
  return text;
}

const ownFrame = /^\s+at\s/;

// The fields an error has in the block of its test.
function errorFields(by, error) {
  let code = error.code;
  let message = error.message;
  let name;
  let stack;
  let { expected, actual, operator } = error;
  let cause = error;
  if (error.code === 'ERR_TEST_FAILURE' && 'cause' in error) {
    cause = error.cause;
    ({ stack } = error);
    message = isError(cause) ? cause.message : message;
    if (cause !== null && cause !== undefined && typeof cause !== 'string') {
      code = cause.code ?? error.code;
      name = cause.name;
      ({ expected, actual, operator } = cause);
      if (isError(cause)) ({ stack } = cause);
    }
  } else {
    name = error.name;
    stack = error.stack;
  }
  let text = '';
  if (error.failureType !== undefined) text += yaml(by, 'failureType', error.failureType, []);
  text += yaml(by, 'exitCode', error.exitCode, []) + yaml(by, 'signal', error.signal, []);
  text += yaml(by, 'error', String(message), []);
  text += yaml(by, 'code', code, []);
  if (name !== undefined && name !== 'Error') text += yaml(by, 'name', name, []);
  text += yaml(by, 'expected', expected, []) + yaml(by, 'actual', actual, []);
  text += yaml(by, 'operator', operator, []);
  if (typeof stack === 'string') {
    const frames = stack.split('\n').filter((line) => ownFrame.test(line))
      .map((line) => line.replace(ownFrame, ''));
    if (frames.length > 0) text += `${by}stack: |-\n${frames.map((frame) => `${by}  ${frame}\n`).join('')}`;
  }
  return text;
}

function details(by, data, isFailure) {
  const { duration_ms: duration, type, error } = data.details;
  let text = `${by}  ---\n${yaml(`${by}  `, 'duration_ms', duration, [])}${yaml(`${by}  `, 'type', type, [])}`;
  if (isFailure && data.file !== undefined) {
    text += yaml(`${by}  `, 'location', `${data.file}:${data.line}:${data.column}`, []);
  }
  if (error !== undefined && error !== null && typeof error === 'object') {
    text += errorFields(`${by}  `, error);
  }
  return `${text}${by}  ...\n`;
}

function directive({ skip, todo, expectFailure }) {
  if (skip !== undefined || todo !== undefined) {
    const reason = skip ?? todo;
    const word = (skip !== undefined ? 'skip' : 'todo').toUpperCase();
    return ` # ${word}${typeof reason === 'string' && reason.length > 0 ? ` ${escape(reason)}` : ''}`;
  }
  if (expectFailure === undefined) return '';
  return ` # EXPECTED FAILURE${typeof expectFailure === 'string' ? ` ${escape(expectFailure)}` : ''}`;
}

module.exports = async function* tap(source) {
  yield 'TAP version 13\n';
  for await (const { type, data } of source) {
    const by = '    '.repeat(data?.nesting ?? 0);
    switch (type) {
      case 'test:pass':
      case 'test:fail': {
        const ok = type === 'test:pass' ? 'ok' : 'not ok';
        yield `${by}${ok} ${data.testNumber} - ${escape(data.name)}${directive(data)}\n`;
        yield details(by, data, type === 'test:fail');
        break;
      }
      case 'test:plan':
        yield `${by}1..${data.count}\n`;
        break;
      case 'test:start':
        yield `${by}# Subtest: ${escape(data.name)}\n`;
        break;
      case 'test:stdout':
      case 'test:stderr':
        for (const line of data.message.split(/\r?\n/)) {
          if (line !== '') yield `${by}# ${escape(line)}\n`;
        }
        break;
      case 'test:diagnostic':
      case 'test:log':
        yield `${by}# ${escape(data.message)}\n`;
        break;
      case 'test:coverage': {
        const { coverageTable } = require('internal/test_runner/reporter/coverage_table');
        const none = { green: '', yellow: '', red: '', base: '' };
        yield coverageTable(data.summary, `${by}# `, process.stdout.columns, none);
        break;
      }
      case 'test:interrupted':
        for (const test of data.tests) {
          const at = test.file === undefined ? '' :
            ` at ${test.file}:${test.line}:${test.column}`;
          yield `# Interrupted while running: ${escape(`${test.name}${at}`)}\n`;
        }
        break;
      default:
    }
  }
};

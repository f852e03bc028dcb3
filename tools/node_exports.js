// SPDX-License-Identifier: MIT
//
// What the built-in modules and the globals have: names, arities and property attributes, classes with their prototypes.
//
//   node26 tools/node_exports.js --record    writes tests/node/fixtures/node-exports.txt (run it on Node 26)
//   culm   tools/node_exports.js             compares itself with that file: lines of what is missing or different
//   culm   tools/node_exports.js --markdown  the table of docs/node-compat.md
//
// A line of the file is a holder (`fs`, `fs.Stats#`, `globalThis`) and its properties, each `name kind arity attributes`: kind f
// (function), a (accessor), v (anything else); attributes of w, e and c where they are not all three.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const RECORD = path.join(__dirname, '../tests/node/fixtures/node-exports.txt');
// Modules that need a flag of Node's, or that are internals which happen to be importable.
const LEFT_OUT = /^(node:)?(inspector|sea|sqlite|ffi|quic|vfs|dtls|trace_events|bench|stream\/iter|zlib\/iter|node:quic)|^_/;

// What is made when it is first asked for is an accessor until then: in modules the value counts.
function valueOf(holder, descriptor) {
  if (!descriptor.get) return descriptor;
  const { get, set, enumerable, configurable } = descriptor;
  return { value: Reflect.apply(get, holder, []), writable: set !== undefined, enumerable, configurable };
}

function describe(descriptor) {
  const { get, set, value, writable, enumerable, configurable } = descriptor;
  const attributes = `${writable ? 'w' : ''}${enumerable ? 'e' : ''}${configurable ? 'c' : ''}`;
  if (get || set) return `a${get ? 'g' : ''}${set ? 's' : ''} ${attributes}`;
  return `${typeof value === 'function' ? `f${value.length}` : 'v'} ${attributes}`;
}

function propertiesOf(holder, isModule = false) {
  const found = {};
  for (const name of Object.getOwnPropertyNames(holder)) {
    if (!/^[\w$]+$/.test(name)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    found[name] = describe(isModule ? valueOf(holder, descriptor) : descriptor);
  }
  return found;
}

function isClass(descriptor) {
  return typeof descriptor.value === 'function' && descriptor.value.prototype !== undefined &&
    /^[A-Z]/.test(descriptor.value.name) && descriptor.value !== Object;
}

function collect() {
  const holders = new Map();
  const add = (name, holder) => {
    holders.set(name, propertiesOf(holder, true));
    for (const property of Object.getOwnPropertyNames(holder)) {
      const descriptor = valueOf(holder, Object.getOwnPropertyDescriptor(holder, property));
      if (isClass(descriptor) && /^[A-Z]\w*$/.test(property)) holders.set(`${name}.${property}#`, propertiesOf(descriptor.value.prototype));
    }
  };
  for (const id of require('node:module').builtinModules) {
    if (LEFT_OUT.test(id)) continue;
    add(id, require(id));
  }
  for (const name of ['process', 'Buffer', 'performance', 'navigator']) add(`global ${name}`, globalThis[name]);
  // A web class is an accessor until it is touched; what counts is that it is there.
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = /^[A-Z]/.test(name) ? globalThis[name] : undefined;
    if (typeof value !== 'function') continue;
    holders.set(`global ${name}`, propertiesOf(value));
    if (value.prototype) holders.set(`global ${name}#`, propertiesOf(value.prototype));
  }
  return holders;
}

function write(holders) {
  let text = '';
  for (const [holder, properties] of [...holders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const items = Object.entries(properties).map(([name, what]) => `${name} ${what}`).sort();
    text += `${holder}: ${items.join(', ')}\n`;
  }
  return text;
}

function read() {
  const holders = new Map();
  for (const line of fs.readFileSync(RECORD, 'utf8').trim().split('\n')) {
    const at = line.indexOf(':', line.startsWith('node:') ? 5 : 0);
    const properties = {};
    for (const item of line.slice(at + 2).split(', ').filter(Boolean)) {
      const space = item.indexOf(' ');
      properties[item.slice(0, space)] = item.slice(space + 1);
    }
    holders.set(line.slice(0, at), properties);
  }
  return holders;
}

// [holder, property, 'missing' or what it is here, what Node has]
function compare() {
  const ours = collect();
  const differences = [];
  for (const [holder, wanted] of read()) {
    const found = ours.get(holder);
    if (!found) {
      differences.push([holder, '', 'missing', `${Object.keys(wanted).length} properties`]);
      continue;
    }
    for (const [name, what] of Object.entries(wanted)) {
      if (found[name] !== what) differences.push([holder, name, found[name] ?? 'missing', what]);
    }
  }
  return differences;
}

function markdown() {
  const rows = new Map();
  const moduleOf = (holder) => (holder.startsWith('global') ? 'globals' : holder.replace(/\..*$/, ''));
  for (const [holder, properties] of read()) {
    const row = rows.get(moduleOf(holder)) ?? { total: 0, missing: [], different: 0 };
    row.total += Object.keys(properties).length;
    rows.set(moduleOf(holder), row);
  }
  for (const [holder, name, here, there] of compare()) {
    const row = rows.get(moduleOf(holder));
    if (here === 'missing') row.missing.push(name ? `${holder}${holder.endsWith('#') ? '' : '.'}${name}`.replace(/^global /, '') : `${holder.replace(/^global /, '')} (${there})`);
    else row.different++;
  }
  const lines = ['| module | names | missing | other arity or attributes |', '|---|---|---|---|'];
  for (const [name, { total, missing, different }] of rows) {
    const shown = missing.length > 12 ? `${missing.slice(0, 12).join(', ')} and ${missing.length - 12} more` : missing.join(', ');
    lines.push(`| ${name} | ${total} | ${shown} | ${different || ''} |`);
  }
  return lines.join('\n');
}

if (require.main === module) {
  process.removeAllListeners('warning');
  if (process.argv.includes('--record')) fs.writeFileSync(RECORD, write(collect()));
  else if (process.argv.includes('--markdown')) console.log(markdown());
  else for (const [holder, name, here, there] of compare()) console.log(`${holder} ${name}: ${here}, Node has ${there}`);
}

module.exports = { compare };

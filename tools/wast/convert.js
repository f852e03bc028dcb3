// SPDX-License-Identifier: MIT
// Turns WebAssembly's test scripts into what run.js runs.
//
//   build/culm tools/wast/convert.js OUT FILE.wast ...
//
// The suite is github.com/WebAssembly/testsuite. A file gives OUT/FILE.json: a list of commands, modules as base64. What
// cannot be read becomes a command `unreadable`: counted, never silently left out. Assertions on malformed text are about
// text readers and are dropped.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { assemble } = require('./assemble.js');
const { readScript, constant } = require('./read.js');

const isName = (item) => item?.word?.startsWith('$');
const head = (item) => item?.list?.[0]?.word;

class Converter {
  constructor(file) {
    this.file = file;
  }

  // {name, wasm | unreadable, isText, form}; form: definition or instance, after the word module.
  module(item) {
    const rest = item.list.slice(1);
    const out = { line: item.line, form: '', name: null, isText: false };
    if (rest[0]?.word === 'definition' || rest[0]?.word === 'instance')
      out.form = rest.shift().word;
    if (out.form === 'instance') {
      out.name = isName(rest[0]) ? rest.shift().word : null;
      out.definition = rest[0]?.word ?? null;
      return out;
    }
    if (isName(rest[0]))
      out.name = rest.shift().word;
    const kind = rest[0]?.word;
    if (kind === 'binary') {
      out.wasm = Buffer.concat(rest.slice(1).map((part) => part.bytes)).toString('base64');
      return out;
    }
    try {
      let fields = rest;
      if (kind === 'quote') {
        out.isText = true;
        fields = readScript(rest.slice(1).map((part) => part.bytes.toString()).join(' '));
        if (head(fields[0]) === 'module')
          fields = fields[0].list.slice(isName(fields[0].list[1]) ? 2 : 1);
      }
      out.wasm = assemble(fields).toString('base64');
    } catch (err) {
      out.unreadable = err.message;
    }
    return out;
  }

  action(item) {
    const rest = item.list.slice(1);
    const module = isName(rest[0]) ? rest.shift().word : null;
    const action = { kind: head(item), module, field: rest[0].bytes.toString() };
    if (action.kind === 'invoke')
      action.args = rest.slice(1).map(constant);
    return action;
  }

  withModule(type, item) {
    const module = this.module(item.list[1]);
    const text = item.list[2]?.bytes?.toString() ?? '';
    if (type === 'assert_malformed' && module.isText)
      return null;
    return { ...module, type: module.unreadable ? 'unreadable' : type, text, line: item.line };
  }

  command(item) {
    const type = head(item);
    const { line } = item;
    switch (type) {
      case 'module': {
        const module = this.module(item);
        return { ...module, type: module.unreadable ? 'unreadable' : 'module', isSetup: true };
      }
      case 'register':
        return { type, line, as: item.list[1].bytes.toString(), module: item.list[2]?.word ?? null };
      case 'invoke':
      case 'get':
        return { type: 'action', line, action: this.action(item) };
      case 'assert_return':
        return { type, line, action: this.action(item.list[1]), expected: item.list.slice(2).map(constant) };
      case 'assert_trap':
      case 'assert_exhaustion':
      case 'assert_exception':
        if (head(item.list[1]) === 'module')
          return this.withModule('assert_uninstantiable', item);
        return { type, line, action: this.action(item.list[1]), text: item.list[2]?.bytes?.toString() ?? '' };
      case 'assert_malformed':
      case 'assert_invalid':
      case 'assert_malformed_custom':
      case 'assert_invalid_custom':
      case 'assert_unlinkable':
        return this.withModule(type, item);
      case 'thread':
      case 'wait':
        return { type: 'unreadable', line, unreadable: 'threads of the script language' };
      default:
        throw new SyntaxError(`${this.file}:${line}: unknown command ${type}`);
    }
  }
}

const FIELDS = /^(type|rec|import|func|table|memory|global|export|start|elem|data|tag)$/;

function convert(file) {
  const converter = new Converter(path.basename(file));
  const items = readScript(fs.readFileSync(file, 'utf8'));
  // A file may be a module without its word.
  if (items.length && FIELDS.test(head(items[0])))
    return [{ type: 'module', line: 1, isSetup: true, name: null, wasm: assemble(items).toString('base64') }];
  return items.map((item) => converter.command(item)).filter(Boolean);
}

const [out, ...files] = process.argv.slice(2);
if (!files.length) {
  console.error('usage: convert.js OUT FILE.wast ...');
  process.exit(2);
}
fs.mkdirSync(out, { recursive: true });
for (const file of files) {
  try {
    fs.writeFileSync(path.join(out, path.basename(file, '.wast') + '.json'), JSON.stringify(convert(file)));
  } catch (err) {
    console.error(`${file}: ${err.message}`);
    process.exitCode = 1;
  }
}

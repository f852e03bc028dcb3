// SPDX-License-Identifier: MIT
'use strict';

// Completion of what is being typed: commands, names, properties, modules and files. Nothing of the program runs on the
// way: a chain of properties is followed through data properties only, never through getters and proxies.

const { BuiltinModule } = require('internal/bootstrap/realm');

const KEYWORDS = ['async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do',
                  'else', 'export', 'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new',
                  'null', 'return', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with',
                  'yield'];
const NOTHING = { found: false, value: undefined };

// `a.b?.c[0]['d'].`: a name and steps, the last one perhaps unfinished.
const CHAIN = /(?:^|[^\w$.\])'"`])((?:[\p{ID_Start}$_][\p{ID_Continue}$]*)(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*|(?:\?\.)?\[(?:\d+|"[^"\\]*"|'[^'\\]*'|[\w$]+)\])*(?:\??\.)?)$/u;
const LITERAL = /(?:^|[^\w$.\])'"`])("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`\\$]*`|\d+(?:\.\d+)?|\[\]|\/(?:[^/\\]|\\.)+\/)(\??\.)([\w$]*)$/;
const STEP = /\??\.([\p{ID_Start}$_][\p{ID_Continue}$]*)|(?:\?\.)?\[([^\]]*)\]/uy;

function isProxy(value) {
  return internalBinding('types').isProxy(value);
}

// A property without running code: { found, value }.
function lookUp(object, key) {
  let holder = object !== null && object !== undefined ? Object(object) : null;
  while (holder !== null) {
    if (isProxy(holder)) {
      return NOTHING;
    }
    const descriptor = Reflect.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) {
      return Object.hasOwn(descriptor, 'value') ? { found: true, value: descriptor.value } : NOTHING;
    }
    holder = Reflect.getPrototypeOf(holder);
  }
  return NOTHING;
}

// A variable: of the declarations first, then of the global object. The builtin modules' own getters may run.
function lookUpName(repl, name) {
  if (name === 'this' || name === 'globalThis') {
    return { found: true, value: repl.context };
  }
  const { context } = repl;
  let holder = context;
  while (holder !== null) {
    const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
    if (descriptor !== undefined) {
      if (Object.hasOwn(descriptor, 'value')) {
        return { found: true, value: descriptor.value };
      }
      return BuiltinModule.canBeRequiredByUsers(name) || repl.ownGetters?.has(name) ?
        { found: true, value: context[name] } : NOTHING;
    }
    holder = Reflect.getPrototypeOf(holder);
  }
  // Neither there nor on its prototypes: reading the name runs nothing.
  try {
    return { found: true, value: repl.evaluateName(name) };
  } catch {
    return NOTHING;
  }
}

// The value of a chain, as far as it can be had without running anything.
function valueOf(repl, chain) {
  const head = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(chain)?.[0];
  if (head === undefined) {
    return NOTHING;
  }
  let result = lookUpName(repl, head);
  STEP.lastIndex = head.length;
  while (result.found && STEP.lastIndex < chain.length) {
    const at = STEP.lastIndex;
    const step = STEP.exec(chain);
    if (step === null) {
      return NOTHING;
    }
    let key = step[1];
    if (key === undefined) {
      const inside = step[2];
      if (/^\d+$/.test(inside)) {
        key = inside;
      } else if (/^["']/.test(inside)) {
        key = inside.slice(1, -1);
      } else {
        STEP.lastIndex = 0;
        const named = lookUpName(repl, inside);
        if (!named.found || (typeof named.value !== 'string' && typeof named.value !== 'number')) {
          return NOTHING;
        }
        key = named.value;
      }
      STEP.lastIndex = at + step[0].length;
    }
    result = lookUp(result.value, key);
  }
  return result;
}

function namesOf(object, groups) {
  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
  let holder = object !== null && object !== undefined ? Object(object) : null;
  for (let depth = 0; holder !== null && depth < 10; depth++) {
    if (isProxy(holder)) {
      break;
    }
    groups.push(Object.getOwnPropertyNames(holder).filter((name) => isName.test(name)));
    holder = Reflect.getPrototypeOf(holder);
  }
}

// Groups one below the other, each sorted, a name only in the innermost, '' between them.
function collect(groups, prefix, start) {
  const seen = new Set();
  const out = [];
  for (const group of groups) {
    const names = [...new Set(group)].filter((name) => name.startsWith(start) && !seen.has(name)).sort();
    for (const name of names) {
      seen.add(name);
    }
    if (names.length > 0) {
      if (out.length > 0) {
        out.unshift('');
      }
      out.unshift(...names.map((name) => prefix + name));
    }
  }
  return out;
}

function completeModule(text, quoted) {
  const out = [];
  if (/^\.{0,2}\//.test(quoted) || quoted.startsWith('.')) {
    const fs = require('fs');
    const path = require('path');
    const folder = quoted.slice(0, quoted.lastIndexOf('/') + 1);
    const start = quoted.slice(folder.length);
    try {
      for (const entry of fs.readdirSync(path.resolve(folder || '.'), { withFileTypes: true })) {
        if (!entry.name.startsWith(start) || (entry.name.startsWith('.') && start === '')) {
          continue;
        }
        if (entry.isDirectory()) {
          out.push(`${folder}${entry.name}/`);
        } else {
          const extension = path.extname(entry.name);
          out.push(folder + (['.js', '.json', '.node'].includes(extension) ? entry.name.slice(0, -extension.length) : entry.name));
        }
      }
    } catch {
      // No such folder.
    }
  } else {
    for (const id of BuiltinModule.getAllBuiltinModuleIds()) {
      if (id.startsWith(quoted) && !id.startsWith('_')) {
        out.push(id);
      }
      if (`node:${id}`.startsWith(quoted) && quoted.startsWith('n') && !id.includes(':')) {
        out.push(`node:${id}`);
      }
    }
  }
  return [[...new Set(out)].sort(), quoted];
}

// [completions, the part of the line they complete]
function complete(repl, line) {
  const text = line.trimStart();
  const command = /^\.(\w*)$/.exec(text);
  if (command !== null) {
    const names = Object.keys(repl.commands).filter((name) => name.startsWith(command[1])).sort();
    return [names, command[1]];
  }
  const module_ = /\b(?:require|import)\s*\(\s*(["'`])([^"'`]*)$/.exec(line);
  if (module_ !== null) {
    return completeModule(line, module_[2]);
  }
  const literal = LITERAL.exec(line);
  if (literal !== null && !(/^\d/.test(literal[1]) && !literal[1].includes('.'))) {
    const [, token, dot, start] = literal;
    const sample = /^["'`]/.test(token) ? '' : token === '[]' ? [] : token[0] === '/' ? /(?:)/ : 0;
    const groups = [];
    namesOf(sample, groups);
    return [collect(groups, token + dot, start), token + dot + start];
  }
  if (text === '' || /[\s(=,;:{[!~+\-*/%&|^<>?]$/.test(line)) {
    return text === '' || /\s$/.test(line) === false || line.endsWith(' ') ? [globals(repl, ''), ''] : [[], line];
  }
  const chain = CHAIN.exec(line)?.[1];
  if (chain === undefined) {
    return [[], line];
  }
  const dot = Math.max(chain.lastIndexOf('.'), -1);
  if (dot === -1) {
    return chain.endsWith(']') ? [[], chain] : [globals(repl, chain), chain];
  }
  const isOptional = chain[dot - 1] === '?';
  const base = chain.slice(0, isOptional ? dot - 1 : dot);
  const { found, value } = valueOf(repl, base);
  if (!found) {
    return [[], chain];
  }
  const groups = [];
  namesOf(value, groups);
  return [collect(groups, chain.slice(0, dot + 1), chain.slice(dot + 1)), chain];
}

function globals(repl, start) {
  const groups = [];
  groups.push([...repl.declaredNames]);
  namesOf(repl.context, groups);
  if (!repl.useGlobal) {
    groups.push(Object.getOwnPropertyNames(globalThis).filter((name) => /^[\w$]+$/.test(name)));
  }
  groups.push(KEYWORDS);
  return collect(groups, '', start);
}

module.exports = { complete, valueOf };

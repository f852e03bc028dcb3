// SPDX-License-Identifier: MIT
// Assembles WebAssembly's text format, as readScript gives it: https://webassembly.github.io/spec/core/text/. It checks
// little: what it is for are test scripts, whose modules are well-formed and often invalid on purpose. Numeric, vector
// and memory instructions come from the runtime's own tables.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { integerBits, floatBits, numberBits } = require('./read.js');

const root = path.join(__dirname, '../../src/wasm');

// --- bytes ------------------------------------------------------------------------------------------------------------

function leb(value) {
  const out = [];
  for (value = BigInt(value); value >= 0x80n; value >>= 7n)
    out.push(Number(value & 0x7Fn) | 0x80);
  return [...out, Number(value)];
}

function sleb(value) {
  const out = [];
  for (value = BigInt(value); value < -64n || value >= 64n; value >>= 7n)
    out.push(Number(value & 0x7Fn) | 0x80);
  return [...out, Number(value & 0x7Fn)];
}

function fixed(bits, size) {
  const out = [];
  for (let k = 0n; k < size; k++)
    out.push(Number((bits >> (8n * k)) & 0xFFn));
  return out;
}

const append = (out, bytes) => {
  for (const byte of bytes)
    out.push(byte);
  return out;
};
const counted = (items) => items.reduce(append, leb(items.length));
const sized = (bytes) => append(leb(bytes.length), bytes);

// --- instructions -----------------------------------------------------------------------------------------------------

const OPS = new Map();
const define = (name, bytes, immediate = 'none', extra) => OPS.set(name, { bytes, immediate, extra });
const prefixed = (prefix, code) => [prefix, ...leb(code)];

function readTable(file, pattern, row) {
  for (const match of fs.readFileSync(path.join(root, file), 'utf8').matchAll(pattern))
    row(...match.slice(1));
}

readTable('numeric.def', /^\w+\((0x\w+), \w+, "([^"]+)"/gm, (code, name) =>
  define(name, Number(code) < 0x100 ? [Number(code)] : prefixed(0xFC, Number(code) - 0x100)));
readTable('body_memory.c', /ACCESS\((0x\w+), \w+, \w+, (\d), \w+, "([^"]+)"\)/g, (code, align, name) =>
  define(name, [Number(code)], 'memory', Number(align)));
readTable('simd.def', /^(\w+)\((0x\w+), \w+, "([^"]+)"(?:, (\d+)\))?/gm, (kind, code, name, size) => {
  const bytes = prefixed(0xFD, Number(code));
  if (size)
    define(name, bytes, kind === 'LOAD' ? 'memory' : 'memoryLane', Math.log2(Number(size)));
  else
    define(name, bytes, kind === 'EXTRACT' || kind === 'REPLACE' ? 'lane' : 'none');
});
define('v128.load', prefixed(0xFD, 0), 'memory', 4);
define('v128.store', prefixed(0xFD, 11), 'memory', 4);
define('v128.const', prefixed(0xFD, 12), 'vector');
define('i8x16.shuffle', prefixed(0xFD, 13), 'lanes');
define('memory.atomic.notify', [0xFE, 0], 'memory', 2);
define('memory.atomic.wait32', [0xFE, 1], 'memory', 2);
define('memory.atomic.wait64', [0xFE, 2], 'memory', 3);
define('atomic.fence', [0xFE, 3, 0]);
['load', 'store', 'add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'].forEach((kind, k) => {
  [['i32', 2], ['i64', 3], ['i32', 0], ['i32', 1], ['i64', 0], ['i64', 1], ['i64', 2]].forEach(([type, align], j) => {
    const bits = align === (type === 'i32' ? 2 : 3) ? '' : 8 << align;
    const unsigned = bits && kind !== 'store' ? '_u' : '';
    const name = k < 2 ? `${kind}${bits}${unsigned}` : `rmw${bits}.${kind}${unsigned}`;
    define(`${type}.atomic.${name}`, [0xFE, 0x10 + 7 * k + j], 'memory', align);
  });
});

for (const [name, code, ...immediates] of [
  'unreachable 00', 'nop 01', 'throw 08 tag', 'rethrow 09 label', 'throw_ref 0A', 'br 0C label', 'br_if 0D label',
  'br_table 0E table', 'return 0F', 'call 10 func', 'return_call 12 func', 'call_ref 14 type',
  'return_call_ref 15 type', 'drop 1A', 'local.get 20 local', 'local.set 21 local', 'local.tee 22 local',
  'global.get 23 global', 'global.set 24 global', 'table.get 25 table?', 'table.set 26 table?', 'memory.size 3F memory?',
  'memory.grow 40 memory?', 'ref.null D0 heap', 'ref.is_null D1', 'ref.func D2 func', 'ref.eq D3',
  'ref.as_non_null D4', 'br_on_null D5 label', 'br_on_non_null D6 label', 'call_indirect 11 indirect',
  'return_call_indirect 13 indirect', 'select 1B select', 'i32.const 41 i32', 'i64.const 42 i64', 'f32.const 43 f32',
  'f64.const 44 f64', 'memory.init FC08 init:memory:data', 'data.drop FC09 data', 'memory.copy FC0A pair:memory',
  'memory.fill FC0B memory?', 'table.init FC0C init:table:elem', 'elem.drop FC0D elem', 'table.copy FC0E pair:table',
  'table.grow FC0F table?', 'table.size FC10 table?', 'table.fill FC11 table?', 'struct.new FB00 type',
  'struct.new_default FB01 type', 'struct.get FB02 field', 'struct.get_s FB03 field', 'struct.get_u FB04 field',
  'struct.set FB05 field', 'array.new FB06 type', 'array.new_default FB07 type', 'array.new_fixed FB08 type count',
  'array.new_data FB09 type data', 'array.new_elem FB0A type elem', 'array.get FB0B type', 'array.get_s FB0C type',
  'array.get_u FB0D type', 'array.set FB0E type', 'array.len FB0F', 'array.fill FB10 type',
  'array.copy FB11 type type', 'array.init_data FB12 type data', 'array.init_elem FB13 type elem',
  'ref.test FB14 cast', 'ref.cast FB16 cast', 'br_on_cast FB18 branchCast', 'br_on_cast_fail FB19 branchCast',
  'any.convert_extern FB1A', 'extern.convert_any FB1B', 'ref.i31 FB1C', 'i31.get_s FB1D', 'i31.get_u FB1E',
].map((row) => row.split(' ')))
  define(name, [...Buffer.from(code, 'hex')], immediates.length > 1 ? 'several' : immediates[0], immediates);

// --- types ------------------------------------------------------------------------------------------------------------

const NUMBER_TYPES = { i32: 0x7F, i64: 0x7E, f32: 0x7D, f64: 0x7C, v128: 0x7B, i8: 0x78, i16: 0x77 };
const HEAP_TYPES = { any: 0x6E, eq: 0x6D, i31: 0x6C, struct: 0x6B, array: 0x6A, none: 0x71, func: 0x70, nofunc: 0x73,
                     extern: 0x6F, noextern: 0x72, exn: 0x69, noexn: 0x74 };
const SHORT_REFS = { anyref: 'any', eqref: 'eq', i31ref: 'i31', structref: 'struct', arrayref: 'array',
                     nullref: 'none', funcref: 'func', nullfuncref: 'nofunc', externref: 'extern',
                     nullexternref: 'noextern', exnref: 'exn', nullexnref: 'noexn' };

const head = (item) => item?.list?.[0]?.word;
const isId = (item) => item?.word?.startsWith('$');
const isIndex = (item) => item?.word !== undefined && /^(\$|\d)/.test(item.word);

class Cursor {
  constructor(list, at = 0) {
    this.list = list;
    this.at = at;
  }
  get peek() {
    return this.list[this.at];
  }
  next() {
    return this.list[this.at++];
  }
  id() {
    return isId(this.peek) ? this.next().word : null;
  }
  word(word) {
    return this.peek?.word === word && Boolean(this.next());
  }
  // A list that begins with the word, without it.
  take(word) {
    return head(this.peek) === word ? new Cursor(this.next().list, 1) : null;
  }
  get done() {
    return this.at >= this.list.length;
  }
}

const SPACES = ['type', 'func', 'table', 'memory', 'global', 'tag', 'elem', 'data'];
const EXTERN_KINDS = { func: 0, table: 1, memory: 2, global: 3, tag: 4 };

class Assembler {
  constructor(fields) {
    this.names = Object.fromEntries(SPACES.map((space) => [space, new Map()]));
    this.counts = Object.fromEntries(SPACES.map((space) => [space, 0]));
    this.groups = []; // bytes
    this.functionTypes = []; // by type index: {key, params, results} or nothing
    this.fieldNames = [];
    this.sections = { import: [], func: [], table: [], memory: [], tag: [], global: [], export: [], elem: [], code: [],
                      data: [] };
    this.start = null;
    this.usesData = false;
    this.fields = fields;
  }

  // --- names first

  declare(space, name) {
    const index = this.counts[space]++;
    if (name)
      this.names[space].set(name, index);
    return index;
  }

  declareAll() {
    for (const field of this.fields) {
      const cursor = new Cursor(field.list, 1);
      switch (head(field)) {
        case 'rec':
          for (const type of field.list.slice(1))
            this.declare('type', new Cursor(type.list, 1).id());
          break;
        case 'import':
          this.declare(head(field.list[3]), new Cursor(field.list[3].list, 1).id());
          break;
        case 'export':
        case 'start': break;
        default: {
          const space = head(field);
          this.declare(space, cursor.id());
          if (space === 'table' || space === 'memory')
            this.declareInline(space, cursor);
        }
      }
    }
  }

  declareInline(space, cursor) {
    const inner = space === 'table' ? 'elem' : 'data';
    if (cursor.list.some((item) => head(item) === inner))
      this.declare(inner, null);
  }

  index(space, item) {
    if (/^\d/.test(item.word))
      return Number(integerBits(item.word, 64));
    const index = this.names[space].get(item.word);
    if (index === undefined)
      throw new SyntaxError(`unknown ${space} ${item.word}`);
    return index;
  }

  // --- types

  heapType(item) {
    return item.word in HEAP_TYPES ? [HEAP_TYPES[item.word]] : sleb(this.index('type', item));
  }

  refType(item) {
    if (item.word)
      return [HEAP_TYPES[SHORT_REFS[item.word]]];
    const cursor = new Cursor(item.list, 1);
    const nullable = cursor.word('null');
    return [nullable ? 0x63 : 0x64, ...this.heapType(cursor.next())];
  }

  isRefType(item) {
    return head(item) === 'ref' || item?.word in SHORT_REFS;
  }

  valueType(item) {
    return item.word in NUMBER_TYPES ? [NUMBER_TYPES[item.word]] : this.refType(item);
  }

  // (param $x i32) (param i32 i64) ...: bytes of each; names are given indices.
  valueTypes(cursor, word, names) {
    const types = [];
    for (let part = cursor.take(word); part; part = cursor.take(word)) {
      const id = part.id();
      if (id)
        names?.set(id, types.length);
      for (; !part.done; part.at++)
        types.push(this.valueType(part.peek));
    }
    return types;
  }

  signature(cursor, names) {
    const params = this.valueTypes(cursor, 'param', names);
    const results = this.valueTypes(cursor, 'result');
    return { params, results, key: JSON.stringify([params, results]) };
  }

  fieldType(item) {
    if (head(item) === 'mut')
      return [...this.valueType(item.list[1]), 1];
    return [...this.valueType(item), 0];
  }

  compositeType(item, index) {
    const cursor = new Cursor(item.list, 1);
    switch (head(item)) {
      case 'func': {
        const signature = this.signature(cursor);
        this.functionTypes[index] = signature;
        return [0x60, ...counted(signature.params), ...counted(signature.results)];
      }
      case 'array': return [0x5E, ...this.fieldType(cursor.next())];
      case 'struct': {
        const fields = [];
        const names = this.fieldNames[index] = new Map();
        for (let part = cursor.take('field'); part; part = cursor.take('field')) {
          const id = part.id();
          if (id)
            names.set(id, fields.length);
          for (; !part.done; part.at++)
            fields.push(this.fieldType(part.peek));
        }
        return [0x5F, ...counted(fields)];
      }
      default: throw new SyntaxError(`unknown type ${head(item)}`);
    }
  }

  subType(item, index) {
    if (head(item) !== 'sub')
      return this.compositeType(item, index);
    const cursor = new Cursor(item.list, 1);
    const isFinal = cursor.word('final');
    const supers = [];
    while (isIndex(cursor.peek))
      supers.push(leb(this.index('type', cursor.next())));
    const bytes = [isFinal ? 0x4F : 0x50, ...counted(supers), ...this.compositeType(cursor.next(), index)];
    if (this.functionTypes[index] && (!isFinal || supers.length))
      this.functionTypes[index].key = null; // is not found by a type use
    return bytes;
  }

  defineTypes() {
    let index = 0;
    const one = (item) => {
      const cursor = new Cursor(item.list, 1);
      cursor.id();
      return this.subType(cursor.next(), index++);
    };
    for (const field of this.fields) {
      if (head(field) === 'type') {
        this.groups.push(one(field));
      } else if (head(field) === 'rec') {
        const from = index;
        const members = field.list.slice(1).map(one);
        this.groups.push([0x4E, ...counted(members)]);
        for (let k = from; k < index && members.length !== 1; k++) {
          if (this.functionTypes[k])
            this.functionTypes[k].key = null;
        }
      }
    }
  }

  functionType(signature) {
    const found = this.functionTypes.findIndex((type) => type?.key === signature.key);
    if (found >= 0)
      return found;
    this.groups.push([0x60, ...counted(signature.params), ...counted(signature.results)]);
    this.functionTypes[this.counts.type] = signature;
    return this.counts.type++;
  }

  // The type's index; the names of parameters that are written here go into `names`. count: how many there are.
  typeUse(cursor, names) {
    const use = cursor.take('type');
    const signature = this.signature(cursor, names);
    const index = use ? this.index('type', use.next()) : this.functionType(signature);
    const count = use ? this.functionTypes[index]?.params.length ?? 0 : signature.params.length;
    return { index, count, isWritten: Boolean(use), signature };
  }

  limits(cursor, isMemory) {
    let flags = cursor.word('i64') ? 4 : 0;
    cursor.word('i32');
    const bounds = [leb(integerBits(cursor.next().word, 64))];
    if (/^\d/.test(cursor.peek?.word ?? '')) {
      flags |= 1;
      bounds.push(leb(integerBits(cursor.next().word, 64)));
    }
    if (isMemory && cursor.word('shared'))
      flags |= 2;
    return [flags, ...bounds.flat()];
  }

  // --- instructions

  expression(list, context = { locals: new Map() }) {
    const out = [];
    this.instructions(new Cursor(list), out, { labels: [], ...context });
    out.push(0x0B);
    return out;
  }

  instructions(cursor, out, context) {
    while (!cursor.done) {
      const item = cursor.next();
      if (item.list)
        this.folded(item, out, context);
      else
        this.plain(item.word, cursor, out, context);
    }
  }

  label(item, context) {
    if (!isId(item))
      return leb(integerBits(item.word, 64));
    const depth = context.labels.lastIndexOf(item.word);
    if (depth < 0)
      throw new SyntaxError(`unknown label ${item.word}`);
    return leb(context.labels.length - 1 - depth);
  }

  blockType(cursor) {
    if (head(cursor.peek) !== 'type' && head(cursor.peek) !== 'param' && head(cursor.peek) !== 'result')
      return [0x40];
    const written = head(cursor.peek) === 'type';
    const from = cursor.at;
    const signature = written ? null : this.signature(cursor);
    if (signature && !signature.params.length && signature.results.length === 1)
      return signature.results[0];
    if (signature && !signature.params.length && !signature.results.length)
      return [0x40];
    cursor.at = from;
    return sleb(this.typeUse(cursor).index);
  }

  catches(cursor, context) {
    const kinds = { catch: 0, catch_ref: 1, catch_all: 2, catch_all_ref: 3 };
    const items = [];
    while (head(cursor.peek) in kinds) {
      const part = new Cursor(cursor.next().list);
      const kind = kinds[part.next().word];
      items.push([kind, ...(kind < 2 ? leb(this.index('tag', part.next())) : []), ...this.label(part.next(), context)]);
    }
    return counted(items);
  }

  plain(word, cursor, out, context) {
    switch (word) {
      case 'block':
      case 'loop':
      case 'if':
      case 'try':
      case 'try_table': this.open(word, cursor, out, context); return;
      case 'end':
        cursor.id();
        context.labels.pop();
        out.push(0x0B);
        return;
      case 'else':
        cursor.id();
        out.push(0x05);
        return;
      case 'catch':
        out.push(0x07, ...leb(this.index('tag', cursor.next())));
        return;
      case 'catch_all': out.push(0x19); return;
      case 'delegate':
        context.labels.pop();
        out.push(0x18, ...this.label(cursor.next(), context));
        return;
      default: append(out, this.operation(word, cursor, context));
    }
  }

  open(word, cursor, out, context) {
    const codes = { block: 2, loop: 3, if: 4, try: 6, try_table: 0x1F };
    const name = cursor.id();
    append(out, [codes[word], ...this.blockType(cursor)]);
    if (word === 'try_table')
      append(out, this.catches(cursor, context));
    context.labels.push(name);
  }

  folded(item, out, context) {
    const cursor = new Cursor(item.list);
    const { word } = cursor.next();
    switch (word) {
      case 'block':
      case 'loop':
      case 'try_table': this.open(word, cursor, out, context); break;
      case 'if': this.foldedIf(cursor, out, context); return;
      case 'try': this.foldedTry(cursor, out, context); return;
      default: {
        const operation = this.operation(word, cursor, context);
        this.instructions(cursor, out, context);
        append(out, operation);
        return;
      }
    }
    this.instructions(cursor, out, context);
    context.labels.pop();
    out.push(0x0B);
  }

  foldedIf(cursor, out, context) {
    const name = cursor.id();
    const type = this.blockType(cursor);
    while (!cursor.done && head(cursor.peek) !== 'then')
      this.folded(cursor.next(), out, context);
    append(out, [4, ...type]);
    context.labels.push(name);
    this.instructions(cursor.take('then') ?? new Cursor([]), out, context);
    const other = cursor.take('else');
    if (other && !other.done) {
      out.push(0x05);
      this.instructions(other, out, context);
    }
    context.labels.pop();
    out.push(0x0B);
  }

  foldedTry(cursor, out, context) {
    this.open('try', cursor, out, context);
    this.instructions(cursor.take('do'), out, context);
    while (!cursor.done) {
      const part = new Cursor(cursor.next().list);
      const { word } = part.next();
      this.plain(word, part, out, context);
      if (word === 'delegate')
        return;
      this.instructions(part, out, context);
    }
    context.labels.pop();
    out.push(0x0B);
  }

  operation(word, cursor, context) {
    const op = OPS.get(word);
    if (!op)
      throw new SyntaxError(`unknown instruction ${word}`);
    if (op.bytes[0] === 0xFC && (op.bytes[1] === 8 || op.bytes[1] === 9) || /_data$/.test(word))
      this.usesData = true;
    if (op.immediate === 'cast')
      return this.cast(op.bytes, cursor.next());
    if (op.immediate === 'select') {
      const types = this.valueTypes(cursor, 'result');
      return types.length ? [0x1C, ...counted(types)] : [0x1B];
    }
    const immediates = op.immediate === 'several' ? op.extra : [op.immediate ?? 'none'];
    return immediates.reduce((bytes, kind) => append(bytes, this.immediate(kind, cursor, context, op.extra)),
                             [...op.bytes]);
  }

  optional(space, cursor) {
    return isIndex(cursor.peek) ? leb(this.index(space, cursor.next())) : [0];
  }

  immediate(kind, cursor, context, extra) {
    const [name, first, second] = kind.split(':');
    switch (name) {
      case 'none': return [];
      case 'i32': return sleb(BigInt.asIntN(32, integerBits(cursor.next().word, 32)));
      case 'i64': return sleb(BigInt.asIntN(64, integerBits(cursor.next().word, 64)));
      case 'f32': return fixed(floatBits(cursor.next().word, 'f32'), 4n);
      case 'f64': return fixed(floatBits(cursor.next().word, 'f64'), 8n);
      case 'count': return leb(integerBits(cursor.next().word, 64));
      case 'label': return this.label(cursor.next(), context);
      case 'local': {
        const item = cursor.next();
        if (isId(item) && !context.locals.has(item.word))
          throw new SyntaxError(`unknown local ${item.word}`);
        return leb(isId(item) ? context.locals.get(item.word) : integerBits(item.word, 64));
      }
      case 'heap': return this.heapType(cursor.next());
      case 'table?': return this.optional('table', cursor);
      case 'memory?': return this.optional('memory', cursor);
      case 'lane': return [Number(integerBits(cursor.next().word, 8))];
      case 'lanes': return Array.from({ length: 16 }, () => Number(integerBits(cursor.next().word, 8)));
      case 'vector': {
        const [lane, count] = cursor.next().word.split('x');
        const size = BigInt(lane.slice(1)) / 8n;
        return Array.from({ length: Number(count) }, () => fixed(numberBits(cursor.next().word, lane), size)).flat();
      }
      case 'memory': return this.memoryArgument(cursor, extra, false);
      case 'memoryLane': return this.memoryArgument(cursor, extra, true);
      case 'table': {
        const labels = [];
        while (isIndex(cursor.peek))
          labels.push(this.label(cursor.next(), context));
        return [...counted(labels.slice(0, -1)), ...labels.at(-1)];
      }
      case 'indirect': {
        const table = this.optional('table', cursor);
        return [...leb(this.typeUse(cursor).index), ...table];
      }
      case 'pair':
        return isIndex(cursor.peek) ? [...this.optional(first, cursor), ...this.optional(first, cursor)] : [0, 0];
      case 'init': {
        const [a, b] = [cursor.next(), isIndex(cursor.peek) ? cursor.next() : null];
        return [...leb(this.index(second, b ?? a)), ...(b ? leb(this.index(first, a)) : [0])];
      }
      case 'field': {
        const type = this.index('type', cursor.next());
        const item = cursor.next();
        const field = isId(item) ? this.fieldNames[type]?.get(item.word) : Number(item.word);
        if (field === undefined)
          throw new SyntaxError(`unknown field ${item.word}`);
        return [...leb(type), ...leb(field)];
      }
      case 'branchCast': {
        const label = this.label(cursor.next(), context);
        const types = [this.castType(cursor.next()), this.castType(cursor.next())];
        return [Number(types[0].nullable) | Number(types[1].nullable) << 1, ...label, ...types[0].heap,
                ...types[1].heap];
      }
      default: return leb(this.index(name, cursor.next()));
    }
  }

  castType(item) {
    if (item.word)
      return { nullable: true, heap: [HEAP_TYPES[SHORT_REFS[item.word]]] };
    const cursor = new Cursor(item.list, 1);
    return { nullable: cursor.word('null'), heap: this.heapType(cursor.next()) };
  }

  cast(bytes, item) {
    const { nullable, heap } = this.castType(item);
    return [bytes[0], bytes[1] + Number(nullable), ...heap];
  }

  memoryArgument(cursor, natural, hasLane) {
    let memory = 0;
    const follows = cursor.list[cursor.at + 1]?.word;
    if (isIndex(cursor.peek) && (!hasLane || (follows && /^(offset=|align=|\d)/.test(follows))))
      memory = this.index('memory', cursor.next());
    let offset = 0n;
    let align = BigInt(natural);
    if (cursor.peek?.word?.startsWith('offset='))
      offset = integerBits(cursor.next().word.slice(7), 64);
    if (cursor.peek?.word?.startsWith('align=')) {
      const bytes = integerBits(cursor.next().word.slice(6), 64);
      align = BigInt(bytes.toString(2).length - 1);
      if (1n << align !== bytes)
        throw new SyntaxError('alignment must be a power of two');
    }
    return [...leb(memory ? align | 0x40n : align), ...(memory ? leb(memory) : []), ...leb(offset),
            ...(hasLane ? leb(integerBits(cursor.next().word, 8)) : [])];
  }

  // --- fields

  // The inline exports and import that may follow a name; true: it is an import.
  inline(kind, index, cursor, descriptor) {
    for (let part = cursor.take('export'); part; part = cursor.take('export'))
      this.sections.export.push([...sized(part.next().bytes), EXTERN_KINDS[kind], ...leb(index)]);
    const part = cursor.take('import');
    if (part)
      this.addImport(part.next().bytes, part.next().bytes, kind, descriptor());
    return Boolean(part);
  }

  addImport(module, name, kind, descriptor) {
    this.sections.import.push([...sized(module), ...sized(name), EXTERN_KINDS[kind], ...descriptor]);
  }

  descriptor(kind, cursor) {
    switch (kind) {
      case 'func': return leb(this.typeUse(cursor).index);
      case 'table': return this.tableType(cursor);
      case 'memory': return this.limits(cursor, true);
      case 'global': return this.fieldType(cursor.next());
      default: return [0, ...leb(this.typeUse(cursor).index)];
    }
  }

  tableType(cursor) {
    const limits = this.limits(cursor, false);
    return [...this.refType(cursor.next()), ...limits];
  }

  field(item, seen) {
    const kind = head(item);
    const cursor = new Cursor(item.list, 1);
    switch (kind) {
      case 'type':
      case 'rec': return;
      case 'import': {
        const [module, name, what] = [cursor.next().bytes, cursor.next().bytes, cursor.next()];
        const inner = new Cursor(what.list, 1);
        inner.id();
        seen[head(what)]++;
        this.addImport(module, name, head(what), this.descriptor(head(what), inner));
        return;
      }
      case 'export': {
        const [name, what] = [cursor.next().bytes, cursor.next()];
        this.sections.export.push([...sized(name), EXTERN_KINDS[head(what)],
                                   ...leb(this.index(head(what), what.list[1]))]);
        return;
      }
      case 'start': this.start = this.index('func', cursor.next()); return;
      default: break;
    }
    cursor.id();
    const index = seen[kind]++;
    if (kind in EXTERN_KINDS && this.inline(kind, index, cursor, () => this.descriptor(kind, cursor)))
      return;
    this[`${kind}Field`](cursor, index);
  }

  funcField(cursor) {
    const locals = new Map();
    const { index, count } = this.typeUse(cursor, locals);
    const types = [];
    for (let part = cursor.take('local'); part; part = cursor.take('local')) {
      const id = part.id();
      if (id)
        locals.set(id, count + types.length);
      for (; !part.done; part.at++)
        types.push(this.valueType(part.peek));
    }
    const groups = [];
    for (const type of types) {
      if (groups.at(-1)?.key === String(type))
        groups.at(-1).count++;
      else
        groups.push({ key: String(type), type, count: 1 });
    }
    const body = this.expression(cursor.list.slice(cursor.at), { locals });
    this.sections.func.push(leb(index));
    this.sections.code.push(sized(append(counted(groups.map((group) => [...leb(group.count), ...group.type])), body)));
  }

  tableField(cursor, index) {
    const at = cursor.at;
    const is64 = cursor.word('i64');
    if (this.isRefType(cursor.peek)) {
      const typeItem = cursor.next();
      const elements = cursor.take('elem');
      const items = elements.list.slice(1);
      const size = leb(items.length);
      this.sections.table.push([...this.refType(typeItem), is64 ? 5 : 1, ...size, ...size]);
      const offset = [is64 ? 0x42 : 0x41, 0, 0x0B];
      this.sections.elem.push(this.segment({ index, offset, type: this.refType(typeItem), items, isImplicit: false }));
      return;
    }
    cursor.at = at;
    const type = this.tableType(cursor);
    if (cursor.done)
      this.sections.table.push(type);
    else
      this.sections.table.push([0x40, 0, ...type, ...this.expression(cursor.list.slice(cursor.at))]);
  }

  memoryField(cursor, index) {
    const at = cursor.at;
    const is64 = cursor.word('i64');
    cursor.take('pagesize');
    const data = cursor.take('data');
    if (!data) {
      cursor.at = at;
      this.sections.memory.push(this.limits(cursor, true));
      return;
    }
    const bytes = Buffer.concat(data.list.slice(1).map((part) => part.bytes));
    const pages = leb(Math.ceil(bytes.length / 65536));
    this.sections.memory.push([is64 ? 5 : 1, ...pages, ...pages]);
    this.sections.data.push(this.dataBytes(index, [is64 ? 0x42 : 0x41, 0, 0x0B], bytes));
  }

  globalField(cursor) {
    const type = this.fieldType(cursor.next());
    this.sections.global.push([...type, ...this.expression(cursor.list.slice(cursor.at))]);
  }

  tagField(cursor) {
    this.sections.tag.push([0, ...leb(this.typeUse(cursor).index)]);
  }

  offset(cursor) {
    const part = cursor.take('offset');
    return this.expression(part ? part.list.slice(1) : [cursor.next()]);
  }

  elemField(cursor) {
    const declared = cursor.word('declare');
    const table = cursor.take('table');
    const explicit = Boolean(table);
    let index = table ? this.index('table', table.next()) : 0;
    if (isIndex(cursor.peek) && cursor.list[cursor.at + 1]?.list && !this.isRefType(cursor.list[cursor.at + 1]) &&
        head(cursor.list[cursor.at + 1]) !== 'item')
      index = this.index('table', cursor.next());
    const isActive = !declared && (explicit || (cursor.peek?.list && !this.isRefType(cursor.peek)));
    const offset = isActive ? this.offset(cursor) : null;
    let type = null;
    if (this.isRefType(cursor.peek))
      type = this.refType(cursor.next());
    else
      cursor.word('func');
    const items = cursor.list.slice(cursor.at);
    this.sections.elem.push(this.segment({ index, offset, declared, type, items }));
  }

  // type: nothing where items are function indices.
  segment({ index, offset, declared, type, items }) {
    const isIndices = items.every(isIndex) && (!type || type[0] === 0x70) && !(type && !items.length);
    const mode = offset ? 0 : declared ? 3 : 1;
    if (isIndices) {
      const list = counted(items.map((item) => leb(this.index('func', item))));
      if (offset && !index)
        return [0, ...offset, ...list];
      return [offset ? 2 : mode, ...(offset ? [...leb(index), ...offset] : []), 0, ...list];
    }
    const list = counted(items.map((item) => {
      if (isIndex(item))
        return [0xD2, ...leb(this.index('func', item)), 0x0B];
      return this.expression(head(item) === 'item' ? item.list.slice(1) : [item]);
    }));
    if (offset && !index && type[0] === 0x70)
      return [4, ...offset, ...list];
    return [offset ? 6 : mode + 4, ...(offset ? [...leb(index), ...offset] : []), ...type, ...list];
  }

  dataField(cursor) {
    const memory = cursor.take('memory');
    let index = memory ? this.index('memory', memory.next()) : 0;
    if (isIndex(cursor.peek))
      index = this.index('memory', cursor.next());
    const offset = cursor.peek?.list ? this.offset(cursor) : null;
    const bytes = Buffer.concat(cursor.list.slice(cursor.at).map((part) => part.bytes));
    this.sections.data.push(this.dataBytes(index, offset, bytes));
  }

  dataBytes(index, offset, bytes) {
    const mode = !offset ? [1] : index ? [2, ...leb(index), ...offset] : [0, ...offset];
    return append(mode, sized(bytes));
  }

  // --- the module

  assemble() {
    this.declareAll();
    this.defineTypes();
    const seen = Object.fromEntries(SPACES.map((space) => [space, 0]));
    for (const field of this.fields)
      this.field(field, seen);
    const out = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0];
    const section = (id, bytes) => append(append(out, [id, ...leb(bytes.length)]), bytes);
    const vector = (id, items) => items.length && section(id, counted(items));
    const s = this.sections;
    vector(1, this.groups);
    vector(2, s.import);
    vector(3, s.func);
    vector(4, s.table);
    vector(5, s.memory);
    vector(13, s.tag);
    vector(6, s.global);
    vector(7, s.export);
    if (this.start !== null)
      section(8, leb(this.start));
    vector(9, s.elem);
    if (this.usesData)
      section(12, leb(s.data.length));
    vector(10, s.code);
    vector(11, s.data);
    return Buffer.from(out);
  }
}

// The fields of a module as items.
function assemble(fields) {
  return new Assembler(fields).assemble();
}

module.exports = { assemble };

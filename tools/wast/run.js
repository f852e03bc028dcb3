// SPDX-License-Identifier: MIT
// Runs WebAssembly's test scripts as convert.js left them, through the JavaScript API.
//
//   build/culm tools/wast/run.js [-v] FOLDER|FILE.json ...
//
// A line per file: assertions passed, failed, and modules that convert.js could not read. Node runs it too, which checks
// the runner. Floats and vectors do not go through JavaScript, where bits of NaNs may change: a small module loads the
// arguments from its memory, calls, and stores the results.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const TYPE_CODES = { i32: 0x7F, i64: 0x7E, f32: 0x7D, f64: 0x7C, v128: 0x7B };
const LOADS = { i32: [0x28, 2], i64: [0x29, 3], f32: [0x2A, 2], f64: [0x2B, 3], v128: [0xFD, 0, 4] };
const STORES = { i32: [0x36, 2], i64: [0x37, 3], f32: [0x38, 2], f64: [0x39, 3], v128: [0xFD, 0x0B, 4] };
const STRIDE = 16;

// What V8 says where the specification's scripts say something else.
const MESSAGES = [
  [/^integer divide by zero/, /^divide by zero|^remainder by zero/],
  [/^integer overflow/, /^divide result unrepresentable|^float unrepresentable in integer range/],
  [/^invalid conversion to integer/, /^float unrepresentable in integer range/],
  [/^out of bounds memory access/, /^memory access out of bounds|^data segment/],
  [/^out of bounds table access/, /^table index is out of bounds|^table access|^element segment/],
  [/^undefined element|^uninitialized element|^undefined$/, /^table index is out of bounds|function signature mismatch/],
  [/^indirect call type mismatch/, /function signature mismatch/],
  [/^unreachable/, /^unreachable/],
  [/^unaligned atomic/, /^operation does not support unaligned accesses/],
];

// --- the module that calls with exact bits ----------------------------------------------------------------------------

function leb(value) {
  const out = [];
  for (; value >= 0x80; value >>>= 7)
    out.push((value & 0x7F) | 0x80);
  return [...out, value];
}

function sleb(value) {
  const out = [];
  for (;; value >>= 7) {
    if (value >= -64 && value < 64)
      return [...out, value & 0x7F];
    out.push((value & 0x7F) | 0x80);
  }
}

const list = (items) => [...leb(items.length), ...items.flat()];
const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
const text = (string) => list([...Buffer.from(string)].map((byte) => [byte]));

function callerModule(params, results) {
  const codes = (types) => types.map((type) => [TYPE_CODES[type]]);
  const body = [
    ...list(results.map((type) => [1, TYPE_CODES[type]])),
    ...params.flatMap((type, k) => [0x41, ...sleb(k * STRIDE), ...LOADS[type], 0]),
    0x10, 0,
    ...results.flatMap((type, k) => [0x21, ...leb(results.length - 1 - k)]),
    ...results.flatMap((type, k) => [0x41, ...sleb(k * STRIDE), 0x20, ...leb(k), ...STORES[type], 0]),
    0x0B,
  ];
  return new WebAssembly.Module(Uint8Array.from([
    0, 0x61, 0x73, 0x6D, 1, 0, 0, 0,
    ...section(1, list([[0x60, ...list(codes(params)), ...list(codes(results))], [0x60, 0, 0]])),
    ...section(2, list([[...text('m'), ...text('f'), 0, 0]])),
    ...section(3, list([[1]])),
    ...section(5, list([[0, 1]])),
    ...section(7, list([[...text('memory'), 2, 0], [...text('run'), 0, 1]])),
    ...section(10, list([list(body.map((byte) => [byte]))])),
  ]));
}

const callers = new Map();

function exactCall(fn, args, results) {
  const params = args.map((arg) => arg.type);
  const key = `${params}:${results}`;
  if (!callers.has(key))
    callers.set(key, callerModule(params, results));
  let instance;
  try {
    instance = new WebAssembly.Instance(callers.get(key), { m: { f: fn } });
  } catch (err) {
    if (err instanceof WebAssembly.LinkError) // its type stands in a recursion group
      return null;
    throw err;
  }
  const { memory, run } = instance.exports;
  const view = new DataView(memory.buffer);
  args.forEach((arg, k) => writeBits(view, k * STRIDE, arg));
  run();
  return view;
}

function writeBits(view, at, { type, lane, value }) {
  if (type === 'v128')
    value.forEach((bits, k) => writeLane(view, at + k * laneSize(lane), lane, BigInt(bits)));
  else
    writeLane(view, at, type, BigInt(value));
}

const laneSize = (lane) => Number(lane.slice(1)) / 8;

function writeLane(view, at, lane, bits) {
  for (let k = 0; k < laneSize(lane); k++)
    view.setUint8(at + k, Number((bits >> BigInt(8 * k)) & 0xFFn));
}

function readLane(view, at, lane) {
  let bits = 0n;
  for (let k = laneSize(lane); k--;)
    bits = (bits << 8n) | BigInt(view.getUint8(at + k));
  return bits;
}

// --- results of functions whose calls trap: nothing in the script says their types ------------------------------------

const TYPE_NAMES = new Map(Object.entries(TYPE_CODES).map(([name, code]) => [code, name]));

// Types of what a module exports, by name, as far as function types, imports and functions are simple; or nothing.
function exportedTypes(bytes) {
  let at = 8;
  const types = [];
  const functions = [];
  const exported = new Map();
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7F) * 2 ** shift;
      if (byte < 0x80)
        return value;
    }
  };
  const vector = (read) => Array.from({ length: number() }, read);
  const name = () => {
    const length = number();
    at += length;
    return bytes.subarray(at - length, at).toString();
  };
  const valueType = () => {
    const type = TYPE_NAMES.get(bytes[at++]);
    if (!type)
      throw new Failure('a type that is not simple');
    return type;
  };
  while (at < bytes.length) {
    const id = bytes[at++];
    const end = number() + at;
    if (id === 1) {
      vector(() => {
        if (bytes[at++] !== 0x60)
          throw new Failure('a type that is no function type');
        types.push({ params: vector(valueType), results: vector(valueType) });
      });
    } else if (id === 2) {
      vector(() => {
        name();
        name();
        if (bytes[at++] !== 0)
          throw new Failure('an import that is no function');
        functions.push(types[number()]);
      });
    } else if (id === 3) {
      vector(() => functions.push(types[number()]));
    } else if (id === 7) {
      vector(() => {
        const key = name();
        const isFunction = bytes[at++] === 0;
        const index = number();
        if (isFunction)
          exported.set(key, functions[index]);
      });
    }
    at = end;
  }
  return exported;
}

// --- comparing --------------------------------------------------------------------------------------------------------

const NAN = {
  f32: { sign: 1n << 31n, canonical: 0x7FC00000n },
  f64: { sign: 1n << 63n, canonical: 0x7FF8000000000000n },
};

function laneMatches(bits, lane, wanted) {
  if (wanted.startsWith('nan:')) {
    const { sign, canonical } = NAN[lane];
    const plain = bits & ~sign;
    return wanted === 'nan:canonical' ? plain === canonical : (plain & canonical) === canonical;
  }
  return bits === BigInt(wanted);
}

function storedMatches(view, at, wanted) {
  if (wanted.type === 'either')
    return wanted.value.some((one) => storedMatches(view, at, one));
  if (wanted.type !== 'v128')
    return laneMatches(readLane(view, at, wanted.type), wanted.type, wanted.value);
  return wanted.value.every((bits, k) =>
    laneMatches(readLane(view, at + k * laneSize(wanted.lane), wanted.lane), wanted.lane, bits));
}

const storedText = (view, at, { type }) =>
  `${type} ${type === 'v128' ? Buffer.from(view.buffer, at, 16).toString('hex') : readLane(view, at, type).toString(16)}`;

const scratch = new DataView(new ArrayBuffer(STRIDE));

function plainMatches(value, wanted) {
  switch (wanted.type) {
    case 'either': return wanted.value.some((one) => plainMatches(value, one));
    case 'i32': return typeof value === 'number' && BigInt(value >>> 0) === BigInt(wanted.value);
    case 'i64': return typeof value === 'bigint' && BigInt.asUintN(64, value) === BigInt(wanted.value);
    case 'f32':
      scratch.setFloat32(0, value, true);
      return storedMatches(scratch, 0, wanted);
    case 'f64':
      scratch.setFloat64(0, value, true);
      return storedMatches(scratch, 0, wanted);
    case 'ref':
      if (wanted.kind === 'null')
        return value === null;
      if (wanted.kind === 'func')
        return typeof value === 'function';
      return wanted.value === null ? value !== null : value === hostValue(wanted.value);
    default: return false;
  }
}

// --- values -----------------------------------------------------------------------------------------------------------

const hostValues = new Map();

function hostValue(number) {
  if (!hostValues.has(number))
    hostValues.set(number, { host: number });
  return hostValues.get(number);
}

function toJs({ type, kind, value }) {
  switch (type) {
    case 'i32': return Number(BigInt.asIntN(32, BigInt(value)));
    case 'i64': return BigInt.asIntN(64, BigInt(value));
    case 'ref': return kind === 'null' ? null : hostValue(value);
    default:
      writeBits(scratch, 0, { type, value });
      return type === 'f32' ? scratch.getFloat32(0, true) : scratch.getFloat64(0, true);
  }
}

const isExact = (values) => values.some(({ type, value }) =>
  type === 'f32' || type === 'f64' || type === 'v128' || (type === 'either' && isExact(value)));
const isPlain = (values) => values.some(({ type }) => type === 'ref');
const typeOf = (wanted) => (wanted.type === 'either' ? wanted.value[0].type : wanted.type);

// --- scripts ----------------------------------------------------------------------------------------------------------

function spectest() {
  const limits = { initial: 10, maximum: 20, element: 'anyfunc' };
  const object = {
    global_i32: 666,
    global_i64: 666n,
    global_f32: new WebAssembly.Global({ value: 'f32' }, 666.6),
    global_f64: new WebAssembly.Global({ value: 'f64' }, 666.6),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
    table: new WebAssembly.Table(limits),
    shared_memory: new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }),
  };
  try {
    object.table64 = new WebAssembly.Table({ ...limits, address: 'i64', initial: 10n, maximum: 20n });
  } catch {
    // an engine without memory64
  }
  for (const name of ['print', 'print_i32', 'print_i64', 'print_f32', 'print_f64', 'print_i32_f32', 'print_f64_f64'])
    object[name] = () => {};
  return object;
}

class Failure extends Error {}

class Script {
  constructor() {
    this.imports = { spectest: spectest() };
    this.instances = new Map();
    this.definitions = new Map();
    this.bytes = new WeakMap();
    this.current = null;
  }

  instantiate(module) {
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      if (this.imports[from] && name in this.imports[from])
        imports[from][name] = this.imports[from][name];
    }
    return new WebAssembly.Instance(module, imports);
  }

  setModule(name, instance) {
    this.current = instance;
    if (name)
      this.instances.set(name, instance);
  }

  instanceOf(name) {
    const instance = name ? this.instances.get(name) : this.current;
    if (!instance)
      throw new Failure(`no module ${name ?? ''}`);
    return instance;
  }

  // For commands that look at no result.
  perform(action) {
    const instance = this.instanceOf(action.module);
    const field = instance.exports[action.field];
    if (action.kind === 'get')
      return field.value;
    const type = this.typeOfFunction(instance, action.field);
    if (type && [...type.params, ...type.results].includes('v128'))
      return exactCall(field, action.args, type.results);
    return field(...action.args.map(toJs));
  }

  typeOfFunction(instance, name) {
    try {
      return exportedTypes(this.bytes.get(instance)).get(name);
    } catch {
      return null;
    }
  }

  check(action, expected) {
    const field = this.instanceOf(action.module).exports[action.field];
    const args = action.args ?? [];
    if (action.kind === 'get' && typeOf(expected[0]) === 'v128')
      return; // JavaScript cannot see it
    const exact = (isExact(args) || isExact(expected)) && !isPlain(args) && !isPlain(expected);
    if (exact && action.kind !== 'get') {
      const view = exactCall(field, args, expected.map(typeOf));
      if (!view) {
        this.checkPlain(field, action, expected);
        return;
      }
      expected.forEach((wanted, k) => {
        if (!storedMatches(view, k * STRIDE, wanted))
          throw new Failure(`gives ${storedText(view, k * STRIDE, { type: typeOf(wanted) })}, ` +
                            `not ${JSON.stringify(wanted.value)}`);
      });
      return;
    }
    this.checkPlain(field, action, expected);
  }

  checkPlain(field, action, expected) {
    const got = action.kind === 'get' ? field.value : field(...action.args.map(toJs));
    const values = expected.length === 1 ? [got] : expected.length ? [...got] : [];
    if (!expected.length && got !== undefined)
      throw new Failure(`gives ${String(got)}, not nothing`);
    expected.forEach((wanted, k) => {
      if (!plainMatches(values[k], wanted))
        throw new Failure(`gives ${String(values[k])}, not ${JSON.stringify(wanted)}`);
    });
  }

  mustThrow(run, type, text) {
    try {
      run();
    } catch (err) {
      if (err instanceof Failure)
        throw err;
      if (!(err instanceof type))
        throw new Failure(`${err}, not ${type.name}`);
      const rule = MESSAGES.find(([said]) => said.test(text));
      if (type === WebAssembly.RuntimeError && rule && !rule[1].test(err.message.replace(/^WebAssembly\.\w+\(\): /, '')))
        throw new Failure(`says ${err.message} for ${text}`);
      return;
    }
    throw new Failure(`no ${type.name} (${text})`);
  }

  run(command) {
    const bytes = command.wasm !== undefined && Buffer.from(command.wasm, 'base64');
    const compile = () => new WebAssembly.Module(bytes);
    switch (command.type) {
      case 'module':
        if (command.form === 'definition') {
          this.definitions.set(command.name, compile());
          this.definitions.set(null, compile());
        } else {
          this.current = null;
          this.instances.delete(command.name);
          const module = command.form === 'instance' ? this.definitions.get(command.definition) : compile();
          if (!module)
            throw new Failure('no module');
          this.setModule(command.name, this.instantiate(module));
          if (bytes)
            this.bytes.set(this.current, bytes);
        }
        break;
      case 'register': this.imports[command.as] = this.instanceOf(command.module).exports; break;
      case 'action': this.perform(command.action); break;
      case 'assert_return': this.check(command.action, command.expected); break;
      case 'assert_trap':
        this.mustThrow(() => this.perform(command.action), WebAssembly.RuntimeError, command.text);
        break;
      case 'assert_exhaustion': this.mustThrow(() => this.perform(command.action), RangeError, ''); break;
      case 'assert_exception': this.mustThrow(() => this.perform(command.action), WebAssembly.Exception, ''); break;
      case 'assert_malformed':
      case 'assert_invalid': this.mustThrow(compile, WebAssembly.CompileError, command.text); break;
      case 'assert_unlinkable': {
        const module = compile();
        this.mustThrow(() => this.instantiate(module), WebAssembly.LinkError, '');
        break;
      }
      case 'assert_uninstantiable': {
        const module = compile();
        this.mustThrow(() => this.instantiate(module), WebAssembly.RuntimeError, command.text);
        break;
      }
      default: throw new Failure(`unknown command ${command.type}`);
    }
  }
}

// JavaScript's API says nothing about what is in custom sections.
const SKIPPED = new Set(['unreadable', 'assert_malformed_custom', 'assert_invalid_custom']);

function runFile(file, verbose) {
  const script = new Script();
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const command of JSON.parse(fs.readFileSync(file, 'utf8'))) {
    if (SKIPPED.has(command.type)) {
      count.skipped++;
      if (command.isSetup)
        script.current = null;
      continue;
    }
    try {
      script.run(command);
      count.passed++;
    } catch (err) {
      const target = command.action?.module ?? null;
      const isLost = err instanceof Failure && err.message.startsWith('no module');
      count[isLost ? 'skipped' : 'failed']++;
      if (verbose && !isLost)
        console.log(`${path.basename(file, '.json')}:${command.line}: ${command.type} ` +
                    `${command.action ? `${target ?? ''} ${command.action.field}: ` : ''}` +
                    `${err instanceof Failure ? err.message : err?.stack?.split('\n').slice(0, verbose > 1 ? 9 : 1).join('\n')}`);
    }
  }
  return count;
}

function main() {
  const names = process.argv.slice(2);
  let verbose = 0;
  for (; names[0] === '-v'; names.shift())
    verbose++;
  const files = names.flatMap((name) => (name.endsWith('.json') ? [name] :
    fs.readdirSync(name).filter((entry) => entry.endsWith('.json')).map((entry) => path.join(name, entry))));
  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log('| file | passed | failed | not read |\n| --- | ---: | ---: | ---: |');
  for (const file of files) {
    const count = runFile(file, verbose);
    for (const key in total)
      total[key] += count[key];
    console.log(`| ${path.basename(file, '.json')} | ${count.passed} | ${count.failed} | ${count.skipped} |`);
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed ? 1 : 0;
}

main();

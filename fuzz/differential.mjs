// SPDX-License-Identifier: MIT
// Random small programs over the built-ins, a line of result each: `differential.mjs SEED COUNT [AREA]` prints the same on
// every engine that is right. Run it on two and compare: diff <(node differential.mjs 1 5000) <(culm differential.mjs 1 5000)
const [seed = '1', count = '1000', only] = process.argv.slice(2);

let state = BigInt(seed) * 6364136223846793005n + 1442695040888963407n;
function random(limit) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xFFFFFFFFFFFFFFFFn;
  return Number((state >> 33n) % BigInt(limit));
}
const pick = (list) => list[random(list.length)];
const times = (limit, make) => Array.from({ length: random(limit + 1) }, make);

function show(value, depth = 0) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'symbol' || value === null || typeof value !== 'object') {
    return typeof value === 'function' ? `function ${value.name}/${value.length}` : String(value);
  }
  if (depth > 3) return '...';
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof RegExp || value instanceof Error) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const holes = Array.isArray(value) ? Array.from({ length: Math.min(value.length, 40) }, (_, k) => (k in value ? show(value[k], depth + 1) : 'hole')) : [...value].slice(0, 40).map(String);
    return `${value.constructor?.name}(${value.length})[${holes.join()}]`;
  }
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name}{${show([...value], depth + 1)}}`;
  if (typeof value.next === 'function' && value instanceof Iterator) return `iterator ${show([...value].slice(0, 20), depth + 1)}`;
  return `{${Reflect.ownKeys(value).map((key) => `${String(key)}:${show(value[key], depth + 1)}`).join()}}`;
}

const numbers = () => pick([0, -0, 1, -1, 2, 3, 7, 10, 16, 36, 100, 255, 1.5, -2.5, 0.1, 1e21, 1e-7, 123456789.125, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 31), 5e-324, 1.7976931348623157e308, NaN, Infinity, -Infinity,
  random(1000) / 8, random(1 << 30) * 2 ** (random(80) - 40), (random(2000) - 1000) * 10 ** (random(40) - 20)]);
const units = ['a', 'B', 'z', '0', '9', ' ', '\t', '\n', '_', '-', '.', ',', '$', '$1', '$&', "$'", '$<n>', 'ß', 'İ', 'ı', 'é', 'e\u0301', 'Σ', 'ς', '日本', '\u{1F600}', '\ud800', '\udc00', '\u200d', '\ufeff', '\u2028', 'ab', 'aab', '1e3', '0x1F', 'null', '[', ']', '(', ')', '*', '+', '?', '\\'];
const strings = () => times(6, () => pick(units)).join('');
const odd = () => pick([undefined, null, true, false, 1n, -5n, 2n ** 64n, Symbol.iterator, Symbol('s'), {}, [], [1, 2, 3], [3, , 1], ['b', 'a'], { length: 3, 0: 'x', 2: 'y' }, { valueOf: () => 3 }, { toString: () => 'str' },
  { [Symbol.toPrimitive]: (hint) => hint }, (a, b) => a - b, (x) => x, function named(a, b) { return b; }, new Date(1e12), /a(b)?/g, new Map([[1, 2]]), new Set([1, 'x']), new Uint8Array([1, 2, 255]), new Float32Array([1.5, NaN, -0]), Object.create(null), new Error('message'), Object.freeze([5, 1, 4])]);
const anything = () => pick([numbers, numbers, strings, strings, odd, odd, odd])();

const holders = [Array, Array.prototype, String, String.prototype, Number, Number.prototype, Object, Math, Date, Date.prototype, RegExp.prototype, Map.prototype, Set.prototype, JSON, Reflect, BigInt, BigInt.prototype, Symbol, Symbol.prototype,
  Object.getPrototypeOf(Int8Array), Object.getPrototypeOf(Int8Array.prototype), Uint8Array, Uint8Array.prototype, DataView.prototype, ArrayBuffer, ArrayBuffer.prototype, Function.prototype, Boolean.prototype, Error.prototype, Iterator.prototype, Map, Promise, globalThis, Object.prototype, WeakMap.prototype];
const global = ['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'escape', 'unescape', 'encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'Number', 'String', 'Boolean', 'BigInt', 'Array', 'Object', 'RegExp'];
const unlike = new Set(['now', 'random', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'getTimezoneOffset', 'sumPrecise', 'then', 'catch', 'finally', 'all', 'race', 'any', 'allSettled', 'reject', 'try', 'toString:Date', 'fromAsync', 'compile', 'setPrototypeOf', '__defineGetter__', '__defineSetter__', 'bind', 'zip', 'zipKeyed', 'concat:Iterator']);

// Of Node's modules, where there are any.
const node = (name) => globalThis.process?.getBuiltinModule?.(`node:${name}`);
let folder;
function inFolder(files) {
  const fs = node('fs'), path = node('path');
  // A folder of its own each time: what was read once is remembered.
  if (folder) fs.rmSync(folder, { recursive: true });
  folder = fs.mkdtempSync(path.join(node('os').tmpdir(), 'differential-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const areas = {
  dotenv() {
    const part = () => pick(['A', 'B_1', 'key', '=', '=', '=', ' ', '\t', '\n', '\n', '\r\n', '\r', '"', "'", '`', '#', 'export ', 'export', '\\n', '\\', '$', '${A}', '1', 'é', '.', '-', ':', '\ufeff', '\0']);
    const text = Array.from({ length: 1 + random(14) }, part).join('');
    return `${show(text)} ${show(node('util').parseEnv(text))}`;
  },
  packagejson() {
    const target = (depth = 0) => pick([() => pick(['./a.js', './b.js', './sub/c.js', './none.js', 'a.js', '../a.js', './../x', '', '/a.js', './node_modules/x.js', 'other', './sub/*', './*.js', './%2e/a.js', './sub/']),
      () => pick([null, 1, true, false, {}, []]),
      () => (depth > 2 ? './a.js' : times(3, () => target(depth + 1))),
      () => (depth > 2 ? './b.js' : Object.fromEntries(times(3, () => [pick(['import', 'require', 'node', 'default', 'browser', 'types', '0', './x']), target(depth + 1)]))),
      () => './a.js'])();
    const map = (prefix) => pick([target, () => Object.fromEntries(times(4, () => [pick([prefix, `${prefix}/a`, `${prefix}/*`, `${prefix}/sub/*`, `${prefix}/*.js`, `${prefix}/sub/`, 'default', prefix + 'x']), target()]))])();
    const fields = { name: pick(['p', 'p', 'q', 1, '', undefined]), main: pick([undefined, undefined, './a.js', 'b', './sub', './none', 5, '', null]), type: pick([undefined, undefined, 'commonjs', 'module', 'odd', 1]),
      exports: pick([undefined, () => map('.'), () => map('.')]), imports: pick([undefined, () => map('#')]) };
    for (const name of ['exports', 'imports']) if (typeof fields[name] === 'function') fields[name] = fields[name]();
    let json = JSON.stringify(fields, null, pick([undefined, 2]));
    if (random(12) === 0) json = json.slice(0, random(json.length)) + pick(['', '}', ',', '\ufeff']);
    if (random(15) === 0) json = pick(['\ufeff', ' ', '//']) + json;
    const at = inFolder({ 'node_modules/p/package.json': json, 'node_modules/p/a.js': '', 'node_modules/p/b.js': '', 'node_modules/p/index.js': '', 'node_modules/p/sub/c.js': '', 'node_modules/p/sub/index.js': '', 'node_modules/p/sub/package.json': '{}', 'main.js': '' });
    const path = node('path');
    const lines = [];
    for (const [from, specifiers] of [['main.js', ['p', 'p/a', 'p/a.js', 'p/sub/c', 'p/sub/c.js', 'p/sub', 'p/package.json', 'p/b.js']], ['node_modules/p/a.js', ['#', '#/a', '#x', 'p', '#/sub/c']]]) {
      const require = node('module').createRequire(path.join(at, from));
      for (const specifier of specifiers) {
        try {
          lines.push(path.relative(at, require.resolve(specifier)));
        } catch (error) {
          lines.push(`${error.code ?? error.name}: ${String(error.message).replaceAll(at, '').split('\n')[0]}`);
        }
      }
    }
    return `${show(json)} ${lines.join(' | ')}`;
  },
  call() {
    const holder = pick(holders);
    const names = holder === globalThis ? global : Object.getOwnPropertyNames(holder).sort().filter((name) => !unlike.has(name) && name !== 'constructor' && name !== 'caller' && name !== 'arguments');
    const name = pick(names);
    const { value, get } = Object.getOwnPropertyDescriptor(holder, name);
    const fn = value ?? get;
    if (typeof fn !== 'function') return `${name} ${show(fn)}`;
    const like = { [Array.prototype]: () => pick([[1, 2, 3], [3, , 1], ['b', 'a', 'c', 'b'], [[1], [2, [3]]]]), };
    const receiver = pick([() => holder, anything, () => pick([[1, 2, 3], [5, 3, , 1], 'some text aab', /a(?<n>b)?/gy, new Date(86400000 * random(40000)), new Map([[1, 'a'], ['k', 2]]), new Set([1, 2, 3]), new Uint8Array([5, 3, 9]), new Float64Array([1.5, -0, NaN]), 12.5, 10n, [1, 2, 3].values(), like])])();
    const args = times(3, anything);
    const before = `${name}(${args.map((x) => show(x)).join()}) on ${show(receiver)}`;
    return `${before} => ${show(Reflect.apply(fn, receiver, args))} ; ${show(receiver)}`;
  },
  number() {
    const x = numbers();
    const [name, argument] = pick([['toString', 2 + random(35)], ['toFixed', random(101)], ['toPrecision', 1 + random(100)], ['toExponential', random(101)], ['toString', 10]]);
    return `${x}.${name}(${argument}) ${x[name](argument)} ${Number(String(x)) === x} ${x | 0} ${x >>> 3} ${x % 7} ${x ** 3}`;
  },
  parse() {
    const text = times(8, () => pick(['1', '0', '9', '.', 'e', 'E', '-', '+', 'x', 'b', 'o', '_', 'n', ' ', 'Infinity', '000', '5'])).join('');
    return `${show(text)} ${Number(text)} ${parseInt(text)} ${parseInt(text, 2 + random(35))} ${parseFloat(text)}`;
  },
  date() {
    const parts = ['2024', '1', '12', '31', '-', '/', ' ', ':', '10:20', '10:20:30', '.5', '.123456', 'T', 'Z', '+05:30', 'GMT', 'UTC', 'EST', 'Jan', 'December', 'Mon', 'pm', 'AM', '(note)', ',', '99', '0', '+002024', '-1', 'T24:00', '2024-02-30', '2024-01-15', '70', '13', 'Feb 29 2023', 'now'];
    const text = Array.from({ length: 1 + random(6) }, () => pick(parts)).join(pick(['', ' ', ' ']));
    return `${show(text)} ${Date.parse(text)}`;
  },
  dateset() {
    const date = new Date(Date.UTC(1970 + random(200) - 80, random(14), random(40), random(30), random(70), random(70), random(1000)));
    const name = pick(Object.getOwnPropertyNames(Date.prototype).sort().filter((key) => key.startsWith('set')));
    const args = times(4, () => pick([numbers, () => random(100) - 20, odd])());
    return `${date.getTime()}.${name}(${args.map((x) => show(x))}) ${date[name](...args)} ${date.getTime()} ${String(date)}`;
  },
  regexp() {
    const atom = () => pick(['a', 'b', '.', '\\d', '\\w', '\\s', '\\S', '[ab]', '[^a]', '[a-z]', '(a)', '(?:ab)', '(?=a)', '(?!b)', '(?<=a)', '(?<!b)', '\\b', '\\B', '^', '$', '\\1', '(?<n>b)', '\\k<n>', 'ß', '\\u{61}', '\\p{L}', '(?i:B)', '(a|b)', '(a*)', '[\\d-x]', 'é', '\\cA', '\\0', '|', '[]', '[^]', '(', ')', '{', '\\u0061', '\\x62']);
    const source = Array.from({ length: 1 + random(5) }, () => atom() + pick(['', '', '', '*', '+', '?', '*?', '{2}', '{1,3}', '{2,}?'])).join('');
    const flags = ['', 'g', 'i', 'u', 'v', 'y', 'gi', 's', 'm', 'd', 'iu'][random(11)];
    const text = times(8, () => pick(['a', 'b', 'A', 'ab', '1', ' ', '\n', 'ß', 'é', 'B', '\u{1F600}', 'aa'])).join('');
    const regexp = new RegExp(source, flags);
    return `/${source}/${flags} ${show(text)} ${show(regexp.exec(text))} ${show(text.replace(regexp, '[$1$&]'))} ${show(text.split(regexp))} ${text.search(regexp)}`;
  },
  sort() {
    const list = times(20, () => pick([numbers, strings, () => random(5)])());
    const compare = pick([undefined, (a, b) => a - b, () => 0, (a, b) => String(b).length - String(a).length, () => NaN]);
    const saved = state;
    const sorted = list.slice().sort(compare);
    state = saved;
    return `${show(list)} ${show(sorted)}`;
  },
  json() {
    const make = (depth) => (depth > 3 ? numbers() : pick([numbers, strings, () => null, () => true, () => times(3, () => make(depth + 1)), () => Object.fromEntries(times(3, () => [strings(), make(depth + 1)])), () => undefined, () => ({ toJSON: (key) => key })])());
    const value = make(0);
    const text = JSON.stringify(value, pick([undefined, ['a', '1', 0], (key, val) => (typeof val === 'number' ? val * 2 : val)]), pick([undefined, 2, '--', 20, 'longer than ten']));
    const cut = text === undefined ? 'u' : text.slice(0, random(text.length + 2)) + pick(['', '', ',', '}', ' ', '1']);
    let parsed;
    try {
      parsed = show(JSON.parse(cut));
    } catch (error) {
      parsed = error.message;
    }
    return `${show(text)} ${parsed}`;
  },
  operator() {
    const a = anything(), b = anything();
    const op = pick(['+', '-', '*', '/', '%', '**', '<', '>', '<=', '>=', '==', '!=', '===', '&', '|', '^', '<<', '>>', '>>>', 'in', 'instanceof', '??', '&&', '||']);
    return `${show(a)} ${op} ${show(b)} ${show(new Function('a', 'b', `return a ${op === '**' ? '** ' : op} b`)(a, b))}`;
  },
  order() {
    const keys = times(12, () => pick(['a', 'b', '1', '0', '01', '-1', '4294967294', '4294967295', '4294967296', 'x', Symbol.iterator, Symbol.for('q'), '10', '9']));
    const object = {};
    for (const key of keys) {
      if (random(4) === 0) delete object[key];
      else if (random(4) === 0) Object.defineProperty(object, key, { get: () => 1, enumerable: random(2) === 0, configurable: true });
      else Reflect.set(object, key, random(9));
    }
    const seen = [];
    for (const key in Object.create(object, { b: { value: 1 } })) seen.push(key);
    return `${Reflect.ownKeys(object).map(String)} | ${Object.keys(object)} | ${seen} | ${JSON.stringify(object)} | ${Object.entries({ ...object })}`;
  },
  syntax() {
    const token = () => pick(['a', 'let', 'const', 'x', '=', '(', ')', '{', '}', '[', ']', ';', ',', '=>', 'async', 'await', 'yield', 'function', 'class', '1', '"s"', '`t`', '/r/', '+', '++', '...', '?', ':', '?.', '??', '||', 'if', 'for', 'of', 'in', 'new', 'return', '.', '*', 'get', 'static', '#p', 'super', 'this', 'var', 'delete', 'typeof', '**', '!', 'break', 'import', 'export', '\n', 'of', 'eval', 'arguments', '"use strict"', 'try', 'catch', 'throw', 'while', 'do', 'switch', 'case', 'default', '0x', '08', '1_0', '1n', '\\u0061']);
    const text = Array.from({ length: 1 + random(7) }, token).join(' ');
    try {
      new Function(text);
      return `${show(text)} parses`;
    } catch (error) {
      return `${show(text)} ${error.name}: ${error.message}`;
    }
  },
};

// Those of Node's modules are asked for by name.
const names = only ? only.split(',') : Object.keys(areas).filter((name) => name !== 'dotenv' && name !== 'packagejson');
for (let k = 0; k < Number(count); k++) {
  const name = pick(names);
  let line;
  try {
    line = areas[name]();
  } catch (error) {
    line = `throws ${error instanceof Error ? `${error.name}: ${error.message}` : show(error)}`;
  }
  console.log(k, name, line);
}

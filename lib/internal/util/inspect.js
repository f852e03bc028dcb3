// SPDX-License-Identifier: MIT
'use strict';

// util.inspect: text for any value, in Node's exact layout. The walk is: formatValue (primitives, proxies, custom
// methods, cycles) → formatObject (which kind of object is it, what opens and closes it, what is inside) →
// formatEntries/formatProperty (the parts) → joinParts (inspect_layout.js).
// It is one thing: the parts call each other all the way round.
//
// `ctx` is the state of one call: the options, the stack of objects being shown (`seen`), the current indentation
// and the depth of the object shown last, which decides whether an outer object may go on one line.

const { getOwnNonIndexProperties, getPromiseDetails, getProxyDetails, previewEntries, getConstructorName,
  kPending, kRejected, kOnlyEnumerable, kAllProperties } = internalBinding('util');
const { kindOf, kinds } = internalBinding('types');
const { ObjectPrototypeHasOwnProperty, ObjectPrototypePropertyIsEnumerable, SymbolPrototypeToString,
  DatePrototypeGetTime, DatePrototypeToISOString, RegExpPrototypeToString, FunctionPrototypeToString, SetPrototypeValues,
  MapPrototypeEntries, TypedArrayPrototypeGetSymbolToStringTag, StringPrototypeValueOf,
  NumberPrototypeValueOf, BooleanPrototypeValueOf, BigIntPrototypeValueOf, SymbolPrototypeValueOf } = primordials;

const { joinParts, kArrayExtra, removeColors, widthOf } = require('internal/util/inspect_layout');

const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');

const kObject = 0;
const kArray = 1;

// A string on a line of its own is split at its newlines when longer than this and than the rest of the line.
const kMinLineWidth = 16;

const defaultOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

function isOptions(value) {
  return typeof value === 'object' && value !== null;
}

function inspect(value, opts) {
  const ctx = {
    budget: {},
    indentationLvl: 0,
    seen: [],
    currentDepth: 0,
    circular: undefined,
    stylize: stylizeNoColor,
    showHidden: defaultOptions.showHidden,
    depth: defaultOptions.depth,
    colors: defaultOptions.colors,
    customInspect: defaultOptions.customInspect,
    showProxy: defaultOptions.showProxy,
    maxArrayLength: defaultOptions.maxArrayLength,
    maxStringLength: defaultOptions.maxStringLength,
    breakLength: defaultOptions.breakLength,
    compact: defaultOptions.compact,
    sorted: defaultOptions.sorted,
    getters: defaultOptions.getters,
    numericSeparator: defaultOptions.numericSeparator,
    userOptions: undefined,
  };
  if (arguments.length > 1) {
    if (typeof opts === 'boolean') {
      ctx.showHidden = opts;
    } else if (opts) {
      // No iterator here: programs may have taken it away, and the REPL still shows what they do.
      const keys = Object.keys(opts);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        // Unknown keys reach custom inspect functions through userOptions.
        if (ObjectPrototypeHasOwnProperty(defaultOptions, key) || key === 'stylize') ctx[key] = opts[key];
        else if (ctx.userOptions === undefined) ctx.userOptions = opts;
      }
    }
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) ctx.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) ctx.colors = arguments[3];
    }
  }
  if (ctx.colors) ctx.stylize = stylizeWithColor;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return formatValue(ctx, value, 0);
}

inspect.custom = customInspectSymbol;

Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  configurable: false,
  enumerable: false,
  get() {
    return defaultOptions;
  },
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    return Object.assign(defaultOptions, options);
  },
});

// --- colours ---------------------------------------------------------------------------------------------------

const foreground = 39;
const background = 49;
const colors = { __proto__: null };
for (const [name, open, close] of [['reset', 0, 0], ['bold', 1, 22], ['dim', 2, 22], ['italic', 3, 23],
  ['underline', 4, 24], ['blink', 5, 25], ['inverse', 7, 27], ['hidden', 8, 28], ['strikethrough', 9, 29],
  ['doubleunderline', 21, 24]]) {
  colors[name] = [open, close];
}
const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const capital = (word) => word[0].toUpperCase() + word.slice(1);
hues.forEach((hue, i) => { colors[hue] = [30 + i, foreground]; });
hues.forEach((hue, i) => { colors[`bg${capital(hue)}`] = [40 + i, background]; });
colors.framed = [51, 54];
colors.overlined = [53, 55];
colors.gray = [90, foreground];
hues.slice(1).forEach((hue, i) => { colors[`${hue}Bright`] = [91 + i, foreground]; });
colors.bgGray = [100, background];
hues.slice(1).forEach((hue, i) => { colors[`bg${capital(hue)}Bright`] = [101 + i, background]; });

function alias(target, name) {
  Object.defineProperty(colors, name, {
    __proto__: null,
    get() { return this[target]; },
    set(value) { this[target] = value; },
    configurable: true,
    enumerable: false,
  });
}
alias('gray', 'grey');
alias('gray', 'blackBright');
alias('bgGray', 'bgGrey');
alias('bgGray', 'bgBlackBright');
alias('dim', 'faint');
alias('strikethrough', 'crossedout');
alias('strikethrough', 'strikeThrough');
alias('strikethrough', 'crossedOut');
alias('hidden', 'conceal');
alias('inverse', 'swapColors');
alias('inverse', 'swapcolors');
alias('doubleunderline', 'doubleUnderline');
inspect.colors = colors;

function highlightRegExp(text) {
  const palette = highlightRegExp.colors?.length > 0 ? highlightRegExp.colors : regExpPalette;
  return require('internal/util/highlight_regexp').highlight(text, palette, inspect.colors);
}
const regExpPalette = ['green', 'red', 'yellow', 'cyan', 'magenta'];
highlightRegExp.colors = regExpPalette.slice();

inspect.styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: highlightRegExp,
  module: 'underline',
};

function stylizeNoColor(str) {
  return str;
}

function stylizeWithColor(str, styleType) {
  const style = inspect.styles[styleType];
  if (style === undefined) return str;
  if (typeof style === 'function') return style(str);
  const color = inspect.colors[style];
  return color === undefined ? str : `\u001b[${color[0]}m${str}\u001b[${color[1]}m`;
}

// --- primitives --------------------------------------------------------------------------------------------------

// What a string literal cannot hold as it is: controls, the quote, the backslash, lone surrogates.
const needsEscape = /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const escapeAll = new RegExp(needsEscape.source, 'g');
const needsEscapeButQuote = new RegExp(needsEscape.source.replace('\\x27', ''));
const escapeAllButQuote = new RegExp(needsEscapeButQuote.source, 'g');
const shortEscapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\', "'": "\\'" };

function escapeOne(char) {
  const short = shortEscapes[char];
  if (short !== undefined) return short;
  const code = char.charCodeAt(0);
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return `\\u${code.toString(16)}`;
}

// A string as a literal: single quotes, or another kind when that saves escaping.
function quote(str) {
  let mark = "'";
  let test = needsEscape;
  let all = escapeAll;
  if (str.includes("'")) {
    if (!str.includes('"')) mark = '"';
    else if (!str.includes('`') && !str.includes('${')) mark = '`';
    if (mark !== "'") {
      test = needsEscapeButQuote;
      all = escapeAllButQuote;
    }
  }
  return mark + (test.test(str) ? str.replace(all, escapeOne) : str) + mark;
}

function groupDigits(digits) {
  let out = '';
  let end = digits.length;
  const start = digits[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) out = `_${digits.slice(end - 3, end)}${out}`;
  return end === digits.length ? digits : digits.slice(0, end) + out;
}

function groupFraction(digits) {
  let out = '';
  let i = 0;
  for (; i < digits.length - 3; i += 3) out += `${digits.slice(i, i + 3)}_`;
  return i === 0 ? digits : out + digits.slice(i);
}

function formatNumber(stylize, number, numericSeparator) {
  if (!numericSeparator) return stylize(Object.is(number, -0) ? '-0' : `${number}`, 'number');
  const integer = Math.trunc(number);
  const text = String(integer);
  if (integer === number) {
    if (!Number.isFinite(number) || text.includes('e')) return stylize(text, 'number');
    return stylize(Object.is(number, -0) ? '-0' : groupDigits(text), 'number');
  }
  if (Number.isNaN(number)) return stylize(text, 'number');
  const whole = String(number);
  if (whole.includes('e')) return stylize(whole, 'number');
  const point = whole.indexOf('.');
  return stylize(`${groupDigits(whole.slice(0, point))}.${groupFraction(whole.slice(point + 1))}`, 'number');
}

function formatBigInt(stylize, bigint, numericSeparator) {
  const text = String(bigint);
  return stylize(`${numericSeparator ? groupDigits(text) : text}n`, 'bigint');
}

function remaining(count, noun = 'item') {
  return `... ${count} more ${noun}${count > 1 ? 's' : ''}`;
}

function formatPrimitive(ctx, value) {
  const { stylize } = ctx;
  switch (typeof value) {
    case 'string': {
      let trailer = '';
      if (value.length > ctx.maxStringLength) {
        trailer = remaining(value.length - ctx.maxStringLength, 'character');
        value = value.slice(0, ctx.maxStringLength);
      }
      if (ctx.compact !== true && value.length > kMinLineWidth &&
          value.length > ctx.breakLength - ctx.indentationLvl - 4) {
        const indent = ' '.repeat(ctx.indentationLvl + 2);
        return splitLines(value).map((line) => stylize(quote(line), 'string')).join(` +\n${indent}`) + trailer;
      }
      return stylize(quote(value), 'string') + trailer;
    }
    case 'number': return formatNumber(stylize, value, ctx.numericSeparator);
    case 'bigint': return formatBigInt(stylize, value, ctx.numericSeparator);
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'undefined': return stylize('undefined', 'undefined');
    default: return stylize(SymbolPrototypeToString(value), 'symbol');
  }
}

// Lines with their newlines kept.
function splitLines(text) {
  const lines = [];
  let from = 0;
  for (;;) {
    const at = text.indexOf('\n', from);
    if (at === -1 || at === text.length - 1) break;
    lines.push(text.slice(from, at + 1));
    from = at + 1;
  }
  lines.push(text.slice(from));
  return lines;
}

// --- values ------------------------------------------------------------------------------------------------------

function userOptionsOf(ctx, crossContext) {
  const options = {
    stylize: ctx.stylize,
    showHidden: ctx.showHidden,
    depth: ctx.depth,
    colors: ctx.colors,
    customInspect: ctx.customInspect,
    showProxy: ctx.showProxy,
    maxArrayLength: ctx.maxArrayLength,
    maxStringLength: ctx.maxStringLength,
    breakLength: ctx.breakLength,
    compact: ctx.compact,
    sorted: ctx.sorted,
    getters: ctx.getters,
    numericSeparator: ctx.numericSeparator,
    ...ctx.userOptions,
  };
  if (!crossContext) return options;
  // Objects of another realm get nothing that leads back into this one.
  Object.setPrototypeOf(options, null);
  for (const key of Object.keys(options)) {
    if ((typeof options[key] === 'object' || typeof options[key] === 'function') && options[key] !== null) {
      delete options[key];
    }
  }
  options.stylize = Object.setPrototypeOf((value, flavour) => {
    let styled;
    try {
      styled = `${ctx.stylize(value, flavour)}`;
    } catch {
      // A style function that throws leaves the text as it is.
    }
    return typeof styled === 'string' ? styled : value;
  }, null);
  return options;
}

function formatValue(ctx, value, recurseTimes, typedArray) {
  if (typeof value !== 'object' && typeof value !== 'function') return formatPrimitive(ctx, value);
  if (value === null) return ctx.stylize('null', 'null');

  const context = value;
  let isProxy = false;
  // A proxy is looked through, never asked: its traps do not run.
  const details = getProxyDetails(value);
  if (details !== undefined) {
    if (details[0] === null) return ctx.stylize('<Revoked Proxy>', 'special');
    if (ctx.showProxy) return formatProxy(ctx, details, recurseTimes);
    isProxy = true;
    let inner = details[0];
    for (let deeper; (deeper = getProxyDetails(inner)) !== undefined;) {
      if (deeper[0] === null) return ctx.stylize('<Revoked Proxy>', 'special');
      inner = deeper[0];
    }
    value = inner;
  }

  if (ctx.customInspect) {
    const custom = value[customInspectSymbol];
    if (typeof custom === 'function' && custom !== inspect &&
        // The prototype of a class is no instance of it: it is shown as it is.
        !(value.constructor && value.constructor.prototype === value)) {
      const depth = ctx.depth === null ? null : ctx.depth - recurseTimes;
      const crossContext = isProxy || !(context instanceof Object);
      const result = Reflect.apply(custom, context, [depth, userOptionsOf(ctx, crossContext), inspect]);
      if (result !== context) {
        if (result !== null && typeof result === 'object') return formatValue(ctx, result, recurseTimes);
        return ctx.indentationLvl === 0 ? `${result}` :
          `${result}`.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
      }
    }
  }

  if (ctx.seen.includes(value)) {
    let index = 1;
    if (ctx.circular === undefined) {
      ctx.circular = new Map([[value, index]]);
    } else {
      index = ctx.circular.get(value);
      if (index === undefined) {
        index = ctx.circular.size + 1;
        ctx.circular.set(value, index);
      }
    }
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  const text = formatObject(ctx, value, recurseTimes, typedArray);
  return isProxy ? `${ctx.stylize('Proxy(', 'special')}${text}${ctx.stylize(')', 'special')}` : text;
}

function formatProxy(ctx, details, recurseTimes) {
  if (recurseTimes > ctx.depth && ctx.depth !== null) return ctx.stylize('Proxy [Array]', 'special');
  recurseTimes += 1;
  ctx.indentationLvl += 2;
  const parts = [formatValue(ctx, details[0], recurseTimes), formatValue(ctx, details[1], recurseTimes)];
  ctx.indentationLvl -= 2;
  return joinParts(ctx, parts, '', ['Proxy [', ']'], kArrayExtra, recurseTimes);
}

// --- names -------------------------------------------------------------------------------------------------------

function isInstanceOf(object, constructor) {
  try {
    return object instanceof constructor;
  } catch {
    return false;
  }
}

let builtInNames;
function isBuiltInName(name) {
  builtInNames ??= new Set(Object.getOwnPropertyNames(globalThis).filter((key) => /^[A-Z][a-zA-Z0-9]+$/.test(key)));
  return builtInNames.has(name);
}

// A name for what has no constructor: the tag it carries, or the engine's name for its kind.
function internalConstructorName(object) {
  const tag = object[Symbol.toStringTag];
  return typeof tag === 'string' && tag !== '' ? tag : getConstructorName(object);
}

// The name of the nearest constructor on the prototype chain, null for a null prototype. With showHidden,
// `protoProps` collects the accessors and such that user classes on the way define.
function constructorNameOf(object, ctx, recurseTimes, protoProps) {
  const start = object;
  let first;
  while (object) {
    const desc = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (desc !== undefined && typeof desc.value === 'function' && desc.value.name !== '' &&
        isInstanceOf(start, desc.value)) {
      if (protoProps !== undefined && (first !== object || !isBuiltInName(desc.value.name))) {
        collectPrototypeProperties(start, first || start, protoProps);
      }
      return String(desc.value.name);
    }
    object = Object.getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null) return null;
  const name = internalConstructorName(start);
  if (recurseTimes > ctx.depth && ctx.depth !== null) return `${name} <Complex prototype>`;
  const outer = constructorNameOf(first, ctx, recurseTimes + 1, protoProps);
  if (outer === null) {
    return `${name} <${inspect(first, { ...plainOptions(ctx), customInspect: false, depth: -1 })}>`;
  }
  return `${name} <${outer}>`;
}

function plainOptions(ctx) {
  const options = {};
  for (const key of Object.keys(defaultOptions)) options[key] = ctx[key];
  return options;
}

function collectPrototypeProperties(main, object, output) {
  let depth = 0;
  let keys;
  let keySet;
  do {
    if (depth !== 0 || main === object) {
      object = Object.getPrototypeOf(object);
      if (object === null) return;
      const desc = Object.getOwnPropertyDescriptor(object, 'constructor');
      if (desc !== undefined && typeof desc.value === 'function' && isBuiltInName(desc.value.name)) return;
    }
    if (depth === 0) {
      keySet = new Set();
    } else {
      for (const key of keys) keySet.add(key);
    }
    keys = Reflect.ownKeys(object);
    for (const key of keys) {
      if (key === 'constructor' || ObjectPrototypeHasOwnProperty(main, key) || (depth !== 0 && keySet.has(key))) {
        continue;
      }
      const desc = Object.getOwnPropertyDescriptor(object, key);
      if (typeof desc.value === 'function') continue;
      output.push({ key, desc });
    }
  } while (++depth !== 3);
}

// "Foo(2) [Bar] ": constructor, size and toStringTag before the opening brace.
function prefixOf(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    if (tag !== '' && fallback !== tag) return `[${fallback}${size}: null prototype] [${tag}] `;
    return `[${fallback}${size}: null prototype] `;
  }
  if (tag !== '' && constructor !== tag) {
    // A tag that says where the constructor is found stands for both: WebAssembly.Memory.
    if (tag.endsWith(`.${constructor}`)) return `${tag}${size} `;
    return `${constructor}${size} [${tag}] `;
  }
  return `${constructor}${size} `;
}

function keysOf(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) {
    const keys = Object.getOwnPropertyNames(value);
    if (symbols.length !== 0) keys.push(...symbols);
    return keys;
  }
  let keys;
  try {
    keys = Object.keys(value);
  } catch {
    // A module namespace with bindings still in their dead zone.
    keys = Object.getOwnPropertyNames(value);
  }
  for (const symbol of symbols) {
    if (ObjectPrototypePropertyIsEnumerable(value, symbol)) keys.push(symbol);
  }
  return keys;
}

// --- objects -----------------------------------------------------------------------------------------------------

const noEntries = () => [];

function formatObject(ctx, value, recurseTimes, typedArray) {
  let keys;
  let protoProps;
  if (ctx.showHidden && (recurseTimes <= ctx.depth || ctx.depth === null)) protoProps = [];
  const constructor = constructorNameOf(value, ctx, recurseTimes, protoProps);
  if (protoProps !== undefined && protoProps.length === 0) protoProps = undefined;

  // An own enumerable tag is shown among the properties.
  let tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string' || (tag !== '' &&
      (ctx.showHidden ? ObjectPrototypeHasOwnProperty : ObjectPrototypePropertyIsEnumerable)(
        value, Symbol.toStringTag))) {
    tag = '';
  }

  let base = '';
  let entries = noEntries;
  let braces;
  let extras = kObject;
  let kind = kindOf(value);
  if (kind === kinds.other && value instanceof Error) kind = kinds.error;
  // String.prototype and its like are boxed values by birth only.
  if (kind === kinds.boxed && constructor === 'Object') kind = kinds.other;

  switch (kind) {
    case kinds.array: {
      const prefix = constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${value.length})`) :
        '';
      keys = getOwnNonIndexProperties(value, ctx.showHidden ? kAllProperties : kOnlyEnumerable);
      if (value.length === 0 && keys.length === 0 && protoProps === undefined) return `${prefix}[]`;
      braces = [`${prefix}[`, ']'];
      extras = kArrayExtra;
      entries = formatArray;
      break;
    }
    case kinds.typedArray: {
      keys = getOwnNonIndexProperties(value, ctx.showHidden ? kAllProperties : kOnlyEnumerable);
      const name = TypedArrayPrototypeGetSymbolToStringTag(value);
      let readable = value;
      let fallback = '';
      if (constructor === null) {
        fallback = name;
        readable = new globalThis[name](value);
      }
      const size = readable.length;
      const prefix = prefixOf(constructor, tag, fallback, `(${size})`);
      if (size === 0 && keys.length === 0 && !ctx.showHidden) return `${prefix}[]`;
      braces = [`${prefix}[`, ']'];
      extras = kArrayExtra;
      entries = (c, v, depth) => formatTypedArray(c, readable, value, size, depth);
      break;
    }
    case kinds.set: {
      keys = keysOf(value, ctx.showHidden);
      const prefix = prefixOf(constructor, tag, 'Set', `(${sizeOfSet(value)})`);
      if (sizeOfSet(value) === 0 && keys.length === 0 && protoProps === undefined) return `${prefix}{}`;
      braces = [`${prefix}{`, '}'];
      entries = formatSet;
      break;
    }
    case kinds.map: {
      keys = keysOf(value, ctx.showHidden);
      const prefix = prefixOf(constructor, tag, 'Map', `(${sizeOfMap(value)})`);
      if (sizeOfMap(value) === 0 && keys.length === 0 && protoProps === undefined) return `${prefix}{}`;
      braces = [`${prefix}{`, '}'];
      entries = formatMap;
      break;
    }
    case kinds.mapIterator:
    case kinds.setIterator: {
      keys = keysOf(value, ctx.showHidden);
      const what = kind === kinds.mapIterator ? 'Map' : 'Set';
      braces = [`[${tag !== `${what} Iterator` && tag !== '' ? `${what} Iterator] [${tag}` : `${what} Iterator`}] {`, '}'];
      entries = (c, v, depth) => formatIterator(c, v, depth, braces);
      break;
    }
    case kinds.arguments:
      keys = keysOf(value, ctx.showHidden);
      braces = ['[Arguments] {', '}'];
      if (keys.length === 0 && protoProps === undefined) return `${braces[0]}}`;
      break;
    case kinds.function: {
      keys = keysOf(value, ctx.showHidden);
      base = functionBase(ctx, value, constructor, tag);
      braces = ['{', '}'];
      if (keys.length === 0 && protoProps === undefined) return ctx.stylize(base, 'special');
      break;
    }
    case kinds.regExp: {
      keys = keysOf(value, ctx.showHidden);
      base = RegExpPrototypeToString(constructor !== null ? value : new RegExp(value));
      const prefix = prefixOf(constructor, tag, 'RegExp');
      if (prefix !== 'RegExp ') base = `${prefix}${base}`;
      if ((keys.length === 0 && protoProps === undefined) || (recurseTimes > ctx.depth && ctx.depth !== null)) {
        return ctx.stylize(base, 'regexp');
      }
      braces = ['{', '}'];
      base = ctx.stylize(base, 'regexp');
      break;
    }
    case kinds.date: {
      keys = keysOf(value, ctx.showHidden);
      const time = DatePrototypeGetTime(value);
      base = Number.isNaN(time) ? 'Invalid Date' : DatePrototypeToISOString(value);
      const prefix = prefixOf(constructor, tag, 'Date');
      if (prefix !== 'Date ') base = `${prefix}${base}`;
      if (keys.length === 0 && protoProps === undefined) return ctx.stylize(base, 'date');
      braces = ['{', '}'];
      base = ctx.stylize(base, 'date');
      break;
    }
    case kinds.error: {
      const shown = require('internal/util/inspect_error');
      keys = keysOf(value, ctx.showHidden);
      base = shown.formatError(ctx, value, constructor, tag, keys);
      braces = ['{', '}'];
      if (keys.length === 0 && protoProps === undefined) return base;
      break;
    }
    case kinds.arrayBuffer: {
      keys = keysOf(value, ctx.showHidden);
      const name = internalBinding('types').isSharedArrayBuffer(value) ? 'SharedArrayBuffer' : 'ArrayBuffer';
      braces = [`${prefixOf(constructor, tag, name)}{`, '}'];
      // Under a typed array the bytes have just been shown.
      if (typedArray !== undefined && keys.length === 0 && protoProps === undefined) {
        return `${braces[0]} [byteLength]: ${formatNumber(ctx.stylize, value.byteLength, false)} }`;
      }
      entries = typedArray === undefined ? formatArrayBuffer : (c, v) => [byteLengthPart(c, v)];
      break;
    }
    case kinds.dataView:
      keys = keysOf(value, ctx.showHidden);
      braces = [`${prefixOf(constructor, tag, 'DataView')}{`, '}'];
      entries = formatDataView;
      break;
    case kinds.promise:
      keys = keysOf(value, ctx.showHidden);
      braces = [`${prefixOf(constructor, tag, 'Promise')}{`, '}'];
      entries = formatPromise;
      break;
    case kinds.weakSet:
      keys = keysOf(value, ctx.showHidden);
      braces = [`${prefixOf(constructor, tag, 'WeakSet')}{`, '}'];
      entries = ctx.showHidden ? formatWeakSet : formatWeakUnknown;
      break;
    case kinds.weakMap:
      keys = keysOf(value, ctx.showHidden);
      braces = [`${prefixOf(constructor, tag, 'WeakMap')}{`, '}'];
      entries = ctx.showHidden ? formatWeakMap : formatWeakUnknown;
      break;
    case kinds.moduleNamespace:
      keys = keysOf(value, ctx.showHidden);
      braces = [`${prefixOf(constructor, tag, 'Module')}{`, '}'];
      entries = (c, v, depth) => formatNamespace(c, v, depth, keys);
      break;
    case kinds.boxed: {
      keys = keysOf(value, ctx.showHidden);
      base = boxedBase(ctx, value, keys, constructor, tag);
      if (keys.length === 0 && protoProps === undefined) return base;
      braces = ['{', '}'];
      break;
    }
    case kinds.external: {
      keys = keysOf(value, ctx.showHidden);
      if (keys.length === 0 && protoProps === undefined) {
        const address = internalBinding('util').getExternalValue(value).toString(16);
        return ctx.stylize(`[External: ${address}]`, 'special');
      }
      braces = [`${prefixOf(constructor, tag, 'External')}{`, '}'];
      break;
    }
    default: {
      keys = keysOf(value, ctx.showHidden);
      const prefix = constructor === 'Object' && tag === '' ? '' :
        prefixOf(constructor, tag, constructor === null ? internalConstructorName(value) : 'Object');
      if (keys.length === 0 && protoProps === undefined) return `${prefix}{}`;
      braces = [`${prefix}{`, '}'];
    }
  }

  if (recurseTimes > ctx.depth && ctx.depth !== null) {
    const fallback = kind === kinds.array ? 'Array' : internalConstructorName(value);
    const name = constructor === null ? prefixOf(constructor, tag, fallback).slice(0, -1) :
      `[${tag !== '' && constructor !== tag ? `${constructor} [${tag}]` : constructor}]`;
    return ctx.stylize(name, 'special');
  }

  recurseTimes += 1;
  ctx.seen.push(value);
  ctx.currentDepth = recurseTimes;
  let output;
  try {
    output = entries(ctx, value, recurseTimes);
    if (kind !== kinds.moduleNamespace) {
      for (const key of keys) output.push(formatProperty(ctx, value, recurseTimes, key, extras));
    }
    if (protoProps !== undefined) {
      for (const { key, desc } of protoProps) {
        const text = formatProperty(ctx, value, recurseTimes, key, kObject, desc);
        output.push(ctx.colors ? `\x1b[2m${text}\x1b[22m` : text);
      }
    }
  } catch (err) {
    if (!require('internal/errors').isStackOverflowError(err)) throw err;
    return ctx.stylize(`[${prefixOf(constructor, tag, 'Object').slice(0, -1)}: Inspection interrupted prematurely. ` +
      'Maximum call stack size exceeded.]', 'special');
  }
  if (ctx.circular !== undefined) {
    const index = ctx.circular.get(value);
    if (index !== undefined) {
      const reference = ctx.stylize(`<ref *${index}>`, 'special');
      if (ctx.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
      else braces[0] = `${reference} ${braces[0]}`;
    }
  }
  ctx.seen.pop();

  if (ctx.sorted) {
    const compare = ctx.sorted === true ? undefined : ctx.sorted;
    if (extras === kObject) {
      output.sort(compare);
    } else if (keys.length > 1) {
      const sorted = output.slice(output.length - keys.length).sort(compare);
      output.splice(output.length - keys.length, keys.length, ...sorted);
    }
  }

  const text = joinParts(ctx, output, base, braces, extras, recurseTimes, value);
  const budget = ctx.budget[ctx.indentationLvl] || 0;
  const newLength = budget + text.length;
  ctx.budget[ctx.indentationLvl] = newLength;
  // Past 128 MiB of text nothing readable is lost by not going deeper.
  if (newLength > 2 ** 27) ctx.depth = -1;
  return text;
}

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
const sizeOfMap = (map) => Reflect.apply(mapSize, map, []);
const sizeOfSet = (set) => Reflect.apply(setSize, set, []);

function functionBase(ctx, value, constructor, tag) {
  const source = FunctionPrototypeToString(value);
  if (source.startsWith('class') && source.endsWith('}')) {
    const body = source.slice(5, -1);
    const brace = body.indexOf('{');
    // `class(` or `class =>` would be something else.
    if (brace !== -1 && (!body.slice(0, brace).includes('(') || /^(\s+[^(]*?)\s*{/.test(body.replace(
      /(\/\/[^\n]*\n)|(\/\*[\s\S]*?\*\/)/g, '')) || body.includes(' extends '))) {
      return classBase(value, constructor, tag);
    }
  }
  const { isGeneratorFunction, isAsyncFunction } = internalBinding('types');
  let type = 'Function';
  if (isGeneratorFunction(value)) type = `Generator${type}`;
  if (isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  base += value.name === '' ? ' (anonymous)' : `: ${typeof value.name === 'string' ? value.name :
    inspect(value.name)}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, constructor, tag) {
  const name = ObjectPrototypeHasOwnProperty(value, 'name') && value.name;
  let base = `class ${name ? (typeof name === 'string' ? name : inspect(name)) : '(anonymous)'}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor !== null) {
    const superName = Object.getPrototypeOf(value).name;
    if (superName) base += ` extends ${superName}`;
  } else {
    base += ' extends [null prototype]';
  }
  return `[${base}]`;
}

function boxedBase(ctx, value, keys, constructor, tag) {
  const types = internalBinding('types');
  let read;
  let type;
  if (types.isNumberObject(value)) {
    read = NumberPrototypeValueOf;
    type = 'Number';
  } else if (types.isStringObject(value)) {
    read = StringPrototypeValueOf;
    type = 'String';
    // The characters are the value: they are not listed again as properties.
    keys.splice(0, value.length);
  } else if (types.isBooleanObject(value)) {
    read = BooleanPrototypeValueOf;
    type = 'Boolean';
  } else if (types.isBigIntObject(value)) {
    read = BigIntPrototypeValueOf;
    type = 'BigInt';
  } else {
    read = SymbolPrototypeValueOf;
    type = 'Symbol';
  }
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive({ ...ctx, stylize: stylizeNoColor }, read(value))}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  if (keys.length !== 0 || ctx.stylize === stylizeNoColor) return base;
  return ctx.stylize(base, type.toLowerCase());
}

// --- parts -------------------------------------------------------------------------------------------------------

function formatArray(ctx, value, recurseTimes) {
  const length = value.length;
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!ObjectPrototypeHasOwnProperty(value, i)) return formatSparseArray(ctx, value, recurseTimes, shown, output, i);
    output.push(formatProperty(ctx, value, recurseTimes, i, kArray));
  }
  if (length > shown) output.push(remaining(length - shown));
  return output;
}

// A run of holes is one entry.
function formatSparseArray(ctx, value, recurseTimes, maxLength, output, i) {
  const keys = Object.keys(value);
  let index = i;
  for (; i < keys.length && output.length < maxLength; i++) {
    const key = keys[i];
    const number = +key;
    if (!(number >= 0 && number < 4294967295 && Number.isInteger(number))) break;
    if (`${index}` !== key) {
      const holes = number - index;
      output.push(ctx.stylize(`<${holes} empty item${holes > 1 ? 's' : ''}>`, 'undefined'));
      index = number;
      if (output.length === maxLength) break;
    }
    output.push(formatProperty(ctx, value, recurseTimes, key, kArray));
    index++;
  }
  const left = value.length - index;
  if (output.length !== maxLength) {
    if (left > 0) output.push(ctx.stylize(`<${left} empty item${left > 1 ? 's' : ''}>`, 'undefined'));
  } else if (left > 0) {
    output.push(remaining(left));
  }
  return output;
}

function formatTypedArray(ctx, readable, value, length, recurseTimes) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = new Array(shown);
  const format = length > 0 && typeof readable[0] === 'bigint' ? formatBigInt : formatNumber;
  for (let i = 0; i < shown; i++) output[i] = format(ctx.stylize, readable[i], ctx.numericSeparator);
  if (length > shown) output.push(remaining(length - shown));
  if (ctx.showHidden) {
    ctx.indentationLvl += 2;
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      output.push(`${ctx.stylize(`[${key}]`, 'string')}: ${formatValue(ctx, readable[key], recurseTimes, true)}`);
    }
    ctx.indentationLvl -= 2;
  }
  return output;
}

function byteLengthPart(ctx, value) {
  return `${ctx.stylize('[byteLength]', 'string')}: ${formatNumber(ctx.stylize, value.byteLength, false)}`;
}

function formatArrayBuffer(ctx, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return [ctx.stylize('(detached)', 'special'), byteLengthPart(ctx, value)];
  }
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), bytes.length);
  let text = '';
  for (let i = 0; i < shown; i++) {
    const byte = bytes[i];
    text += `${i === 0 ? '' : ' '}${byte < 16 ? '0' : ''}${byte.toString(16)}`;
  }
  const left = bytes.length - shown;
  if (left > 0) text += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`, byteLengthPart(ctx, value)];
}

function formatDataView(ctx, value, recurseTimes) {
  const output = [];
  ctx.indentationLvl += 2;
  for (const key of ['byteLength', 'byteOffset', 'buffer']) {
    output.push(`${ctx.stylize(`[${key}]`, 'string')}: ${formatValue(ctx, value[key], recurseTimes)}`);
  }
  ctx.indentationLvl -= 2;
  return output;
}

function formatSet(ctx, value, recurseTimes) {
  const length = sizeOfSet(value);
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = [];
  ctx.indentationLvl += 2;
  let i = 0;
  for (const item of SetPrototypeValues(value)) {
    if (i++ >= shown) break;
    output.push(formatValue(ctx, item, recurseTimes));
  }
  if (length > shown) output.push(remaining(length - shown));
  ctx.indentationLvl -= 2;
  return output;
}

function formatMap(ctx, value, recurseTimes) {
  const length = sizeOfMap(value);
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = [];
  ctx.indentationLvl += 2;
  let i = 0;
  for (const { 0: key, 1: item } of MapPrototypeEntries(value)) {
    if (i++ >= shown) break;
    output.push(`${formatValue(ctx, key, recurseTimes)} => ${formatValue(ctx, item, recurseTimes)}`);
  }
  if (length > shown) output.push(remaining(length - shown));
  ctx.indentationLvl -= 2;
  return output;
}

function formatWeakUnknown(ctx) {
  return [ctx.stylize('<items unknown>', 'special')];
}

function formatItems(ctx, recurseTimes, items) {
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), items.length);
  const output = [];
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) output.push(formatValue(ctx, items[i], recurseTimes));
  ctx.indentationLvl -= 2;
  if (items.length > shown) output.push(remaining(items.length - shown));
  return output;
}

function formatPairs(ctx, recurseTimes, items, asEntries) {
  const length = items.length / 2;
  const shown = Math.min(Math.max(0, ctx.maxArrayLength), length);
  const output = [];
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) {
    const key = formatValue(ctx, items[i * 2], recurseTimes);
    const item = formatValue(ctx, items[i * 2 + 1], recurseTimes);
    output.push(asEntries ? joinParts(ctx, [key, item], '', ['[', ']'], kArrayExtra, recurseTimes) :
      `${key} => ${item}`);
  }
  ctx.indentationLvl -= 2;
  if (length > shown) output.push(remaining(length - shown));
  return output;
}

function formatWeakSet(ctx, value, recurseTimes) {
  // The order of a weak collection is the collector's: it is sorted so that it can be read.
  const items = previewEntries(value);
  return items === undefined ? formatWeakUnknown(ctx) : formatItems(ctx, recurseTimes, items).sort();
}

function formatWeakMap(ctx, value, recurseTimes) {
  const items = previewEntries(value);
  return items === undefined ? formatWeakUnknown(ctx) : formatPairs(ctx, recurseTimes, items, false).sort();
}

function formatIterator(ctx, value, recurseTimes, braces) {
  const { 0: items, 1: areEntries } = previewEntries(value, true);
  if (areEntries) {
    braces[0] = braces[0].replace(/ Iterator] {$/, ' Entries] {');
    return formatPairs(ctx, recurseTimes, items, true);
  }
  return formatItems(ctx, recurseTimes, items);
}

function formatPromise(ctx, value, recurseTimes) {
  const { 0: state, 1: result } = getPromiseDetails(value);
  if (state === kPending) return [ctx.stylize('<pending>', 'special')];
  ctx.indentationLvl += 2;
  const text = formatValue(ctx, result, recurseTimes);
  ctx.indentationLvl -= 2;
  return [state === kRejected ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

function formatNamespace(ctx, value, recurseTimes, keys) {
  const output = [];
  for (const key of keys) {
    try {
      output.push(formatProperty(ctx, value, recurseTimes, key, kObject));
    } catch (err) {
      // A binding not initialised yet: the descriptor cannot be read.
      if (!(err instanceof ReferenceError)) throw err;
      const part = formatProperty(ctx, { [key]: '' }, recurseTimes, key, kObject);
      output.push(`${part.slice(0, part.lastIndexOf(' ') + 1)}${ctx.stylize('<uninitialized>', 'special')}`);
    }
  }
  return output;
}

const identifier = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

function formatProperty(ctx, value, recurseTimes, key, type, desc) {
  let text;
  let between = ' ';
  desc ??= Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], configurable: true, enumerable: true };
  if (desc.value !== undefined) {
    const indent = ctx.compact !== true || type !== kObject ? 2 : 3;
    ctx.indentationLvl += indent;
    text = formatValue(ctx, desc.value, recurseTimes);
    if (indent === 3 && ctx.breakLength < widthOf(ctx, text)) between = `\n${' '.repeat(ctx.indentationLvl)}`;
    ctx.indentationLvl -= indent;
  } else if (desc.get !== undefined) {
    text = formatGetter(ctx, value, recurseTimes, desc);
  } else if (desc.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    text = ctx.stylize('undefined', 'undefined');
  }
  if (type === kArray) return text;
  return `${formatKey(ctx, key, desc)}:${between}${text}`;
}

function formatKey(ctx, key, desc) {
  let name;
  if (typeof key === 'symbol') {
    name = ctx.stylize(SymbolPrototypeToString(key).replace(escapeAll, escapeOne), 'symbol');
  } else if (key === '__proto__') {
    return "['__proto__']";
  } else if (identifier.test(key)) {
    name = ctx.stylize(key, 'name');
  } else {
    name = ctx.stylize(quote(key), 'string');
  }
  return desc.enumerable === false ? `[${name}]` : name;
}

function formatGetter(ctx, value, recurseTimes, desc) {
  const label = desc.set !== undefined ? 'Getter/Setter' : 'Getter';
  const { stylize } = ctx;
  if (!ctx.getters || (ctx.getters === 'get' && desc.set !== undefined) ||
      (ctx.getters === 'set' && desc.set === undefined)) {
    return stylize(`[${label}]`, 'special');
  }
  try {
    const result = Reflect.apply(desc.get, value, []);
    ctx.indentationLvl += 2;
    let text;
    if (result === null) {
      text = `${stylize(`[${label}:`, 'special')} ${stylize('null', 'null')}${stylize(']', 'special')}`;
    } else if (typeof result === 'object' || typeof result === 'function') {
      text = `${stylize(`[${label}]`, 'special')} ${formatValue(ctx, result, recurseTimes)}`;
    } else {
      text = `${stylize(`[${label}:`, 'special')} ${formatPrimitive(ctx, result)}${stylize(']', 'special')}`;
    }
    ctx.indentationLvl -= 2;
    return text;
  } catch (err) {
    ctx.indentationLvl += 2;
    const shown = formatValue(ctx, err, recurseTimes);
    ctx.indentationLvl -= 2;
    return `${stylize(`[${label}: <Inspection threw (`, 'special')}${shown}${stylize(')>]', 'special')}`;
  }
}

module.exports = {
  inspect,
  customInspectSymbol,
  formatNumber,
  formatBigInt,
  formatPrimitive,
  formatProperty,
  formatValue,
  identifier,
  isOptions,
  keysOf,
  quote,
  removeColors,
  stylizeNoColor,
  stylizeWithColor,
  kObject,
  get format() { return require('internal/util/format').format; },
  get formatWithOptions() { return require('internal/util/format').formatWithOptions; },
  get getStringWidth() { return require('internal/util/string_width').getStringWidth; },
  get stripVTControlCharacters() { return require('internal/util/string_width').stripVTControlCharacters; },
};

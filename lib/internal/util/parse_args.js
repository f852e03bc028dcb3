// SPDX-License-Identifier: MIT
'use strict';

// util.parseArgs: options and positionals of a command line.

const { codes } = require('internal/errors');
const { validateArray, validateBoolean, validateBooleanArray, validateObject, validateString, validateStringArray,
  validateUnion } = require('internal/validators');

const isShort = (arg) => arg.length === 2 && arg[0] === '-' && arg[1] !== '-';
const isShortGroup = (arg) => arg.length > 2 && arg[0] === '-' && arg[1] !== '-';
const isLong = (arg) => arg.length > 2 && arg.startsWith('--') && !arg.includes('=', 3);
const isLongWithValue = (arg) => arg.length > 2 && arg.startsWith('--') && arg.includes('=', 3);
const looksLikeOption = (value) => value != null && value.length > 1 && value[0] === '-';

// The program's own arguments: without runtime and script, or the code of -e.
function mainArgs() {
  const evalCode = process.execArgv?.some((arg) => /^(-e|--eval|--eval=.*|-p|--print|--print=.*|-pe)$/s.test(arg));
  return process.argv.slice(evalCode ? 1 : 2);
}

function ownOption(config, name) {
  return config !== undefined && config !== null && Object.hasOwn(config, name) ? config[name] : undefined;
}

function optionOf(options, long, key) {
  const option = Object.hasOwn(options, long) ? options[long] : undefined;
  return option !== undefined && Object.hasOwn(option, key) ? option[key] : undefined;
}

function findLongForShort(short, options) {
  for (const long of Object.keys(options)) {
    if (optionOf(options, long, 'short') === short) return long;
  }
  return short;
}

function tokenize(args, options) {
  const tokens = [];
  const remaining = [...args];
  let index = -1;
  let groupCount = 0;

  // An option without a value of its own: the next argument is it where its type asks for one.
  function takeOption(name, rawName) {
    const takesNext = optionOf(options, name, 'type') === 'string' && remaining[0] != null;
    const value = takesNext ? remaining.shift() : undefined;
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue: takesNext ? false : undefined });
    if (takesNext) ++index;
  }

  while (remaining.length > 0) {
    const arg = remaining.shift();
    if (groupCount > 0) groupCount--;
    else index++;

    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const rest of remaining) tokens.push({ kind: 'positional', index: ++index, value: rest });
      break;
    }
    if (isShort(arg)) {
      takeOption(findLongForShort(arg[1], options), arg);
      continue;
    }
    if (isShortGroup(arg)) {
      const long = findLongForShort(arg[1], options);
      if (optionOf(options, long, 'type') === 'string') {
        // -fFILE
        tokens.push({ kind: 'option', name: long, rawName: `-${arg[1]}`, index, value: arg.slice(2),
          inlineValue: true });
        continue;
      }
      // -abc is -a -b -c, up to one that takes the rest as value.
      const expanded = [];
      for (let i = 1; i < arg.length; i++) {
        const short = arg[i];
        if (optionOf(options, findLongForShort(short, options), 'type') !== 'string' || i === arg.length - 1) {
          expanded.push(`-${short}`);
        } else {
          expanded.push(`-${arg.slice(i)}`);
          break;
        }
      }
      remaining.unshift(...expanded);
      groupCount = expanded.length;
      continue;
    }
    if (isLong(arg)) {
      takeOption(arg.slice(2), arg);
      continue;
    }
    if (isLongWithValue(arg)) {
      const equals = arg.indexOf('=');
      const name = arg.slice(2, equals);
      tokens.push({ kind: 'option', name, rawName: `--${name}`, index, value: arg.slice(equals + 1),
        inlineValue: true });
      continue;
    }
    tokens.push({ kind: 'positional', index, value: arg });
  }
  return tokens;
}

function checkUsage(config, token) {
  if (!Object.hasOwn(config.options, token.name)) {
    throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, config.allowPositionals);
  }
  const short = optionOf(config.options, token.name, 'short');
  const shown = `${short ? `-${short}, ` : ''}--${token.name}`;
  const type = optionOf(config.options, token.name, 'type');
  if (type === 'string' && typeof token.value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value != null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${shown}' does not take an argument`);
  }
}

function checkAmbiguousValue(token) {
  if (token.inlineValue || !looksLikeOption(token.value)) return;
  const example = token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` :
    `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${token.rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${token.rawName}'?
To specify an option argument starting with a dash use ${example}.`);
}

function store(name, value, options, values) {
  if (name === '__proto__') return;
  const newValue = value ?? true;
  if (optionOf(options, name, 'multiple')) {
    if (Object.hasOwn(values, name)) values[name].push(newValue);
    else values[name] = [newValue];
  } else {
    values[name] = newValue;
  }
}

function validateOptions(options) {
  for (const long of Object.keys(options)) {
    const config = options[long];
    validateObject(config, `options.${long}`);
    const type = ownOption(config, 'type');
    validateUnion(type, `options.${long}.type`, ['string', 'boolean']);
    if (Object.hasOwn(config, 'short')) {
      const { short } = config;
      validateString(short, `options.${long}.short`);
      if (short.length !== 1) {
        throw new codes.ERR_INVALID_ARG_VALUE(`options.${long}.short`, short, 'must be a single character');
      }
    }
    const multiple = ownOption(config, 'multiple');
    if (Object.hasOwn(config, 'multiple')) validateBoolean(multiple, `options.${long}.multiple`);
    const fallback = ownOption(config, 'default');
    if (fallback !== undefined) {
      const name = `options.${long}.default`;
      if (type === 'string') (multiple ? validateStringArray : validateString)(fallback, name);
      else (multiple ? validateBooleanArray : validateBoolean)(fallback, name);
    }
  }
}

function parseArgs(config = { __proto__: null }) {
  const args = ownOption(config, 'args') ?? mainArgs();
  const strict = ownOption(config, 'strict') ?? true;
  const allowPositionals = ownOption(config, 'allowPositionals') ?? !strict;
  const returnTokens = ownOption(config, 'tokens') ?? false;
  const allowNegative = ownOption(config, 'allowNegative') ?? false;
  const options = ownOption(config, 'options') ?? { __proto__: null };
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  validateOptions(options);

  const tokens = tokenize(args, options);
  const result = { values: { __proto__: null }, positionals: [] };
  if (returnTokens) result.tokens = tokens;
  const parsed = { options, allowPositionals };

  for (const token of tokens) {
    if (token.kind === 'option') {
      let { name, value } = token;
      // --no-x stands for x: false where x is a boolean option, and no option is called no-x.
      if (allowNegative && value === undefined && token.rawName.startsWith('--no-') &&
          !Object.hasOwn(options, name)) {
        name = name.slice(3);
        if (strict && optionOf(options, name, 'type') !== 'boolean') {
          throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
        }
        token.name = name;
        value = false;
      } else if (strict) {
        checkUsage(parsed, token);
        checkAmbiguousValue(token);
      }
      store(name, value, options, result.values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const long of Object.keys(options)) {
    const fallback = optionOf(options, long, 'default');
    if (fallback !== undefined && !Object.hasOwn(result.values, long) && long !== '__proto__') {
      result.values[long] = fallback;
    }
  }
  return result;
}

module.exports = { parseArgs };

// SPDX-License-Identifier: MIT
'use strict';

// repl: an Interface of readline whose lines are JavaScript. Evaluation is in internal/repl/evaluate, completion in
// internal/repl/completion, the history file in internal/repl/history, previews in internal/repl/preview.

const path = require('path');
const vm = require('vm');
const { Interface } = require('readline');
const { BuiltinModule } = require('internal/bootstrap/realm');
const { codes } = require('internal/errors');
const { deprecate, setAttributes } = require('internal/util');
const { validateFunction } = require('internal/validators');
const inspectModule = require('internal/util/inspect');
const { arrowOf, compileInput, importInstead, isUnfinished, isValid, run } = require('internal/repl/evaluate');
const { AsyncLocalStorage } = require('async_hooks');

const { inspect } = inspectModule;

const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
const REPL_MODE_STRICT = Symbol('repl-strict');
const kBuffered = Symbol('bufferedCommand');
const kStandalone = Symbol('standalone');
const kPrompt = Symbol('initialPrompt');
const kQueue = Symbol('queue');
const kIsBusy = Symbol('isBusy');

const CONTINUATION = '| ';

// Whose code runs: an exception nobody caught is shown by that server.
const current = new AsyncLocalStorage();
let isListening = false;
let nextFile = 1;

class Recoverable extends SyntaxError {
  constructor(err) {
    super();
    this.err = err;
  }
}

const writer = (value) => inspect(value, writer.options);
writer.options = { ...inspect.defaultOptions, showProxy: true };

Object.defineProperty(inspect, 'replDefaults', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => writer.options,
  set(options) {
    if (options === null || typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    Object.assign(writer.options, options);
  },
});

function optionsOf(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
  if (prompt !== null && typeof prompt === 'object') {
    return { ...prompt };
  }
  const options = { prompt, eval: eval_, useGlobal, ignoreUndefined, replMode };
  if (stream !== undefined && stream !== null) {
    options.input = stream.stdin ?? stream;
    options.output = stream.stdout ?? stream;
  }
  return options;
}

function REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
  if (!(this instanceof REPLServer)) {
    return new REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode);
  }
  const options = optionsOf(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode);
  options.input ??= process.stdin;
  options.output ??= process.stdout;
  options.terminal ??= options.output.isTTY;
  options.terminal = !!options.terminal;
  if (options.terminal && options.useColors === undefined) {
    options.useColors = typeof options.output.getColorDepth === 'function' ? options.output.getColorDepth() > 2 :
      !!options.output.isTTY;
  }
  if (options.breakEvalOnSigint && options.eval) {
    throw new codes.ERR_INVALID_REPL_EVAL_CONFIG();
  }
  options.prompt ??= '> ';

  this.useColors = !!options.useColors;
  this.useGlobal = !!options.useGlobal;
  this.ignoreUndefined = !!options.ignoreUndefined;
  this.replMode = options.replMode || REPL_MODE_SLOPPY;
  this.breakEvalOnSigint = !!options.breakEvalOnSigint;
  this.allowBlockingCompletions = !!options.allowBlockingCompletions;
  this.editorMode = false;
  this.underscoreAssigned = false;
  this.last = undefined;
  this.underscoreErrAssigned = false;
  this.lastError = undefined;
  this.lines = [];
  this.lines.level = [];
  this.declaredNames = new Set();
  this.historyIsFlushing = false;
  this[kBuffered] = '';
  this[kStandalone] = !!options[kStandalone];
  this[kPrompt] = options.prompt;
  this[kQueue] = [];
  this[kIsBusy] = false;
  this.commands = { __proto__: null };

  this._builtinEval = (code, context, file, callback) => evaluate(this, code, file, callback);
  const chosen = typeof options.eval === 'function' ? options.eval : this._builtinEval;
  this.eval = (code, context, file, callback) => current.run(this, () => (
    Reflect.apply(chosen, this, [code, context, file, callback])
  ));
  this.resetContext();

  const isCustomCompleter = typeof options.completer === 'function';
  const completer = isCustomCompleter ? options.completer :
    (text, callback) => completeLine(this, text, callback);
  Reflect.apply(Interface, this, [{
    input: options.input,
    output: options.output,
    completer,
    terminal: options.terminal,
    historySize: options.historySize,
    prompt: options.prompt,
  }]);

  defineCommands(this);
  this.writer = options.writer || writer;
  if (this.writer === writer && this.useColors) {
    const colored = (value) => inspect(value, colored.options);
    colored.options = { ...writer.options, colors: true };
    this.writer = colored;
  } else if (this.writer === writer) {
    writer.options.colors = false;
  }
  this.on('close', () => finishClosing(this));
  this.on('SIGINT', makeInterruptHandler(this));
  this.on('SIGCONT', () => continueAfterStop(this));
  this.on('line', (line) => takeLine(this, line));
  listenForUncaught(this);
  const isPreviewing = options.terminal &&
    (options.preview !== undefined ? !!options.preview : typeof options.eval !== 'function');
  if (this.terminal) {
    setUpTerminal(this, isPreviewing ? require('internal/repl/preview').makePreview(this) : undefined);
  }
  this.displayPrompt();
}
Object.setPrototypeOf(REPLServer.prototype, Interface.prototype);
Object.setPrototypeOf(REPLServer, Interface);

// --- exceptions ------------------------------------------------------------------------------------------------------

function listenForUncaught(repl) {
  if (isListening) {
    return;
  }
  isListening = true;
  const { addUncaughtExceptionCaptureCallback } = require('internal/process/execution');
  addUncaughtExceptionCaptureCallback((error) => {
    const server = current.getStore();
    if (server === undefined) {
      return false;
    }
    server._handleError(error);
    return true;
  });
  if (!repl[kStandalone]) {
    process.prependListener('newListener', (event) => {
      if (event === 'uncaughtException' && current.getStore() !== undefined) {
        throw new codes.ERR_INVALID_REPL_INPUT('Listeners for `uncaughtException` cannot be used in the REPL');
      }
    });
  }
}

// The program's own frames only: those above the one that stands for what was typed.
function trimStack(error) {
  const { stack } = error;
  if (typeof stack !== 'string') {
    return;
  }
  const lines = stack.split('\n');
  for (let i = lines.length - 1; i > 0; i--) {
    if (/^ {4}at (?:async )?(?:new )?REPL\d+:\d+:\d+$/.test(lines[i]) || /^ {4}at (?:async )?<anonymous> \(REPL\d+/.test(lines[i])) {
      error.stack = lines.slice(0, i).join('\n');
      return;
    }
  }
}

function describe(repl, error) {
  const { isNativeError } = require('internal/util/types');
  const isError = error !== null && typeof error === 'object' && (isNativeError(error) || error instanceof Error);
  if (isError) {
    try {
      trimStack(error);
    } catch {
      // Shown with all its frames.
    }
  }
  let text = '';
  if (isError && repl.typedFile !== undefined) {
    text = arrowOf(error, repl.typedFile);
    if (/^(SyntaxError: )?Cannot use import statement outside a module/.test(error.message)) {
      const instead = importInstead(repl.typedCode);
      error.message = 'Cannot use import statement inside the Node.js REPL, alternatively use dynamic import' +
        (instead === undefined ? '' : `: ${instead};`);
      error.stack = `SyntaxError: ${error.message}`;
    } else if (text !== '') {
      error.stack = `${error.name}: ${error.message}`;
    }
  }
  let shown = repl.writer(error);
  if (isError && typeof shown === 'string' && shown.startsWith(`[${error.stack}]`)) {
    // An error without frames of its own needs no brackets here.
    shown = error.stack + shown.slice(error.stack.length + 2);
  }
  const lines = `${shown}`.split('\n');
  const at = lines.findIndex((line) => /^\[?(?:[A-Z][a-z0-9_]*)*(?:Error|Exception)\b/.test(line));
  if (isError && at !== -1) {
    const width = repl.writer.options?.breakLength ?? 80;
    lines[at] = lines[at].length > width ? `Uncaught:\n${lines[at]}` : `Uncaught ${lines[at]}`;
    return text + lines.join('\n');
  }
  return `${text}Uncaught${lines.length === 1 ? ' ' : ':\n'}${shown}`;
}

REPLServer.prototype._handleError = function _handleError(error) {
  if (this.closed) {
    return 'ignore';
  }
  if (!this.underscoreErrAssigned) {
    this.lastError = error;
  }
  if (this[kStandalone] && process.listenerCount('uncaughtException') !== 0) {
    process.nextTick(() => {
      process.emit('uncaughtException', error);
      this.clearBufferedCommand();
      this.lines.level = [];
      this.displayPrompt();
    });
    return 'handled';
  }
  let text;
  try {
    text = describe(this, error);
  } catch {
    text = 'Uncaught (the value cannot be shown)';
  }
  if (this.terminal && this.clearPreview !== undefined) {
    this.clearPreview();
  }
  this.output.write(text.endsWith('\n') ? text : `${text}\n`);
  this.clearBufferedCommand();
  this.lines.level = [];
  if (!this.closed) {
    this.displayPrompt();
  }
  return 'handled';
};

// --- evaluation ------------------------------------------------------------------------------------------------------

function contextFor(repl) {
  return repl.useGlobal ? undefined : repl.context;
}

function engineContext(repl) {
  return repl.useGlobal ? undefined : require('internal/vm/context').contextOf(repl.context);
}

REPLServer.prototype.isStrict = function isStrict() {
  return this.replMode === REPL_MODE_STRICT;
};

REPLServer.prototype.evaluateName = function evaluateName(name) {
  return run(compileInput(name, 'REPL', engineContext(this)), contextFor(this), false);
};

const DECLARED = /(?:^|[;\n}])\s*(?:let|const|class|var|function\s*\*?|async\s+function\s*\*?)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

function evaluate(repl, code, file, callback) {
  if (code === '\n') {
    callback(null);
    return;
  }
  repl.typedFile = file;
  repl.typedCode = code;
  const source = repl.replMode === REPL_MODE_STRICT ? `'use strict'; void 0;\n${code}` : code;
  let compiled;
  try {
    compiled = compileInput(source, file, engineContext(repl));
  } catch (error) {
    callback(error?.name === 'SyntaxError' && isUnfinished(error, source) ? new Recoverable(error) : error);
    return;
  }
  DECLARED.lastIndex = 0;
  for (let match; (match = DECLARED.exec(code)) !== null;) {
    repl.declaredNames.add(match[1]);
  }
  let result;
  // Outside of raw mode the terminal makes a signal of Ctrl+C.
  const wasRaw = repl.breakEvalOnSigint && repl.terminal ? repl._setRawMode(false) : undefined;
  const restore = () => {
    if (wasRaw && !repl.closed) {
      repl._setRawMode(true);
    }
  };
  try {
    result = run(compiled, contextFor(repl), repl.breakEvalOnSigint);
  } catch (error) {
    restore();
    if (error?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
      error.stack = `Error: ${error.message}`;
    }
    callback(error);
    return;
  }
  if (!compiled.isAsync) {
    restore();
    callback(null, result);
    return;
  }
  repl[kIsBusy] = true;
  const interrupted = () => {
    done(new codes.ERR_SCRIPT_EXECUTION_INTERRUPTED());
  };
  let isDone = false;
  const done = (error, value) => {
    if (isDone) {
      return;
    }
    isDone = true;
    repl[kIsBusy] = false;
    restore();
    repl.interrupt = undefined;
    if (repl.breakEvalOnSigint) {
      process.removeListener('SIGINT', interrupted);
    }
    if (error === undefined) {
      callback(null, value);
    } else {
      if (error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') {
        error.stack = `Error: ${error.message}`;
      }
      callback(error);
    }
    drain(repl);
  };
  repl.interrupt = interrupted;
  if (repl.breakEvalOnSigint) {
    process.once('SIGINT', interrupted);
  }
  result.then((value) => done(undefined, value), (error) => done(error ?? new Error(`${error}`)));
}

// Lines that came while something was awaited.
function drain(repl) {
  while (!repl[kIsBusy] && repl[kQueue].length > 0) {
    handleLine(repl, repl[kQueue].shift());
  }
  if (!repl[kIsBusy] && repl.wantsExit) {
    repl.wantsExit = false;
    emitExit(repl);
  }
}

function takeLine(repl, line) {
  if (repl[kIsBusy]) {
    repl[kQueue].push(line);
    return;
  }
  handleLine(repl, line);
}

function handleLine(repl, line) {
  line ||= '';
  repl.wasInterrupted = false;
  if (repl.editorMode) {
    repl[kBuffered] += `${line}\n`;
    repl.lines.push(line);
    return;
  }
  const trimmed = line.trim();
  if (trimmed !== '' && trimmed[0] === '.' && trimmed[1] !== '.' && Number.isNaN(Number.parseFloat(trimmed))) {
    const match = /^\.(\S+)\s*(.*)$/s.exec(trimmed);
    const command = match === null ? undefined : repl.commands[match[1]];
    if (command !== undefined) {
      Reflect.apply(command.action, repl, [match[2]]);
      return;
    }
    if (repl[kBuffered] === '') {
      repl.output.write('Invalid REPL keyword\n');
      repl.clearBufferedCommand();
      repl.displayPrompt();
      return;
    }
  }
  repl.lines.push(line);
  evaluateInput(repl, `${repl[kBuffered]}${line}\n`, line);
}

function evaluateInput(repl, code, line) {
  let isFinished = false;
  // The library's own loops must not depend on what the program does to arrays.
  repl.eval(code, repl.context, `REPL${nextFile++}`, function(error, value) {
    if (isFinished) {
      return;
    }
    isFinished = true;
    const hasValue = arguments.length === 2;
    if (error && repl[kBuffered] === '' && line.trim().startsWith('npm ')) {
      repl.output.write('npm should be run outside of the Node.js REPL, in your normal shell.\n' +
        '(Press Ctrl+D to exit.)\n');
      repl.displayPrompt();
      return;
    }
    if (error) {
      if (error instanceof Recoverable) {
        repl[kBuffered] = code;
        repl.displayPrompt();
        return;
      }
      repl._handleError(error.err ?? error);
      return;
    }
    repl.clearBufferedCommand();
    if (hasValue && (!repl.ignoreUndefined || value !== undefined)) {
      if (!repl.underscoreAssigned) {
        repl.last = value;
      }
      repl.output.write(`${repl.writer(value)}\n`);
    }
    if (!repl.closed) {
      repl.displayPrompt();
    }
  });
}

// --- contexts --------------------------------------------------------------------------------------------------------

REPLServer.prototype.createContext = function createContext() {
  let context = globalThis;
  if (!this.useGlobal) {
    context = vm.createContext();
    const own = new Set(Object.getOwnPropertyNames(vm.runInNewContext('globalThis')));
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!own.has(name)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(globalThis, name);
        if (descriptor.get !== undefined) {
          // The program's globals are accessors until they are touched.
          const { get, set } = descriptor;
          descriptor.get = function() {
            return Reflect.apply(get, globalThis, []);
          };
          descriptor.set = set && function(value) {
            Object.defineProperty(context, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
          };
        }
        Object.defineProperty(context, name, { __proto__: null, ...descriptor, configurable: true });
      }
    }
    context.global = context;
    const { Console } = require('console');
    const console = new Console(this.output ?? process.stdout);
    Object.defineProperty(context, 'console', { __proto__: null, configurable: true, writable: true, value: console });
  }
  const { Module } = require('internal/modules/cjs/loader');
  const module_ = new Module('<repl>');
  module_.paths = [...Module._nodeModulePaths(path.resolve('.')), ...Module.globalPaths];
  const required = Module.createRequire(`${process.cwd()}/<repl>`);
  const require_ = Object.defineProperties(function require(id) {
    return module_.require(id);
  }, Object.getOwnPropertyDescriptors(required));
  Object.defineProperty(context, 'module', { __proto__: null, configurable: true, writable: true, value: module_ });
  Object.defineProperty(context, 'require', { __proto__: null, configurable: true, writable: true, value: require_ });
  if (!this.useGlobal) {
    Object.defineProperty(context, 'exports', { __proto__: null, configurable: true, writable: true, value: module_.exports });
  }
  this.ownGetters = new Set();
  for (const id of BuiltinModule.getAllBuiltinModuleIds()) {
    if (id.startsWith('_') || id.includes('/') || id.includes(':') || Object.hasOwn(context, id)) {
      continue;
    }
    this.ownGetters.add(id);
    Object.defineProperty(context, id, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        const value = BuiltinModule.requireForUsers(id);
        Object.defineProperty(context, id, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(context, id, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      },
    });
  }
  return context;
};

REPLServer.prototype.resetContext = function resetContext() {
  this.context = this.createContext();
  this.underscoreAssigned = false;
  this.underscoreErrAssigned = false;
  this.lines = [];
  this.lines.level = [];
  this.declaredNames.clear();
  for (const [name, last, assigned] of [['_', 'last', 'underscoreAssigned'],
                                        ['_error', 'lastError', 'underscoreErrAssigned']]) {
    Object.defineProperty(this.context, name, {
      __proto__: null,
      configurable: true,
      get: () => this[last],
      set: (value) => {
        this[last] = value;
        if (!this[assigned]) {
          this[assigned] = true;
          this.output.write(`Expression assignment to ${name} now disabled.\n`);
        }
      },
    });
  }
  this.emit('reset', this.context);
};

// --- the terminal ----------------------------------------------------------------------------------------------------

REPLServer.prototype.clearBufferedCommand = function clearBufferedCommand() {
  this[kBuffered] = '';
};

REPLServer.prototype.displayPrompt = function displayPrompt(preserveCursor) {
  if (this.closed) {
    return;
  }
  Reflect.apply(Interface.prototype.setPrompt, this, [this[kBuffered] === '' ? this[kPrompt] : CONTINUATION]);
  this.prompt(preserveCursor);
};

REPLServer.prototype.setPrompt = function setPrompt(prompt) {
  this[kPrompt] = prompt;
  Reflect.apply(Interface.prototype.setPrompt, this, [prompt]);
};

REPLServer.prototype.close = function close() {
  if (this.terminal && this.historyIsFlushing && !this.isClosingLate) {
    this.isClosingLate = true;
    this.once('flushHistory', () => Reflect.apply(Interface.prototype.close, this, []));
    return;
  }
  process.nextTick(() => Reflect.apply(Interface.prototype.close, this, []));
};

function emitExit(repl) {
  repl.emit('exit');
}

function finishClosing(repl) {
  if (repl[kIsBusy] || repl[kQueue].length > 0) {
    repl.wantsExit = true;
  } else {
    emitExit(repl);
  }
}

function makeInterruptHandler(repl) {
  return function onSigint() {
    if (repl.interrupt !== undefined) {
      repl.interrupt();
      return;
    }
    repl.clearPreview?.();
    const isEmpty = repl.line.length === 0 && !repl.editorMode;
    repl.clearLine();
    if (repl.editorMode) {
      leaveEditor(repl);
    }
    if (!(repl[kBuffered].length > 0) && isEmpty) {
      if (repl.wasInterrupted) {
        repl.close();
        repl.wasInterrupted = false;
        return;
      }
      repl.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
      repl.wasInterrupted = true;
    } else {
      repl.wasInterrupted = false;
    }
    repl.clearBufferedCommand();
    repl.lines.level = [];
    repl.displayPrompt();
  };
}

function continueAfterStop(repl) {
  if (repl.editorMode) {
    repl.output.write(`${repl[kPrompt]}.editor\n// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n`);
    repl.output.write(`${repl[kBuffered]}\n`);
    repl.prompt(true);
  } else {
    repl.displayPrompt(true);
  }
}

function enterEditor(repl) {
  repl.editorMode = true;
  Reflect.apply(Interface.prototype.setPrompt, repl, ['']);
}

function leaveEditor(repl) {
  repl.editorMode = false;
  Reflect.apply(Interface.prototype.setPrompt, repl, [repl[kPrompt]]);
}

function setUpTerminal(repl, preview) {
  const write = repl._ttyWrite;
  repl.clearPreview = preview?.clear;
  repl._ttyWrite = (text, key) => {
    key ||= {};
    if (repl.editorMode && key.ctrl && key.name === 'd') {
      // Ctrl+D runs what was edited.
      if (repl.line !== '') {
        repl[kBuffered] += `${repl.line}\n`;
        repl.lines.push(repl.line);
        repl.line = '';
        repl.cursor = 0;
      }
      const code = repl[kBuffered];
      repl.lines.push('');
      leaveEditor(repl);
      repl.output.write('\n');
      repl[kBuffered] = '';
      evaluateInput(repl, code === '' ? '\n' : code, code);
      return;
    }
    if (repl.editorMode || preview === undefined) {
      Reflect.apply(write, repl, [text, key]);
      return;
    }
    preview.clear();
    Reflect.apply(write, repl, [text, key]);
    if (!repl.closed) {
      preview.show();
    }
  };
}

REPLServer.prototype.setupHistory = function setupHistory(historyConfig = {}, callback) {
  let file = historyConfig;
  let onReady = callback;
  if (historyConfig !== null && typeof historyConfig === 'object') {
    file = historyConfig.filePath;
    onReady ??= historyConfig.onHistoryFileLoaded;
  }
  onReady ??= () => {};
  validateFunction(onReady, 'callback');
  if (!this.terminal) {
    onReady(null, this);
    return;
  }
  require('internal/repl/history').setupHistory(this, file, onReady);
};

// --- completion ------------------------------------------------------------------------------------------------------

function completeLine(repl, text, callback) {
  let result;
  try {
    result = require('internal/repl/completion').complete(repl, text);
  } catch {
    result = [[], text];
  }
  callback(null, result);
}

REPLServer.prototype.complete = function complete() {
  Reflect.apply(this.completer, this, arguments);
};

REPLServer.prototype.completeOnEditorMode = (callback) => (error, results) => {
  if (error) {
    callback(error);
    return;
  }
  const [completions, completeOn = ''] = results;
  const names = completions.filter((name) => name !== '');
  let prefix = names[0] ?? '';
  for (const name of names) {
    while (!name.startsWith(prefix)) {
      prefix = prefix.slice(0, -1);
    }
  }
  callback(null, [prefix === '' ? [] : [prefix], completeOn]);
};

// --- commands --------------------------------------------------------------------------------------------------------

REPLServer.prototype.defineCommand = function defineCommand(keyword, command) {
  if (typeof command === 'function') {
    command = { action: command };
  } else {
    validateFunction(command.action, 'cmd.action');
  }
  this.commands[keyword] = command;
};

function defineCommands(repl) {
  repl.defineCommand('break', {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  });
  repl.defineCommand('clear', {
    help: repl.useGlobal ? 'Alias for .break' : 'Break, and also clear the local context',
    action() {
      this.clearBufferedCommand();
      if (!this.useGlobal) {
        this.output.write('Clearing context...\n');
        this.resetContext();
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('exit', {
    help: 'Exit the REPL',
    action() {
      this.close();
    },
  });
  repl.defineCommand('help', {
    help: 'Print this help message',
    action() {
      const names = Object.keys(this.commands).sort();
      const width = Math.max(...names.map((name) => name.length)) + 3;
      for (const name of names) {
        const { help } = this.commands[name];
        this.output.write(`.${name}${help ? ' '.repeat(width - name.length) + help : ''}\n`);
      }
      this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
      this.displayPrompt();
    },
  });
  repl.defineCommand('load', {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      loadFile(this, file);
    },
  });
  repl.defineCommand('save', {
    help: 'Save all evaluated commands in this REPL session to a file',
    action(file) {
      saveFile(this, file);
    },
  });
  if (repl.terminal) {
    defineEditor(repl);
  }
}

function defineEditor(repl) {
  repl.defineCommand('editor', {
    help: 'Enter editor mode',
    action() {
      enterEditor(this);
      this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
    },
  });
}

function missingFile(repl, file) {
  if (file !== '' && file !== undefined) {
    return false;
  }
  const { message } = new codes.ERR_MISSING_ARGS('file');
  repl.output.write(`${message}\n`);
  repl.displayPrompt();
  return true;
}

function saveFile(repl, file) {
  if (missingFile(repl, file)) {
    return;
  }
  try {
    require('fs').writeFileSync(file, repl.lines.join('\n'));
    repl.output.write(`Session saved to: ${file}\n`);
  } catch {
    repl.output.write(`Failed to save: ${file}\n`);
  }
  repl.displayPrompt();
}

function loadFile(repl, file) {
  if (missingFile(repl, file)) {
    return;
  }
  const fs = require('fs');
  let text;
  try {
    const stats = fs.statSync(file);
    if (!stats.isFile()) {
      repl.output.write(`Failed to load: ${file} is not a valid file\n`);
      repl.displayPrompt();
      return;
    }
    text = fs.readFileSync(file, 'utf8');
  } catch {
    repl.output.write(`Failed to load: ${file}\n`);
    repl.displayPrompt();
    return;
  }
  repl.clearBufferedCommand();
  repl.lines.push(...text.replace(/\n$/, '').split('\n'));
  evaluateInput(repl, text.endsWith('\n') ? text : `${text}\n`, text);
}

// --- the module ------------------------------------------------------------------------------------------------------

function start(prompt, source, eval_, useGlobal, ignoreUndefined, replMode) {
  return new REPLServer(prompt, source, eval_, useGlobal, ignoreUndefined, replMode);
}

for (const [name, of] of [['inputStream', 'input'], ['outputStream', 'output']]) {
  Object.defineProperty(REPLServer.prototype, name, {
    __proto__: null,
    configurable: true,
    get: deprecate(function() {
      return this[of];
    }, 'repl.inputStream and repl.outputStream are deprecated. Use repl.input and repl.output instead', 'DEP0141'),
    set: deprecate(function(value) {
      this[of] = value;
    }, 'repl.inputStream and repl.outputStream are deprecated. Use repl.input and repl.output instead', 'DEP0141'),
  });
}

let builtinModules = BuiltinModule.getAllBuiltinModuleIds().filter((id) => !id.startsWith('_') && !id.includes(':'));

module.exports = {
  start,
  writer,
  REPLServer,
  REPL_MODE_SLOPPY,
  REPL_MODE_STRICT,
  Recoverable,
  isValidSyntax: (code) => isValid(code, 'REPL', undefined),
};

for (const [name, code, instead] of [['builtinModules', 'DEP0191', 'repl.builtinModules'], ['_builtinLibs', 'DEP0142', 'repl._builtinLibs']]) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get: deprecate(() => builtinModules, `${instead} is deprecated. Check module.builtinModules instead`, code),
    set: deprecate((value) => {
      builtinModules = value;
    }, `${instead} is deprecated. Check module.builtinModules instead`, code),
  });
}
Object.defineProperty(module.exports, 'kStandalone', { __proto__: null, value: kStandalone });
setAttributes(REPLServer.prototype, Object.keys(REPLServer.prototype).filter((name) => name !== 'isStrict'), { __proto__: null, enumerable: false });

// SPDX-License-Identifier: MIT
'use strict';

// The global console: an object whose prototype is an empty object, with the methods bound to it. Its streams are
// process.stdout and process.stderr, made when something is first written.

const { Console, initState, bindMethod, methodNames } = require('internal/console/console');

const { streamForConsole } = require('internal/process/stdio');

const globalConsole = { __proto__: {} };

for (const name of methodNames) globalConsole[name] = bindMethod(Console.prototype[name], globalConsole, name);

// As in Node, where the inspector's methods stand before these.
for (const name of ['assert', 'dir', 'table']) {
  Object.defineProperty(globalConsole[name], 'length', { __proto__: null, value: 0, configurable: true });
}

let stdout;
let stderr;
initState(globalConsole, () => stdout ??= streamForConsole(1), () => stderr ??= streamForConsole(2), {
  ignoreErrors: true, colorMode: 'auto', inspectOptions: undefined, groupIndentation: 2, isStdio: true,
});

globalConsole.Console = Console;
// Hooks of the inspector; without one attached they do nothing, as in Node.
for (const name of ['profile', 'profileEnd', 'timeStamp', 'context', 'createTask']) {
  globalConsole[name] ??= name === 'context' ? { context(name) {} }.context : { [name]() {} }[name];
}

module.exports = globalConsole;

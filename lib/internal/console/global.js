// SPDX-License-Identifier: MIT
'use strict';

// The global console: an object whose prototype is an empty object, with the methods bound to it. Its streams are
// process.stdout and process.stderr, made when something is first written.

const { Console, initState, bindMethod, methodNames } = require('internal/console/console');

const globalConsole = { __proto__: {} };

for (const name of methodNames) globalConsole[name] = bindMethod(Console.prototype[name], globalConsole, name);

initState(globalConsole, () => process.stdout, () => process.stderr, {
  ignoreErrors: true, colorMode: 'auto', inspectOptions: undefined, groupIndentation: 2, isStdio: true,
});

globalConsole.Console = Console;
// Hooks of the inspector; without one attached they do nothing, as in Node.
for (const name of ['profile', 'profileEnd', 'timeStamp', 'context', 'createTask']) {
  globalConsole[name] ??= { [name]() {} }[name];
}

module.exports = globalConsole;

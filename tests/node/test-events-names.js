// SPDX-License-Identifier: MIT
// What 'newListener' tells of the listeners that once() and on() add.
'use strict';
const { EventEmitter, on, once } = require('events');

const emitter = new EventEmitter();
emitter.on('newListener', (name, listener) => console.log(name, JSON.stringify(listener.name)));
once(emitter, 'a').catch((err) => console.log(err.message));
on(emitter, 'b').next().catch((err) => console.log(err.message));
once(emitter, 'error').then((args) => console.log(args.length));
require('node:process').on('exit', (code) => console.log(code, require('process') === process));
emitter.emit('error', new Error('expected'));

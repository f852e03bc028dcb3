// SPDX-License-Identifier: MIT
'use strict';

// moveMessagePortToContext(): ports whose objects, events and messages belong to another context. They are no event targets;
// what comes goes to their property `onmessage`.

const { codes } = require('internal/errors');
const { webTypeError } = require('internal/validators');
const { contextOf, isContext } = require('internal/vm/context');
const { compileFunction } = internalBinding('contextify');
const binding = internalBinding('messaging');

// Runs in the context: everything that its programs get hold of is made there.
const kSource = `'use strict';
class MessagePort {
  constructor() { throw new TypeError('Illegal constructor'); }
  postMessage(...args) { return call(this, 'postMessage', args); }
  start() { return call(this, 'start', []); }
  close(...args) { return call(this, 'close', args); }
  ref() { return call(this, 'ref', []); }
  unref() { return call(this, 'unref', []); }
  hasRef() { return call(this, 'hasRef', []); }
}
return [MessagePort.prototype, (data, target, type, ports) => ({ data, target, type, ports })];`;

const makers = new WeakMap(); // context -> (handle) => port
const foreignPorts = new WeakSet();

function makerFor(context, { kHandle, transferListOf }) {
  const known = makers.get(context);
  if (known !== undefined) return known;

  function call(port, method, args) {
    const handle = foreignPorts.has(port) ? port[kHandle] : undefined;
    if (handle === undefined) return method === 'hasRef' ? false : undefined;
    switch (method) {
      case 'postMessage': {
        if (args.length === 0) throw new codes.ERR_MISSING_ARGS('message');
        handle.post(args[0], transferListOf(args[1]));
        return undefined;
      }
      case 'close':
        if (typeof args[0] === 'function') handle.closeCallback = args[0];
        return handle.close();
      default:
        return handle[method]();
    }
  }

  const make = compileFunction(kSource, 'node:internal/worker/foreign_port', 0, 0, undefined, contextOf(context).handle, ['call']);
  const { 0: prototype, 1: makeEvent } = make(call);
  const maker = (handle) => {
    const port = { __proto__: prototype };
    foreignPorts.add(port);
    Object.defineProperty(port, kHandle, { __proto__: null, value: handle, writable: true, enumerable: false });
    const tell = (type, data, ports) => {
      const listener = port[`on${type}`];
      if (typeof listener === 'function') Reflect.apply(listener, port, [makeEvent(data, port, type, ports)]);
    };
    handle.onmessage = (data, ports) => tell('message', data, ports);
    handle.onmessageerror = (error) => tell('messageerror', error, []);
    handle.onclose = () => {
      port[kHandle] = undefined;
      if (handle.closeCallback !== undefined) Reflect.apply(handle.closeCallback, port, []);
    };
    handle.ondetach = () => {
      port[kHandle] = undefined;
    };
    handle.ref();
    return port;
  };
  makers.set(context, maker);
  return maker;
}

function moveToContext(port, context, ports) {
  if (typeof context !== 'object' || context === null || !isContext(context)) throw webTypeError('Invalid context argument');
  if (port[ports.kHandle] === undefined) throw new codes.ERR_CLOSED_MESSAGE_PORT();
  return binding.move(port, contextOf(context).handle, makerFor(context, ports));
}

module.exports = { foreignPorts, moveToContext };

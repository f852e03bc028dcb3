// SPDX-License-Identifier: MIT
'use strict';

// A TLSWrap as the handle of a TLSSocket: what is no matter of TLS goes to the handle below, and closing one closes both.

const { TLSWrap } = internalBinding('tls_wrap');

const forwarded = [
  'ref', 'unref', 'hasRef', 'getFd', 'setBlocking', 'setNoDelay', 'setKeepAlive', 'getsockname', 'getpeername', 'open',
  'bind', 'listen', 'connect', 'fchmod',
];

for (const name of forwarded) {
  Object.defineProperty(TLSWrap.prototype, name, {
    __proto__: null,
    configurable: true,
    writable: true,
    value: function(...args) {
      return this._parent[name]?.(...args);
    },
  });
}

Object.defineProperty(TLSWrap.prototype, 'fd', {
  __proto__: null, configurable: true, get() {
    return this._parent.getFd?.() ?? -1;
  },
});

Object.defineProperty(TLSWrap.prototype, 'writeQueueSize', {
  __proto__: null, configurable: true, get() {
    return this.getWriteQueueSize();
  },
});

// The socket below, when there is one, closes its own handle.
TLSWrap.prototype.close = function(callback) {
  this.destroySSL();
  const socket = this._parentSocket;
  const done = () => callback?.();
  if (!socket) {
    this._parent.close(done);
  } else if (socket._handle === null || socket.destroyed) {
    if (socket.closed || socket._handle === null) process.nextTick(done);
    else socket.once('close', done);
  } else {
    socket.once('close', done);
    socket.destroy();
  }
};

TLSWrap.prototype.reset = function(callback) {
  this.destroySSL();
  const socket = this._parentSocket;
  if (!socket) return this._parent.reset ? this._parent.reset(() => callback?.()) : -22;
  socket.once('close', () => callback?.());
  socket.resetAndDestroy();
  return 0;
};

// A write never ends within the call that began it: what programs see of a stream's buffer is as with Node.
for (const name of ['writeBuffer', 'writeString']) {
  const write = TLSWrap.prototype[name];
  TLSWrap.prototype[name] = function(req, data, encoding) {
    const result = write.call(this, req, data, encoding);
    if (result !== 0) return result;
    setImmediate(writeDone, req);
    return 1;
  };
}

function writeDone(req) {
  req.oncomplete(0);
}

// Over `parent`, a native handle; `socket` is the net.Socket that owns it, if it is not the TLSSocket itself.
function wrapHandle(parent, socket, context, isServer) {
  const handle = new TLSWrap(parent, context, isServer);
  handle._parent = parent;
  handle._parentSocket = socket;
  handle._secureContext = context;
  handle.reading = false;
  return handle;
}

module.exports = { wrapHandle };

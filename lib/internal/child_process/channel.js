// SPDX-License-Identifier: MIT
'use strict';

// The IPC channel between a process and its child: messages over a pipe, one JSON text a line or one serialized value a
// length prefix, with handles attached. Both ends run this code, and Node's can be at the other.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { codes, ErrnoException } = require('internal/errors');
const { validateObject, validateBoolean } = require('internal/validators');
const { Pipe } = internalBinding('pipe_wrap');
const { TCP } = internalBinding('tcp_wrap');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_HANDLE_TYPE, ERR_IPC_CHANNEL_CLOSED, ERR_IPC_DISCONNECTED, ERR_MISSING_ARGS } = codes;

const UV_EPIPE = -32;
const MAX_QUEUED = 128 * 1024; // bytes waiting in the pipe beyond which send() asks for patience
const MAX_HANDLE_RETRIES = 3;
const NEWLINE = 10;
const PREFIX = 'NODE_';
// The wire's name for the kinds whose `process.send` callers hold objects of.
const HANDLE = 'NODE_HANDLE';
const HANDLE_ACK = 'NODE_HANDLE_ACK';
const HANDLE_NACK = 'NODE_HANDLE_NACK';

const kChannel = Symbol('channel');
const kPending = Symbol('pendingMessage');

// What process.channel and child.channel are.
class Control extends EventEmitter {
  #channel;
  #refs = 0;
  #forced;

  constructor(channel) {
    super();
    this.#channel = channel;
  }

  // Listeners of 'message' and 'disconnect' keep the process waiting for them, unless ref() or unref() said otherwise.
  refCounted() {
    if (++this.#refs === 1 && this.#forced === undefined) {
      this.#channel.ref();
    }
  }

  unrefCounted() {
    if (--this.#refs === 0 && this.#forced === undefined) {
      this.#channel.unref();
      this.emit('unref');
    }
  }

  ref() {
    this.#forced = true;
    this.#channel.ref();
  }

  unref() {
    this.#forced = false;
    this.#channel.unref();
  }

  get fd() {
    return this.#channel.fd;
  }
}

// --- serialization ------------------------------------------------------------------------------------------------

const json = {
  encode(message) {
    return Buffer.from(`${JSON.stringify(message)}\n`);
  },
  // A decoder has its rest of an unfinished message. take(message) for each whole one.
  decoder() {
    let rest = [];
    return (bytes, take) => {
      let from = 0;
      for (let end; (end = bytes.indexOf(NEWLINE, from)) !== -1; from = end + 1) {
        let line = bytes.subarray(from, end);
        if (rest.length > 0) {
          rest.push(line);
          line = Buffer.concat(rest);
          rest = [];
        }
        take(JSON.parse(line.toString('utf8')));
      }
      if (from < bytes.length) {
        rest.push(bytes.subarray(from));
      }
    };
  },
};

const LENGTH = 4; // bytes of an advanced message's length, big-endian

const advanced = {
  encode(message) {
    const { DefaultSerializer } = require('v8');
    const serializer = new DefaultSerializer();
    serializer.writeHeader();
    serializer.writeValue(message);
    const body = serializer.releaseBuffer();
    const out = Buffer.allocUnsafe(LENGTH + body.length);
    out.writeUInt32BE(body.length);
    out.set(body, LENGTH);
    return out;
  },
  decoder() {
    const { DefaultDeserializer } = require('v8');
    let rest = Buffer.alloc(0);
    return (bytes, take) => {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      while (rest.length >= LENGTH) {
        const size = rest.readUInt32BE();
        if (rest.length < LENGTH + size) {
          break;
        }
        const body = Buffer.from(rest.subarray(LENGTH, LENGTH + size));
        rest = rest.subarray(LENGTH + size);
        const deserializer = new DefaultDeserializer(body);
        deserializer.readHeader();
        take(deserializer.readValue());
      }
    };
  },
};

// --- handles ------------------------------------------------------------------------------------------------------

// How each kind of object that can be sent gives its handle away and is made anew.
const kinds = {
  '__proto__': null,
  'net.Native': {
    send: (message, handle) => handle,
    receive: (message, handle, emit) => emit(handle),
  },
  'net.Server': {
    simultaneousAccepts: true,
    send: (message, server) => server._handle,
    receive(message, handle, emit) {
      const server = new (require('net').Server)();
      server.listen(handle, () => emit(server));
    },
  },
  'net.Socket': {
    send(message, socket, options, target) {
      const handle = socket._handle;
      if (!handle) {
        return undefined;
      }
      if (socket.server && target.pid !== process.pid) {
        message.key = require('internal/child_process/socket_list').sentTo(target, socket.server);
        if (!options.keepOpen) {
          // The child counts it from now on.
          socket.server._connections--;
          socket._server = null;
        }
      }
      if (!options.keepOpen) {
        handle.onread = () => {};
        handle.readStop();
        socket._handle = null;
        socket.setTimeout(0);
        // The HTTP parser of a server's socket has nothing to read any more.
        socket.parser?.free?.();
      }
      return handle;
    },
    afterSend(message, handle, options) {
      if (handle && !options.keepOpen) {
        handle.close();
      }
    },
    receive(message, handle, emit, target) {
      const { Socket } = require('net');
      const socket = new Socket({ handle, readable: true, writable: true });
      if (message.key) {
        require('internal/child_process/socket_list').receivedFrom(target, message.key, socket);
      }
      emit(socket);
    },
  },
  'dgram.Native': {
    send: (message, handle) => handle,
    receive: (message, handle, emit) => emit(handle),
  },
  'dgram.Socket': {
    send(message, socket) {
      message.dgramType = socket.type;
      return socket[dgramState()].handle;
    },
    receive(message, handle, emit) {
      const socket = new (require('dgram').Socket)(message.dgramType);
      socket.bind(handle, () => emit(socket));
    },
  },
};

function dgramState() {
  return require('internal/dgram').kState;
}

function kindOf(handle) {
  const net = require('net');
  if (handle instanceof net.Socket) {
    return 'net.Socket';
  }
  if (handle instanceof net.Server) {
    return 'net.Server';
  }
  if (handle instanceof TCP || handle instanceof Pipe) {
    return 'net.Native';
  }
  if (handle instanceof require('dgram').Socket) {
    return 'dgram.Socket';
  }
  if (handle instanceof internalBinding('udp_wrap').UDP) {
    return 'dgram.Native';
  }
  throw new ERR_INVALID_HANDLE_TYPE();
}

// A message of the library's own, told as 'internalMessage'.
function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > PREFIX.length && message.cmd.startsWith(PREFIX);
}

// --- the channel --------------------------------------------------------------------------------------------------

// Gives `target` (a ChildProcess, or process in a child) send(), disconnect(), connected, channel and their events.
function setupChannel(target, channel, mode) {
  const format = mode === 'advanced' ? advanced : json;
  const control = new Control(channel);
  const decode = format.decoder();
  target.channel = control;
  target[kChannel] = channel;
  target._handleQueue = null;
  target._pendingMessage = null;
  target[kPending] = [];
  let inTransit = 0; // messages told to listeners at a later tick

  function emitLater(event, message, handle) {
    inTransit++;
    process.nextTick(() => {
      inTransit--;
      target.emit(event, message, handle);
    });
  }

  function take(message) {
    if (!isInternal(message)) {
      emitMessage(message, undefined);
      return;
    }
    if (message.cmd === HANDLE) {
      takeHandle(message);
    } else if (message.cmd === HANDLE_ACK || message.cmd === HANDLE_NACK) {
      onHandleAnswer(message.cmd === HANDLE_NACK);
    } else {
      emitLater('internalMessage', message, channel.takePending());
    }
  }

  // Messages wait for the first listener of a child that has none yet.
  function emitMessage(message, handle) {
    if (target.listenerCount('message') > 0 || !target[kPending]) {
      emitLater('message', message, handle);
    } else {
      target[kPending].push([message, handle]);
    }
  }

  function takeHandle(message) {
    const handle = channel.takePending();
    // Told first, so that the sender goes on even when the handle is of no use here.
    if (handle === undefined) {
      target._send({ cmd: HANDLE_NACK });
      return;
    }
    target._send({ cmd: HANDLE_ACK });
    const kind = kinds[message.type];
    if (!kind) {
      handle.close();
      return;
    }
    kind.receive(message, handle, (object) => {
      if (isInternal(message.msg)) {
        emitLater('internalMessage', message.msg, object);
      } else {
        emitMessage(message.msg, object);
      }
    }, target);
  }

  // The other side has (or has not) got the handle sent last: send it again, or what waited behind it.
  function onHandleAnswer(refused) {
    const sent = target._pendingMessage;
    if (sent && refused && sent.retries++ < MAX_HANDLE_RETRIES) {
      channel.writeHandle(sent.req, sent.bytes, sent.handle);
      return;
    }
    if (sent) {
      if (refused) {
        process.emitWarning('Handle did not reach the receiving process correctly', 'SentHandleNotReceivedWarning');
      }
      sent.kind.afterSend?.(sent.message, sent.handle, sent.options);
      target._pendingMessage = null;
    }
    const queue = target._handleQueue;
    target._handleQueue = null;
    for (const args of queue ?? []) {
      target._send(...args);
    }
    if (!target.connected && target[kChannel] && !target._handleQueue) {
      target._disconnect();
    }
  }

  channel.onread = (count, bytes) => {
    if (count > 0) {
      decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), take);
      return;
    }
    channel.readStop();
    closeChannel();
  };

  function closeChannel() {
    if (!target[kChannel]) {
      return;
    }
    target[kChannel] = null;
    target.channel = null;
    target.connected = false;
    const unanswered = target._pendingMessage;
    if (unanswered) {
      unanswered.kind.afterSend?.(unanswered.message, unanswered.handle, unanswered.options);
      target._pendingMessage = null;
    }
    channel.close();
    const finish = () => {
      // What was read before the end is heard before it.
      if (inTransit > 0) {
        process.nextTick(finish);
        return;
      }
      target.emit('disconnect');
      target._onChannelClosed?.();
    };
    process.nextTick(finish);
  }

  target.on('newListener', (event) => {
    if (event !== 'message' || !target[kPending]?.length) {
      return;
    }
    process.nextTick(() => {
      const waiting = target[kPending].splice(0);
      for (const { 0: message, 1: handle } of waiting) {
        target.emit('message', message, handle);
      }
    });
  });

  target.send = function send(message, handle, options, callback) {
    if (typeof handle === 'function') {
      callback = handle;
      handle = undefined;
      options = undefined;
    } else if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined) {
      validateObject(options, 'options');
    }
    options = { swallowErrors: false, ...options };
    if (target.connected) {
      return target._send(message, handle, options, callback);
    }
    const error = new ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') {
      process.nextTick(callback, error);
    } else {
      process.nextTick(() => target.emit('error', error));
    }
    return false;
  };

  target._send = function _send(message, handle, options, callback) {
    if (message === undefined) {
      throw new ERR_MISSING_ARGS('message');
    }
    if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
      throw new ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    // A flag was the options once.
    options = typeof options === 'boolean' ? { swallowErrors: options } : options ?? {};
    if (!target[kChannel]) {
      return false;
    }
    if (handle) {
      if (options.keepOpen !== undefined) {
        validateBoolean(options.keepOpen, 'options.keepOpen');
      }
      return sendHandle(message, handle, options, callback);
    }
    if (target._handleQueue && !(message && (message.cmd === HANDLE_ACK || message.cmd === HANDLE_NACK))) {
      target._handleQueue.push([message, undefined, options, callback]);
      return target._handleQueue.length < MAX_QUEUED;
    }
    return write(format.encode(message), options, callback);
  };

  function write(bytes, options, callback) {
    const req = { oncomplete: (status) => written(status, options, callback) };
    const status = channel.writeBuffer(req, bytes);
    if (status === 0) {
      if (typeof callback === 'function') {
        process.nextTick(callback, null);
      }
    } else if (status < 0) {
      process.nextTick(written, status, options, callback);
    }
    return channel.getWriteQueueSize() < MAX_QUEUED;
  }

  function written(status, options, callback) {
    if (status === 0) {
      callback?.(null);
      return;
    }
    if (status === UV_EPIPE && options.swallowErrors !== false && options.swallowErrors !== undefined) {
      callback?.(null);
      return;
    }
    const error = new ErrnoException(status, 'write');
    if (typeof callback === 'function') {
      callback(error);
    } else if (!options.swallowErrors) {
      target.emit('error', error);
    }
  }

  function sendHandle(message, object, options, callback) {
    const type = kindOf(object);
    const kind = kinds[type];
    if (target._handleQueue) {
      target._handleQueue.push([message, object, options, callback]);
      return target._handleQueue.length < MAX_QUEUED;
    }
    const envelope = { cmd: HANDLE, type, msg: message };
    const handle = kind.send(envelope, object, options, target);
    if (!handle) {
      // A socket that closed meanwhile: the message goes alone.
      return write(format.encode(message), options, callback);
    }
    const bytes = format.encode(envelope);
    const req = { oncomplete: (status) => written(status, options, callback) };
    const status = channel.writeHandle(req, bytes, handle);
    if (status < 0) {
      kind.afterSend?.(message, handle, options);
      process.nextTick(written, status, options, callback);
      return channel.getWriteQueueSize() < MAX_QUEUED;
    }
    target._handleQueue = [];
    target._pendingMessage = { message, handle, options, kind, bytes, req, retries: 0 };
    return channel.getWriteQueueSize() < MAX_QUEUED;
  }

  target.connected = true;

  target.disconnect = function disconnect() {
    if (!target.connected) {
      target.emit('error', new ERR_IPC_DISCONNECTED());
      return;
    }
    // Nothing more is sent; what waits for an answer to its handle is.
    target.connected = false;
    target._disconnect();
  };

  target._disconnect = function _disconnect() {
    if (target._handleQueue) {
      return;
    }
    process.nextTick(() => {
      if (channel.getWriteQueueSize() > 0) {
        const req = { oncomplete: () => closeChannel() };
        if (channel.shutdown(req) === 0) {
          return;
        }
      }
      closeChannel();
    });
  };

  channel.readStart();
  return control;
}

// process.send() and its kin in a child whose parent said where the channel is.
function setupChild(fd, mode) {
  const channel = new Pipe(internalBinding('pipe_wrap').constants.IPC);
  channel.open(fd);
  channel.unref();
  const control = setupChannel(process, channel, mode);
  process.on('newListener', (name) => {
    if (name === 'message' || name === 'disconnect') {
      control.refCounted();
    }
  });
  process.on('removeListener', (name) => {
    if (name === 'message' || name === 'disconnect') {
      control.unrefCounted();
    }
  });
}

module.exports = { setupChannel, setupChild };

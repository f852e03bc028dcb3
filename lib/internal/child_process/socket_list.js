// SPDX-License-Identifier: MIT
'use strict';

// A server whose connections were sent to children still counts them, and closes only when they are closed: for each
// child and server the sender keeps a SentSockets, which asks, and the receiver a ReceivedSockets, which answers.

const EventEmitter = require('events');
const { codes: { ERR_CHILD_CLOSED_BEFORE_REPLY } } = require('internal/errors');

class SentSockets extends EventEmitter {
  constructor(child, key) {
    super();
    this.key = key;
    this.child = child;
    child.once('exit', () => this.emit('exit', this));
  }

  #ask(message, answer, callback) {
    const { child, key } = this;
    if (!child.connected) {
      callback(null, { count: 0 });
      return;
    }
    const stop = () => {
      child.removeListener('internalMessage', onMessage);
      this.removeListener('exit', onExit);
    };
    const onMessage = (reply) => {
      if (reply.cmd === answer && reply.key === key) {
        stop();
        callback(null, reply);
      }
    };
    const onExit = () => {
      stop();
      callback(new ERR_CHILD_CLOSED_BEFORE_REPLY());
    };
    this.once('exit', onExit);
    child.on('internalMessage', onMessage);
    child._send({ cmd: message, key }, undefined, true, (error) => {
      if (error) {
        stop();
        callback(error);
      }
    });
  }

  // callback() when the child has none of them open any more.
  close(callback) {
    this.#ask('NODE_SOCKET_NOTIFY_CLOSE', 'NODE_SOCKET_ALL_CLOSED', () => callback());
  }

  getConnections(callback) {
    this.#ask('NODE_SOCKET_GET_COUNT', 'NODE_SOCKET_COUNT', (error, reply) => callback(error, reply?.count ?? 0));
  }
}

class ReceivedSockets extends EventEmitter {
  constructor(parent, key) {
    super();
    this.connections = 0;
    const answer = (message) => {
      if (parent._send && parent.channel) {
        parent._send({ ...message, key }, undefined, true);
      }
    };
    parent.on('internalMessage', (message) => {
      if (message.key !== key) {
        return;
      }
      if (message.cmd === 'NODE_SOCKET_NOTIFY_CLOSE') {
        if (this.connections === 0) {
          answer({ cmd: 'NODE_SOCKET_ALL_CLOSED' });
        } else {
          this.once('empty', () => answer({ cmd: 'NODE_SOCKET_ALL_CLOSED' }));
        }
      } else if (message.cmd === 'NODE_SOCKET_GET_COUNT') {
        answer({ cmd: 'NODE_SOCKET_COUNT', count: this.connections });
      }
    });
  }

  add(socket) {
    this.connections++;
    socket.once('close', () => {
      if (--this.connections === 0) {
        this.emit('empty');
      }
    });
  }
}

const kLists = Symbol('socketLists');

// The list of a kind that a channel's end has for a server's key.
function listOf(target, key, List) {
  target[kLists] ??= new Map();
  const name = `${List.name}:${key}`;
  let list = target[kLists].get(name);
  if (list === undefined) {
    target[kLists].set(name, list = new List(target, key));
  }
  return list;
}

// A connection of `server` goes to `child`; the key that goes with it.
function sentTo(child, server) {
  const key = server._connectionKey;
  const list = listOf(child, key, SentSockets);
  server._workers ??= [];
  if (!server._workers.includes(list)) {
    server._workers.push(list);
    list.once('exit', () => {
      server._workers = server._workers.filter((one) => one !== list);
    });
  }
  return key;
}

function receivedFrom(parent, key, socket) {
  listOf(parent, key, ReceivedSockets).add(socket);
}

module.exports = { receivedFrom, sentTo };

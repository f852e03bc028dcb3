// SPDX-License-Identifier: MIT
'use strict';

// What the primary keeps for each address its workers listen on: a handle all of them share, or one the primary accepts
// on itself, giving each connection to the next free worker.

const { send } = require('internal/cluster/messages');

// add(worker, reply): reply(errno, data, handle). remove(worker): true when no worker is left and the handle is closed.
class SharedHandle {
  #workers = new Map();
  #handle = null;
  #errno = 0;

  constructor(key, address, { port, addressType, fd, flags }) {
    const made = addressType === 'udp4' || addressType === 'udp6' ?
      require('internal/cluster/udp').createHandle(address, port, addressType, fd, flags) :
      require('net')._createServerHandle(address, port, addressType, fd, flags);
    if (typeof made === 'number') {
      this.#errno = made;
    } else {
      this.#handle = made;
    }
  }

  add(worker, reply) {
    this.#workers.set(worker.id, worker);
    reply(this.#errno, null, this.#handle);
  }

  has(worker) {
    return this.#workers.has(worker.id);
  }

  remove(worker) {
    if (!this.#workers.delete(worker.id) || this.#workers.size > 0) {
      return false;
    }
    this.#handle?.close();
    this.#handle = null;
    return true;
  }
}

class RoundRobinHandle {
  #key;
  #all = new Map();
  #free = new Map(); // workers that wait for a connection, longest first
  #connections = []; // accepted, and no worker is free
  #handle = null;
  #server;

  constructor(key, address, { port, fd, flags, backlog, readableAll, writableAll }) {
    this.#key = key;
    const server = this.#server = require('net').createServer();
    if (fd >= 0) {
      server.listen({ fd, backlog });
    } else if (port >= 0) {
      server.listen({ port, host: address, ipv6Only: Boolean(flags & 1), backlog });
    } else {
      server.listen({ path: address, backlog, readableAll, writableAll });
    }
    server.once('listening', () => {
      this.#handle = server._handle;
      this.#handle.onconnection = (error, handle) => this.#distribute(error, handle);
      server._handle = null;
      this.#server = null;
    });
  }

  add(worker, reply) {
    this.#all.set(worker.id, worker);
    const ready = () => {
      const sockname = this.#handle.getsockname?.();
      reply(null, sockname === undefined ? null : { sockname }, null);
      this.#handOff(worker);
    };
    if (this.#server === null) {
      ready();
      return;
    }
    this.#server.once('listening', ready);
    this.#server.once('error', (error) => reply(error.errno, null));
  }

  has(worker) {
    return this.#all.has(worker.id);
  }

  remove(worker) {
    if (!this.#all.delete(worker.id)) {
      return false;
    }
    this.#free.delete(worker.id);
    if (this.#all.size > 0) {
      return false;
    }
    for (const handle of this.#connections.splice(0)) {
      handle.close();
    }
    this.#handle?.close();
    this.#handle = null;
    return true;
  }

  #distribute(error, handle) {
    // As many as can be accepted will be tried again by the loop.
    if (error || !handle) {
      return;
    }
    this.#connections.push(handle);
    const next = this.#free.entries().next();
    if (!next.done) {
      this.#free.delete(next.value[0]);
      this.#handOff(next.value[1]);
    }
  }

  #handOff(worker) {
    if (!this.#all.has(worker.id)) {
      return;
    }
    const handle = this.#connections.shift();
    if (handle === undefined) {
      this.#free.set(worker.id, worker);
      return;
    }
    send(worker.process, { act: 'newconn', key: this.#key }, handle, (reply) => {
      if (reply.accepted) {
        handle.close();
      } else {
        this.#distribute(0, handle);
      }
      this.#handOff(worker);
    });
  }
}

module.exports = { RoundRobinHandle, SharedHandle };

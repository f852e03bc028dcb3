// SPDX-License-Identifier: MIT
'use strict';

// A first-in, first-out queue in fixed blocks: pushing and shifting never move or copy what is queued. One empty
// block is kept for the next turn.

const SIZE = 1024;

class Block {
  constructor() {
    this.head = 0;
    this.tail = 0;
    this.next = null;
    this.list = new Array(SIZE);
  }
}

module.exports = class FixedQueue {
  constructor() {
    this.first = this.last = new Block();
    this.spare = null;
  }

  isEmpty() {
    const { first } = this;
    return first.head === first.tail && first.next === null;
  }

  push(item) {
    let { last } = this;
    if (last.tail === SIZE) {
      const block = this.spare ?? new Block();
      this.spare = null;
      last.next = block;
      this.last = last = block;
    }
    last.list[last.tail++] = item;
  }

  // The oldest item, or null.
  shift() {
    let { first } = this;
    if (first.head === first.tail) {
      if (first.next === null) {
        first.head = first.tail = 0;
        return null;
      }
      const emptied = first;
      this.first = first = emptied.next;
      emptied.next = null;
      emptied.head = emptied.tail = 0;
      this.spare = emptied;
    }
    const item = first.list[first.head];
    first.list[first.head++] = undefined;
    if (first.head === first.tail && first.next === null) {
      first.head = first.tail = 0;
    }
    return item;
  }
};

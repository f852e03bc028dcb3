// SPDX-License-Identifier: MIT
'use strict';

// A binary heap of objects by their numeric `expiry`, smallest first. Each object knows its place
// (`priorityQueuePosition`), so one whose expiry changed, or that leaves early, is found at once.

module.exports = class PriorityQueue {
  constructor() {
    this.heap = [];
  }

  peek() {
    return this.heap[0];
  }

  insert(item) {
    this.heap.push(item);
    this.siftUp(this.heap.length - 1);
  }

  // The first item's expiry grew.
  percolateDown() {
    this.siftDown(0);
  }

  shift() {
    const first = this.heap[0];
    if (first !== undefined) {
      this.removeAt(0);
    }
    return first;
  }

  removeAt(index) {
    const { heap } = this;
    const last = heap.pop();
    if (index < heap.length) {
      heap[index] = last;
      last.priorityQueuePosition = index;
      this.siftDown(index);
      this.siftUp(index);
    }
  }

  siftUp(index) {
    const { heap } = this;
    const item = heap[index];
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (heap[parent].expiry <= item.expiry) {
        break;
      }
      heap[index] = heap[parent];
      heap[index].priorityQueuePosition = index;
      index = parent;
    }
    heap[index] = item;
    item.priorityQueuePosition = index;
  }

  siftDown(index) {
    const { heap } = this;
    const item = heap[index];
    const count = heap.length;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= count) {
        break;
      }
      if (child + 1 < count && heap[child + 1].expiry < heap[child].expiry) {
        child++;
      }
      if (heap[child].expiry >= item.expiry) {
        break;
      }
      heap[index] = heap[child];
      heap[index].priorityQueuePosition = index;
      index = child;
    }
    heap[index] = item;
    item.priorityQueuePosition = index;
  }
};

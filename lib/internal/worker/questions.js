// SPDX-License-Identifier: MIT
'use strict';

// What a Worker object asks its thread, and the thread's answers.

const { kinds } = require('internal/worker');

const answers = {
  __proto__: null,
  heapSnapshot: ({ exposeNumericValues }) => internalBinding('v8').heapSnapshot(exposeNumericValues),
  heapStatistics: () => require('v8').getHeapStatistics(),
};

function answer(port, { id, question, details }) {
  try {
    const value = answers[question](details);
    // Bytes move over instead of being copied.
    const transfer = question === 'heapSnapshot' ? value.map((chunk) => chunk.buffer) : [];
    port.postMessage({ kind: kinds.answer, id, value }, transfer);
  } catch (error) {
    port.postMessage({ kind: kinds.answer, id, error });
  }
}

module.exports = { answer };

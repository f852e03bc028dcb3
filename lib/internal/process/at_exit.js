// SPDX-License-Identifier: MIT
'use strict';

// What is done when a thread's program has ended, after its 'exit' listeners: profiles and coverage are written.

const { setAtExit } = internalBinding('process');

const tasks = [];

function atExit(fn) {
  if (tasks.length === 0) {
    setAtExit(() => {
      for (const task of tasks) task();
    });
  }
  tasks.push(fn);
}

module.exports = { atExit };

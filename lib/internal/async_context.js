// SPDX-License-Identifier: MIT
'use strict';

// The async context frame, which carries the values of AsyncLocalStorage to what is done later. Until a program first
// sets one there is nothing to carry, and ticks and timers do not ask.

const { getFrame, setFrame } = internalBinding('async_context');

const frames = { areUsed: false };

function currentFrame() {
  return frames.areUsed ? getFrame() : undefined;
}

// For whoever calls back later: the frame of the time when it was asked to.
function restoreFrame(frame) {
  if (frames.areUsed) setFrame(frame);
}

// fn.apply(self, args) in that frame, which ends with the call.
function callInFrame(frame, fn, self, args) {
  const previous = currentFrame();
  restoreFrame(frame);
  try {
    return Reflect.apply(fn, self, args);
  } finally {
    restoreFrame(previous);
  }
}

// For AsyncLocalStorage and its kin.
function enterFrame(frame) {
  frames.areUsed = true;
  setFrame(frame);
}

// Whether async hooks are on; `module` is internal/async_hooks then, and beforeImmediates() what it has to tell.
// beforeExit(): what sets the exit code when the loop has run dry.
// `trace` is internal/trace_events while it writes events of the library.
const hooks = { areOn: false, module: undefined, beforeImmediates: undefined, beforeExit: undefined, trace: undefined };

module.exports = { hooks, callInFrame, currentFrame, enterFrame, frames, restoreFrame };

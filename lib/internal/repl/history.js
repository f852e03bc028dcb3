// SPDX-License-Identifier: MIT
'use strict';

// The history file of the REPL: read when it starts, newest line first, and written a little after each line.

const fs = require('fs');
const path = require('path');

const FLUSH_DELAY = 15;

const unavailable = '\nError: Could not open history file.\nREPL session history will not be persisted.\n';

function setupHistory(repl, file, onReady) {
  if (typeof file === 'string' && file.trim() === '') {
    // NODE_REPL_HISTORY='' turns it off.
    onReady(null, repl);
    return;
  }
  if (file === undefined || file === null) {
    try {
      file = path.join(require('os').homedir(), '.node_repl_history');
    } catch {
      warn(repl);
      onReady(null, repl);
      return;
    }
  }
  repl.pause();
  fs.open(file, 'a+', 0o600, (error, fd) => {
    if (error) {
      warn(repl);
      repl.resume();
      onReady(null, repl);
      return;
    }
    fs.close(fd, () => {
      fs.readFile(file, 'utf8', (failure, text) => {
        if (failure) {
          onReady(failure);
          return;
        }
        start(repl, file, text);
        onReady(null, repl);
      });
    });
  });
}

function warn(repl) {
  repl.output.write(unavailable);
  repl.displayPrompt(true);
}

function start(repl, file, text) {
  const { historySize } = repl;
  repl.history = text === '' ? [] : text.split(/\r?\n+/).filter((line) => line !== '').slice(0, historySize);
  repl.historyIndex = -1;
  let timer = null;
  let isWriting = false;
  let isPending = false;
  function flush() {
    timer = null;
    if (isWriting) {
      isPending = true;
      return;
    }
    isWriting = true;
    fs.writeFile(file, repl.history.join('\n'), { mode: 0o600 }, () => {
      isWriting = false;
      if (isPending) {
        isPending = false;
        flush();
      } else {
        repl.historyIsFlushing = false;
        repl.emit('flushHistory');
      }
    });
  }
  repl.on('line', () => {
    repl.historyIsFlushing = true;
    if (timer !== null) {
      clearTimeout(timer);
    }
    timer = setTimeout(flush, FLUSH_DELAY);
  });
  repl.once('exit', () => {
    if (timer !== null) {
      clearTimeout(timer);
      flush();
    }
  });
  if (!repl.closed) {
    repl.resume();
  }
}

module.exports = { setupHistory };

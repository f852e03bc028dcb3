// SPDX-License-Identifier: MIT
'use strict';

// Whether to colour what goes to a stream: the environment first (FORCE_COLOR, NO_COLOR...), then the terminal.

module.exports = {
  blue: '',
  green: '',
  white: '',
  yellow: '',
  red: '',
  gray: '',
  clear: '',
  reset: '',
  hasColors: false,
  shouldColorize(stream) {
    if (process.env.FORCE_COLOR !== undefined) {
      return require('tty').WriteStream.prototype.getColorDepth() > 2;
    }
    return Boolean(stream?.isTTY && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true));
  },
  refresh() {
    const on = module.exports.shouldColorize(process.stderr);
    const { inspect } = require('internal/util/inspect');
    for (const name of ['blue', 'green', 'white', 'yellow', 'red', 'gray', 'reset']) {
      module.exports[name] = on ? `\u001b[${inspect.colors[name][0]}m` : '';
    }
    module.exports.clear = on ? '\u001bc' : '';
    module.exports.hasColors = on;
  },
};

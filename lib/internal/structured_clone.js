// SPDX-License-Identifier: MIT
'use strict';

// structuredClone  https://html.spec.whatwg.org/#structured-cloning: a message to oneself.

const { codes } = require('internal/errors');
const { transferListOf } = require('internal/worker/ports');
const binding = internalBinding('messaging');

function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['Object', 'null', 'undefined'], options);
  }
  const transfer = options?.transfer;
  return binding.structuredClone(value, transfer === undefined || transfer === null ? undefined :
    transferListOf(transfer, 'options.transfer'));
}

module.exports = { structuredClone };

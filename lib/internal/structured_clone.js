// SPDX-License-Identifier: MIT
'use strict';

// structuredClone  https://html.spec.whatwg.org/#structured-cloning: a message to oneself.

const { codes } = require('internal/errors');
const { transferListOf } = require('internal/worker/ports');
const { webTypeError } = require('internal/validators');
const binding = internalBinding('messaging');

function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument must be specified');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw webTypeError("Failed to execute 'structuredClone': Options cannot be converted to a dictionary");
  }
  const transfer = options?.transfer;
  return binding.structuredClone(value, transfer === undefined || transfer === null ? undefined :
    transferListOf(transfer, 'options.transfer'));
}

module.exports = { structuredClone };

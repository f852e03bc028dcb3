// SPDX-License-Identifier: MIT
'use strict';

// stream/promises: pipeline() and finished() that return promises.

const { finishedPromise } = require('internal/streams/end-of-stream');
const { pipelinePromise } = require('internal/streams/pipeline');

Object.defineProperty(finishedPromise, 'name', { __proto__: null, value: 'finished', configurable: true });
Object.defineProperty(pipelinePromise, 'name', { __proto__: null, value: 'pipeline', configurable: true });

module.exports = { finished: finishedPromise, pipeline: pipelinePromise };

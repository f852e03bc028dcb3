// SPDX-License-Identifier: MIT
'use strict';

// What sessions, streams and the compatibility layer know of each other.

const names = [
  'kAuthority',
  'kDestroyCode',
  'kFileArguments',
  'kFlush',
  'kFrame',
  'kGoawayCode',
  'kHandle',
  'kHeadRequest',
  'kID',
  'kMaybeDestroy',
  'kOnClose',
  'kOnData',
  'kOnEnd',
  'kOnWantTrailers',
  'kPendingRemove',
  'kMeasure',
  'kProceed',
  'kProtocol',
  'kReady',
  'kRemoveStream',
  'kResponseHeaders',
  'kSendFile',
  'kSendResponse',
  'kSentHeaders',
  'kSentInfoHeaders',
  'kSentTrailers',
  'kServer',
  'kSession',
  'kState',
  'kStreams',
  'kTimer',
  'kTouch',
];

const symbols = { __proto__: null };
for (const name of names) symbols[name] = Symbol(name);

module.exports = symbols;

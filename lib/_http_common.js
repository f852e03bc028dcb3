// SPDX-License-Identifier: MIT
'use strict';

// What the HTTP client and server share: the parser and its pool, tokens, the current date.

const { HTTPParser, methods, isHeaderText } = internalBinding('http_parser');
const { Buffer } = require('buffer');
const { IncomingMessage } = require('_http_incoming');

const { kOnBody, kOnExecute, kOnHead, kOnHeaders, kOnMessageComplete, kOnTimeout } = HTTPParser;
const kParserPoolSize = 1000;

const defaultMaxHeaderSize = require('internal/options').getOptionValue('--max-http-header-size') || 0;

const tokenPattern = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

const checkIsHttpToken = (text) => tokenPattern.test(text);
// Anything but TAB and the printable characters of Latin-1.
const checkInvalidHeaderChar = (text) => !isHeaderText(`${text}`);

// --- the date, made anew once a second -----------------------------------------------------------------------------

let dateText;
let dateUntil = 0;

function utcDate() {
  const now = Date.now();
  if (now >= dateUntil) {
    dateText = new Date(now).toUTCString();
    dateUntil = now - now % 1000 + 1000;
  }
  return dateText;
}

// --- parsers --------------------------------------------------------------------------------------------------------

// Header pairs that come apart from the head: trailers.
function onHeaders(headers) {
  this.loose = this.loose === null ? headers : this.loose.concat(headers);
}

function onBody(chunk) {
  const message = this.incoming;
  if (message === null || message._dumped) return;
  if (!message.push(chunk) && this.socket !== null) {
    message._paused = true;
    this.socket.pause();
  }
}

function onMessageComplete() {
  const message = this.incoming;
  if (message !== null) {
    message.complete = true;
    if (this.loose !== null) message.rawTrailers = this.loose;
    this.loose = null;
    message.push(null);
  }
  if (this.onComplete !== null) this.onComplete();
}

function clean(parser) {
  parser.incoming = null;
  parser.socket = null;
  parser.owner = null;
  parser.messageClass = IncomingMessage;
  parser.joinDuplicateHeaders = false;
  parser.onComplete = null;
  parser.loose = null;
  parser[kOnHead] = parser[kOnExecute] = parser[kOnTimeout] = undefined;
  return parser;
}

const pool = [];
// Given back within a call of theirs, free when that has ended.
const busy = [];
const kBusyMax = 100;
const parsers = {
  max: kParserPoolSize,
  alloc() {
    if (pool.length > 0) return pool.pop();
    if (busy.length > 0 && busy[0].free()) return busy.shift();
    const parser = clean(new HTTPParser());
    parser[kOnHeaders] = onHeaders;
    parser[kOnBody] = onBody;
    parser[kOnMessageComplete] = onMessageComplete;
    return parser;
  },
  free(parser) {
    if (pool.length < parsers.max) {
      pool.push(parser);
      return true;
    }
    return false;
  },
};

function freeParser(parser) {
  if (!parser || parser.owner === undefined) return;
  const isFree = parser.free();
  clean(parser);
  if (isFree) parsers.free(parser);
  else if (busy.length < kBusyMax) busy.push(parser);
}

// A parser for one connection. onHead: called with (flags, packed headers, method or status, URL or reason) of a message.
// maxHeadersCount: null or undefined for Node's 1000, 0 for no limit.
function startParser(owner, socket, type, onHead, { maxHeaderSize, maxHeadersCount, insecureHTTPParser, joinDuplicateHeaders }) {
  const parser = parsers.alloc();
  const lenient = insecureHTTPParser === true ? HTTPParser.kLenientAll : HTTPParser.kLenientNone;
  parser[kOnHead] = onHead;
  parser.initialize(type, socket, maxHeaderSize || 0, lenient, maxHeadersCount ?? 1000);
  parser.owner = owner;
  parser.socket = socket;
  parser.joinDuplicateHeaders = joinDuplicateHeaders === true;
  return parser;
}

function prepareError(error, rawPacket) {
  error.rawPacket = rawPacket;
  if (error.reason) error.message = `Parse Error: ${error.reason}`;
}

module.exports = {
  CRLF: '\r\n',
  // Of the flags of a head: http_head.h.
  HEAD_UPGRADE: 1 << 9,
  HEAD_KEEP_ALIVE: 1 << 8,
  HEAD_HAS_HOST: 1 << 10,
  HEAD_HAS_EXPECT: 1 << 11,
  HEAD_HAS_BODY: 1 << 12,
  HEAD_IS_FOLLOWED: 1 << 13,
  HTTPParser,
  _checkInvalidHeaderChar: checkInvalidHeaderChar,
  _checkIsHttpToken: checkIsHttpToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  freeParser,
  methods: [...methods].sort(),
  parsers,
  prepareError,
  startParser,
  utcDate,
};

if (process.env.NODE_DEBUG) require('internal/http/debug_log').start('http');

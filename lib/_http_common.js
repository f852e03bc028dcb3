// SPDX-License-Identifier: MIT
'use strict';

// What the HTTP client and server share: the parser and its pool, tokens, the current date.

const { HTTPParser, methods, allMethods } = internalBinding('http_parser');
const { IncomingMessage } = require('_http_incoming');

const { kOnBody, kOnHeaders, kOnHeadersComplete, kOnMessageComplete } = HTTPParser;
const kParserPoolSize = 1000;
const defaultMaxHeaderSize = require('internal/options').getOptionValue('--max-http-header-size') || 0;

const tokenPattern = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
// Anything but TAB and the printable characters of Latin-1.
const badValuePattern = /[^\t\x20-\x7e\x80-\xff]/;

const checkIsHttpToken = (text) => tokenPattern.test(text);
const checkInvalidHeaderChar = (text) => badValuePattern.test(text);

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
function onHeaders(headers, url) {
  this.loose = this.loose === null ? headers : this.loose.concat(headers);
  this.looseUrl += url;
}

// Called by C with the head of a message: makes the IncomingMessage and asks the owner what to do with it.
// Returns 0: body as the head says, 1: no body, 2: what follows is not HTTP.
function onHeadersComplete(major, minor, headers, method, url, statusCode, statusMessage, upgrade, shouldKeepAlive) {
  const Message = this.messageClass;
  const message = new Message(this.socket);
  if (headers === undefined) headers = this.loose ?? [];
  if (url === undefined) url = this.looseUrl;
  this.loose = null;
  this.looseUrl = '';
  if (this.maxHeaderPairs > 0 && headers.length > this.maxHeaderPairs) headers.length = this.maxHeaderPairs;
  message.httpVersionMajor = major;
  message.httpVersionMinor = minor;
  message.httpVersion = major === 1 ? (minor === 1 ? '1.1' : '1.0') : `${major}.${minor}`;
  message.joinDuplicateHeaders = this.joinDuplicateHeaders;
  message.upgrade = upgrade;
  message.rawHeaders = headers;
  if (typeof method === 'number') {
    message.url = url;
    message.method = allMethods[method];
  } else {
    message.statusCode = statusCode;
    message.statusMessage = statusMessage;
  }
  this.incoming = message;
  return this.onIncoming(message, shouldKeepAlive);
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
  parser.onIncoming = null;
  parser.onComplete = null;
  parser.loose = null;
  parser.looseUrl = '';
  parser.maxHeaderPairs = 0;
  return parser;
}

const pool = [];
const parsers = {
  max: kParserPoolSize,
  alloc() {
    if (pool.length > 0) return pool.pop();
    const parser = clean(new HTTPParser());
    parser[kOnHeaders] = onHeaders;
    parser[kOnHeadersComplete] = onHeadersComplete;
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
  clean(parser);
  if (parser.executing || !parsers.free(parser)) parser.close();
}

// A parser for one connection. maxHeadersCount: null or undefined for Node's 2000, 0 for no limit.
function startParser(owner, socket, type, { maxHeaderSize, maxHeadersCount, insecureHTTPParser, joinDuplicateHeaders }) {
  const parser = parsers.alloc();
  const lenient = insecureHTTPParser === true ? HTTPParser.kLenientAll : HTTPParser.kLenientNone;
  parser.initialize(type, socket, maxHeaderSize || defaultMaxHeaderSize, lenient);
  parser.owner = owner;
  parser.socket = socket;
  parser.joinDuplicateHeaders = joinDuplicateHeaders === true;
  parser.maxHeaderPairs = (maxHeadersCount ?? 2000) * 2;
  return parser;
}

// Runs bytes through the parser; the bytes taken, or the error C reports.
function executeParser(parser, chunk) {
  parser.executing = true;
  try {
    return parser.execute(chunk);
  } finally {
    parser.executing = false;
  }
}

function prepareError(error, rawPacket) {
  error.rawPacket = rawPacket;
  if (error.reason) error.message = `Parse Error: ${error.reason}`;
}

module.exports = {
  CRLF: '\r\n',
  HTTPParser,
  _checkInvalidHeaderChar: checkInvalidHeaderChar,
  _checkIsHttpToken: checkIsHttpToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  executeParser,
  freeParser,
  methods: [...methods].sort(),
  parsers,
  prepareError,
  startParser,
  utcDate,
};

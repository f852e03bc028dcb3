// SPDX-License-Identifier: MIT
'use strict';

// Http2ServerRequest and Http2ServerResponse: the faces of http's request and response over an Http2Stream.

const { Readable } = require('stream');
const Stream = require('stream');
const { _checkIsHttpToken: checkIsHttpToken } = require('_http_common');
const { constants } = require('internal/http2/constants');
const { isConnectionHeader } = require('internal/http2/headers');
const { kState } = require('internal/http2/symbols');
const { validateFunction, validateLinkHeaderValue, validateObject, validateString } = require('internal/validators');
const {
  codes: {
    ERR_HTTP2_HEADERS_SENT, ERR_HTTP2_INFO_STATUS_NOT_ALLOWED, ERR_HTTP2_INVALID_HEADER_VALUE, ERR_HTTP2_INVALID_STREAM,
    ERR_HTTP2_NO_SOCKET_MANIPULATION, ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED, ERR_HTTP2_STATUS_INVALID, ERR_INVALID_ARG_VALUE,
    ERR_INVALID_HTTP_TOKEN, ERR_STREAM_ALREADY_FINISHED, ERR_STREAM_WRITE_AFTER_END,
  },
} = require('internal/errors');

const kStream = Symbol('stream');
const kHeaders = Symbol('headers');
const kRawHeaders = Symbol('rawHeaders');
const kTrailers = Symbol('trailers');
const kRawTrailers = Symbol('rawTrailers');
const kOwn = Symbol('ownState');
const kRequest = Symbol('request');
const kResponse = Symbol('response');
const kProxySocket = Symbol('proxySocket');
const kSetHeader = Symbol('setHeader');
const kSetList = Symbol('setList');
const kBeginSend = Symbol('begin-send');

let warnedOfStatusMessage = false;

function warnOfStatusMessage() {
  if (warnedOfStatusMessage) return;
  warnedOfStatusMessage = true;
  process.emitWarning('Status message is not supported by HTTP/2 (RFC7540 8.1.2.4)', 'UnsupportedWarning');
}

function warnOfConnection(name, value) {
  if (!isConnectionHeader(name, value)) return false;
  process.emitWarning(`The provided connection header is not valid, the value will be dropped from the header and will ` +
                      `never be in use.`, 'UnsupportedWarning');
  return true;
}

function checkName(name) {
  if (name === undefined || name === '' || !checkIsHttpToken(name)) {
    if (typeof name === 'string' && name[0] === ':') throw new ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED();
    throw new ERR_INVALID_HTTP_TOKEN('Header name', name);
  }
}

// --- the socket of both ------------------------------------------------------------------------------------------

const socketTraps = {
  has(stream, name) {
    const { session } = stream;
    return name in stream || (session && name in session.socket);
  },
  get(stream, name) {
    switch (name) {
      case 'on': case 'once': case 'end': case 'emit': case 'destroy':
        return stream[name].bind(stream);
      case 'writable': case 'destroyed':
        return stream[name];
      case 'readable':
        return stream.destroyed ? false : (stream[kRequest]?.readable ?? stream.readable);
      case 'setTimeout': {
        const { session } = stream;
        return (session ?? stream).setTimeout.bind(session ?? stream);
      }
      case 'write': case 'read': case 'pause': case 'resume':
        throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
      default: {
        const target = stream.session !== undefined ? stream.session.socket : stream;
        const value = target[name];
        return typeof value === 'function' ? value.bind(target) : value;
      }
    }
  },
  getPrototypeOf(stream) {
    return Reflect.getPrototypeOf(stream.session !== undefined ? stream.session.socket : stream);
  },
  set(stream, name, value) {
    switch (name) {
      case 'writable': case 'readable': case 'destroyed': case 'on': case 'once': case 'end': case 'emit': case 'destroy':
        stream[name] = value;
        return true;
      case 'setTimeout':
        (stream.session ?? stream).setTimeout = value;
        return true;
      case 'write': case 'read': case 'pause': case 'resume':
        throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
      default:
        (stream.session !== undefined ? stream.session.socket : stream)[name] = value;
        return true;
    }
  },
};

function proxySocket(stream) {
  return stream[kProxySocket] ??= new Proxy(stream, socketTraps);
}

// --- Http2ServerRequest ------------------------------------------------------------------------------------------

function onStreamData(chunk) {
  const request = this[kRequest];
  if (request !== undefined && !request.push(chunk)) this.pause();
}

function onStreamEnd() {
  this[kRequest]?.push(null);
}

function onStreamError() {
  // The 'close' that follows tells the request and the response.
}

function onRequestAborted() {
  const request = this[kRequest];
  if (request === undefined || request[kOwn].closed) return;
  request[kOwn].aborted = true;
  request.emit('aborted');
}

function onStreamTrailers(trailers, flags, raw) {
  const request = this[kRequest];
  if (request === undefined) return;
  Object.assign(request[kTrailers], trailers);
  request[kRawTrailers].push(...raw);
}

function onRequestClose() {
  const request = this[kRequest];
  if (request === undefined) return;
  request[kOwn].closed = true;
  request.push(null);
  // Nobody has read it, and nobody will have to for it to end.
  if (!request[kOwn].didRead) request.resume();
  request.emit('close');
}

class Http2ServerRequest extends Readable {
  constructor(stream, headers, options, rawHeaders) {
    super({ autoDestroy: false, ...options });
    this[kOwn] = { closed: false, didRead: false, aborted: false, url: undefined, method: undefined };
    this[kHeaders] = headers;
    this[kRawHeaders] = rawHeaders;
    this[kTrailers] = {};
    this[kRawTrailers] = [];
    this[kStream] = stream;
    stream[kRequest] = this;
    stream.on('trailers', onStreamTrailers);
    stream.on('end', onStreamEnd);
    stream.on('error', onStreamError);
    stream.on('aborted', onRequestAborted);
    stream.on('close', onRequestClose);
    stream.on('timeout', () => this.emit('timeout', undefined));
    this.on('pause', () => stream.pause());
    this.on('resume', () => {
      if (this[kOwn].didRead) stream.resume();
    });
  }

  get aborted() {
    return this[kOwn].aborted;
  }

  get complete() {
    return this[kOwn].aborted || this.readableEnded || this[kOwn].closed || this[kStream].destroyed;
  }

  get stream() {
    return this[kStream];
  }

  get headers() {
    return this[kHeaders];
  }

  get rawHeaders() {
    return this[kRawHeaders];
  }

  get trailers() {
    return this[kTrailers];
  }

  get rawTrailers() {
    return this[kRawTrailers];
  }

  get httpVersionMajor() {
    return 2;
  }

  get httpVersionMinor() {
    return 0;
  }

  get httpVersion() {
    return '2.0';
  }

  get socket() {
    return proxySocket(this[kStream]);
  }

  get connection() {
    return this.socket;
  }

  _read(size) {
    const own = this[kOwn];
    if (own.didRead) {
      process.nextTick(() => this[kStream].resume());
    } else {
      own.didRead = true;
      this[kStream].on('data', onStreamData);
    }
  }

  get method() {
    return this[kOwn].method ?? this[kHeaders][':method'];
  }

  set method(method) {
    validateString(method, 'method');
    if (method.trim() === '') throw new ERR_INVALID_ARG_VALUE('method', method);
    this[kOwn].method = method;
  }

  get authority() {
    return this[kHeaders][':authority'] ?? this[kHeaders].host;
  }

  get scheme() {
    return this[kHeaders][':scheme'];
  }

  get url() {
    return this[kOwn].url ?? this[kHeaders][':path'];
  }

  set url(url) {
    this[kOwn].url = url;
  }

  setTimeout(msecs, callback) {
    if (!this[kOwn].closed) this[kStream].setTimeout(msecs, callback);
    return this;
  }
}

// --- Http2ServerResponse -----------------------------------------------------------------------------------------

function onResponseAborted() {
  const response = this[kResponse];
  if (response !== undefined && !response[kOwn].closed) response.emit('aborted');
}

function onResponseClose() {
  const response = this[kResponse];
  if (response === undefined) return;
  const own = response[kOwn];
  if (own.closed) return;
  own.closed = true;
  this.removeListener('wantTrailers', onWantTrailers);
  response.emit('finish');
  response.emit('close');
}

function onWantTrailers() {
  if (!this.destroyed && !this.closed) this.sendTrailers(this[kResponse][kTrailers]);
}

class Http2ServerResponse extends Stream {
  constructor(stream, options) {
    super(options);
    this[kOwn] = { closed: false, ending: false, headRequest: false, sendDate: true, statusCode: 200 };
    this[kHeaders] = { __proto__: null };
    this[kTrailers] = { __proto__: null };
    this[kStream] = stream;
    stream[kResponse] = this;
    this.writable = true;
    this.req = stream[kRequest];
    stream.on('drain', () => this.emit('drain'));
    stream.on('aborted', onResponseAborted);
    stream.on('close', onResponseClose);
    stream.on('wantTrailers', onWantTrailers);
    stream.on('timeout', () => this.emit('timeout'));
  }

  // User land modules such as finalhandler look for this.
  get _header() {
    return this.headersSent;
  }

  get writableEnded() {
    return this[kOwn].ending;
  }

  get finished() {
    return this[kOwn].ending;
  }

  get socket() {
    return this[kOwn].closed ? undefined : proxySocket(this[kStream]);
  }

  get connection() {
    return this.socket;
  }

  get stream() {
    return this[kStream];
  }

  get headersSent() {
    return this[kStream].headersSent;
  }

  get sendDate() {
    return this[kOwn].sendDate;
  }

  set sendDate(on) {
    this[kOwn].sendDate = Boolean(on);
  }

  get statusCode() {
    return this[kOwn].statusCode;
  }

  set statusCode(code) {
    code |= 0;
    if (code >= 100 && code < 200) throw new ERR_HTTP2_INFO_STATUS_NOT_ALLOWED();
    if (code < 100 || code > 599) throw new ERR_HTTP2_STATUS_INVALID(code);
    this[kOwn].statusCode = code;
  }

  get writableCorked() {
    return this[kStream].writableCorked;
  }

  get writableHighWaterMark() {
    return this[kStream].writableHighWaterMark;
  }

  get writableObjectMode() {
    return this[kStream].writableObjectMode;
  }

  get writableFinished() {
    return this[kStream].writableFinished;
  }

  get writableLength() {
    return this[kStream].writableLength;
  }

  get writableNeedDrain() {
    return this[kStream].writableNeedDrain;
  }

  get statusMessage() {
    warnOfStatusMessage();
    return '';
  }

  set statusMessage(message) {
    warnOfStatusMessage();
  }

  setTrailer(name, value) {
    validateString(name, 'name');
    name = name.trim().toLowerCase();
    checkName(name);
    if (value === undefined || value === null) throw new ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
    this[kTrailers][name] = value;
  }

  addTrailers(headers) {
    for (const name of Object.keys(headers)) this.setTrailer(name, headers[name]);
  }

  getHeader(name) {
    validateString(name, 'name');
    return this[kHeaders][name.trim().toLowerCase()];
  }

  getHeaderNames() {
    return Object.keys(this[kHeaders]);
  }

  getHeaders() {
    return Object.assign({ __proto__: null }, this[kHeaders]);
  }

  hasHeader(name) {
    validateString(name, 'name');
    return Object.hasOwn(this[kHeaders], name.trim().toLowerCase());
  }

  removeHeader(name) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    name = name.trim().toLowerCase();
    if (name === 'date') this[kOwn].sendDate = false;
    else delete this[kHeaders][name];
  }

  setHeader(name, value) {
    validateString(name, 'name');
    if (value === undefined || value === null) throw new ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
    this[kSetHeader](name, value);
  }

  [kSetHeader](name, value) {
    name = name.trim().toLowerCase();
    checkName(name);
    if (value === undefined || value === null) throw new ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
    if (warnOfConnection(name, value)) return;
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    this[kHeaders][name] = value;
  }

  // A name that comes again adds to what the list had for it.
  [kSetList](entries) {
    const seen = new Set();
    for (const [name, value] of entries) {
      const key = `${name}`.toLowerCase();
      if (seen.has(key)) this.appendHeader(name, value);
      else this[kSetHeader](name, value);
      seen.add(key);
    }
  }

  appendHeader(name, value) {
    validateString(name, 'name');
    if (value === undefined || value === null) throw new ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
    name = name.trim().toLowerCase();
    checkName(name);
    if (warnOfConnection(name, value)) return;
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    const before = this[kHeaders][name];
    this[kHeaders][name] = before === undefined ? value : [].concat(before, value);
  }

  flushHeaders() {
    if (!this[kOwn].closed && !this[kStream].headersSent) this.writeHead(this[kOwn].statusCode);
  }

  writeHead(statusCode, statusMessage, headers) {
    const own = this[kOwn];
    if (own.closed || this[kStream].destroyed || this[kStream].closed) return this;
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    if (typeof statusMessage === 'string') warnOfStatusMessage();
    else if (headers === undefined || headers === null) headers = statusMessage;
    if (Array.isArray(headers)) {
      if (headers.length > 0 && Array.isArray(headers[0])) {
        this[kSetList](headers);
      } else {
        if (headers.length % 2 === 1) throw new ERR_INVALID_ARG_VALUE('headers', headers);
        this[kSetList](Array.from({ length: headers.length / 2 }, (_, k) => [headers[2 * k], headers[2 * k + 1]]));
      }
    } else if (headers !== null && typeof headers === 'object') {
      for (const name of Object.keys(headers)) this[kSetHeader](name, headers[name]);
    }
    this.statusCode = statusCode;
    this[kBeginSend]();
    return this;
  }

  cork() {
    this[kStream].cork();
  }

  uncork() {
    this[kStream].uncork();
  }

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = 'utf8';
    }
    const own = this[kOwn];
    let error;
    if (own.ending) error = new ERR_STREAM_WRITE_AFTER_END();
    else if (own.closed) error = new ERR_HTTP2_INVALID_STREAM();
    else if (own.destroyed || this[kStream].destroyed) return false;
    if (error) {
      if (typeof callback === 'function') process.nextTick(callback, error);
      this.destroy(error);
      return false;
    }
    const stream = this[kStream];
    if (!stream.headersSent) this.writeHead(own.statusCode);
    return stream.write(chunk, encoding, callback);
  }

  end(chunk, encoding, callback) {
    const stream = this[kStream];
    const own = this[kOwn];
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = null;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = 'utf8';
    }
    if ((own.closed || own.ending) && own.headRequest === stream.headRequest) {
      if (typeof callback === 'function') process.nextTick(callback, new ERR_STREAM_ALREADY_FINISHED('end'));
      return this;
    }
    if (chunk !== null && chunk !== undefined) this.write(chunk, encoding);
    own.headRequest = stream.headRequest;
    own.ending = true;
    if (typeof callback === 'function') {
      if (stream.destroyed) process.nextTick(callback);
      else if (stream.writableEnded) this.once('finish', callback);
      else stream.once('finish', callback);
    }
    if (!stream.headersSent && !own.closed && !stream.destroyed) this[kBeginSend]({ endStream: true });
    else if (own.closed || stream.destroyed) onResponseClose.call(stream);
    else stream.end();
    return this;
  }

  destroy(error) {
    if (this[kOwn].destroyed) return;
    this[kOwn].destroyed = true;
    this[kStream].destroy(error);
  }

  setTimeout(msecs, callback) {
    if (!this[kOwn].closed) this[kStream].setTimeout(msecs, callback);
    return this;
  }

  createPushResponse(headers, callback) {
    validateFunction(callback, 'callback');
    if (this[kOwn].closed || this[kStream].closed || this[kStream].destroyed) {
      process.nextTick(callback, new ERR_HTTP2_INVALID_STREAM());
      return;
    }
    this[kStream].pushStream(headers, {}, (error, stream) => {
      if (error) callback(error);
      else callback(null, new Http2ServerResponse(stream));
    });
  }

  writeInformation(statusCode, headers) {
    const stream = this[kStream];
    if (stream.headersSent || this[kOwn].closed || stream.destroyed) return false;
    stream.additionalHeaders({ ...headers, ':status': statusCode });
    return true;
  }

  writeContinue() {
    const stream = this[kStream];
    if (stream.headersSent || this[kOwn].closed) return false;
    stream.additionalHeaders({ ':status': constants.HTTP_STATUS_CONTINUE });
    return true;
  }

  writeEarlyHints(hints) {
    validateObject(hints, 'hints');
    const headers = { __proto__: null };
    const linkHeader = hints.link === undefined || hints.link === null ? '' : validateLinkHeaderValue(hints.link);
    for (const name of Object.keys(hints)) if (name !== 'link') headers[name] = hints[name];
    if (linkHeader.length === 0) return false;
    const stream = this[kStream];
    if (stream.headersSent || this[kOwn].closed) return false;
    stream.additionalHeaders({ ...headers, ':status': constants.HTTP_STATUS_EARLY_HINTS, 'Link': linkHeader });
    return true;
  }

  [kBeginSend](options) {
    const own = this[kOwn];
    const stream = this[kStream];
    const headers = this[kHeaders];
    headers[':status'] = own.statusCode;
    stream[kState].sendDate = own.sendDate;
    const chosen = { endStream: options?.endStream && Object.keys(this[kTrailers]).length === 0, waitForTrailers: true };
    stream.respond(headers, chosen);
    delete headers[':status'];
    if (options?.endStream && !chosen.endStream) stream.end();
  }
}

// --- the server's 'stream' event as 'request' --------------------------------------------------------------------

function onServerStream(ServerRequest, ServerResponse, stream, headers, flags, rawHeaders) {
  const server = this;
  const request = new ServerRequest(stream, headers, undefined, rawHeaders);
  const response = new ServerResponse(stream);
  // The request may have been waiting for leave to send its body.
  if (headers[':method'] === 'CONNECT') {
    if (!server.emit('connect', request, response)) {
      response.statusCode = constants.HTTP_STATUS_METHOD_NOT_ALLOWED;
      response.end();
    }
    return;
  }
  if (headers.expect !== undefined) {
    if (headers.expect === '100-continue') {
      if (server.listenerCount('checkContinue') > 0) {
        server.emit('checkContinue', request, response);
      } else {
        response.writeContinue();
        server.emit('request', request, response);
      }
    } else if (server.listenerCount('checkExpectation') > 0) {
      server.emit('checkExpectation', request, response);
    } else {
      response.statusCode = constants.HTTP_STATUS_EXPECTATION_FAILED;
      response.end();
    }
    return;
  }
  server.emit('request', request, response);
}

module.exports = { Http2ServerRequest, Http2ServerResponse, onServerStream };

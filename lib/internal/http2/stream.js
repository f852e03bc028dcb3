// SPDX-License-Identifier: MIT
'use strict';

// Http2Stream: one request and its answer as a Duplex. The session's handle does the framing; a stream knows its id and
// asks the handle by it.

const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const fs = require('fs');
const { utcDate } = require('_http_common');
const channels = require('internal/http2/channels');
const { constants, errorNames } = require('internal/http2/constants');
const { copyHeaders, noPseudo, pushPseudo, responsePseudo, toList } = require('internal/http2/headers');
const { currentFrame } = require('internal/async_context');
const { isObserved } = require('internal/perf/observed');
const { setUnrefTimeout, clearTimeout, getTimerDuration } = require('internal/timers');
const { validateFunction, validateNumber } = require('internal/validators');
const {
  AbortError, ErrnoException,
  codes: {
    ERR_HTTP2_GOAWAY_SESSION, ERR_HTTP2_HEADERS_AFTER_RESPOND, ERR_HTTP2_HEADERS_SENT, ERR_HTTP2_INVALID_INFO_STATUS, ERR_HTTP2_INVALID_SESSION,
    ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_NESTED_PUSH, ERR_HTTP2_OUT_OF_STREAMS, ERR_HTTP2_PAYLOAD_FORBIDDEN,
    ERR_HTTP2_PUSH_DISABLED, ERR_HTTP2_SEND_FILE, ERR_HTTP2_SEND_FILE_NOSEEK, ERR_HTTP2_STATUS_101,
    ERR_HTTP2_STATUS_INVALID, ERR_HTTP2_STREAM_ERROR, ERR_HTTP2_TRAILERS_ALREADY_SENT,
    ERR_HTTP2_TRAILERS_NOT_READY, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');

const { NGHTTP2_NO_ERROR, NGHTTP2_INTERNAL_ERROR, NGHTTP2_CANCEL } = constants;
const { UV_ECANCELED } = internalBinding('uv');
const NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE = -509;

// Flags of request and respond in the binding.
const HAS_BODY = 1;
const WANTS_TRAILERS = 2;

// What Node says of any response.
const END_OF_HEADERS_AND_STREAM = 5;

const {
  kAuthority, kDestroyCode, kFileArguments, kFlush, kFrame, kGoawayCode, kHandle, kHeadRequest, kID, kMaybeDestroy, kMeasure, kOnClose, kOnData, kOnEnd,
  kOnWantTrailers, kPendingRemove, kProceed, kProtocol, kReady, kRemoveStream, kResponseHeaders, kSendFile, kSendResponse, kSentHeaders, kSentInfoHeaders, kSentTrailers, kSession,
  kState, kStreams, kTimer, kTouch,
} = require('internal/http2/symbols');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

let warnedOfPriority = false;

function warnOfPriority() {
  warnedOfPriority = true;
  process.emitWarning('http2Stream.priority is longer supported after priority signalling was deprecated in RFC 9113',
                      'DeprecationWarning', 'DEP0194');
}

function nghttp2Error(code) {
  const { errorString } = internalBinding('http2');
  const error = new Error(errorString(code));
  error.code = 'ERR_HTTP2_ERROR';
  error.errno = code;
  return error;
}

function hasNoPayload(status) {
  return status === 204 || status === 205 || status === 304;
}

class Http2Stream extends Duplex {
  constructor(session, id, options = {}) {
    super({
      ...options, allowHalfOpen: true, decodeStrings: false, autoDestroy: false, emitClose: true,
    });
    this[kSession] = session;
    this[kID] = id;
    this[kTimer] = null;
    this[kState] = {
      closed: false, rstCode: NGHTTP2_NO_ERROR, aborted: false, endedByPeer: false, closedBelow: false, didRead: false,
      headersSent: false, waitsForTrailers: false, trailersReady: false, endAfterHeaders: false, timeout: 0, ending: false,
      headRequest: false, shutdown: false, isCutOff: false, didTellClosed: false,
      lastPiece: 0,
    };
    this._readableState.readingMore = true; // nothing is read ahead before the program begins to read
    this.cork(); // until there is an id, or headers have been sent
    this[kState].corked = true;
    this[kFrame] = currentFrame();
    this.on('end', onReadDone);
    if (isObserved('http2')) this[kMeasure] = new (require('internal/http2/measure').StreamMeasure)();
    if (id !== undefined) this[kReady](id);
  }

  get _channels() {
    return channels.client;
  }

  [kReady](id) {
    this[kID] = id;
    this[kSession][kStreams].set(id, this);
    this[kSession][kMeasure]?.streamBegins(this[kSession][kStreams].size);
    const state = this[kState];
    if (state.corked) {
      state.corked = false;
      this.uncork();
    }
    this.emit('ready');
  }

  // --- facts

  get id() {
    return this[kID];
  }

  get session() {
    return this[kSession];
  }

  get pending() {
    return this[kID] === undefined;
  }

  get closed() {
    return this[kState].closed;
  }

  get aborted() {
    return this[kState].aborted;
  }

  get rstCode() {
    return this[kState].rstCode;
  }

  get endAfterHeaders() {
    return this[kState].endAfterHeaders;
  }

  get bufferSize() {
    return this.writableLength;
  }

  get sentHeaders() {
    return this[kSentHeaders];
  }

  get sentInfoHeaders() {
    return this[kSentInfoHeaders];
  }

  get sentTrailers() {
    return this[kSentTrailers];
  }

  get headersSent() {
    return this[kState].headersSent;
  }

  get state() {
    const found = this.pending ? undefined : this[kSession]?.[kHandle]?.streamState(this[kID]);
    if (!found) return {};
    const [state, weight, sumDependencyWeight, localClose, remoteClose, localWindowSize] = found;
    return { state, weight, sumDependencyWeight, localClose, remoteClose, localWindowSize };
  }

  // --- timeouts

  get timeout() {
    return this[kState].timeout || undefined;
  }

  setTimeout(msecs, callback) {
    return setTimeoutOn(this, this[kState], msecs, callback);
  }

  [kTouch]() {
    this[kTimer]?.refresh();
    this[kSession]?.[kTouch]();
  }

  // --- the Duplex


  _write(chunk, encoding, callback) {
    if (this.pending) {
      this.once('ready', () => this._write(chunk, encoding, callback));
      return;
    }
    this._tellChunk(false, chunk, encoding);
    this._writeBytes(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk, callback, chunk.length);
  }

  _writev(chunks, callback) {
    if (this.pending) {
      this.once('ready', () => this._writev(chunks, callback));
      return;
    }
    this._tellChunk(true, chunks, '');
    const parts = chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk));
    let size = 0;
    for (const { chunk } of chunks) size += chunk.length;
    this._writeBytes(parts.length === 1 ? parts[0] : Buffer.concat(parts), callback, size);
  }

  _tellClosed() {
    const { close } = this._channels;
    if (!close.hasSubscribers || this[kState].didTellClosed) return;
    this[kState].didTellClosed = true;
    close.publish({ stream: this });
  }

  _tellChunk(writev, data, encoding) {
    const { bodyChunkSent } = this._channels;
    if (!bodyChunkSent?.hasSubscribers) return;
    if (writev && data.every(({ chunk }) => chunk instanceof Uint8Array)) data = data.map(({ chunk }) => chunk);
    bodyChunkSent.publish({ stream: this, writev, data, encoding });
  }

  // size: what the piece counts in writableLength.
  _writeBytes(bytes, callback, size) {
    const session = this[kSession];
    const handle = session?.[kHandle];
    if (!handle) {
      callback(new ERR_HTTP2_INVALID_STREAM());
      return;
    }
    if (!this.headersSent) this[kProceed]();
    this[kTouch]();
    const state = this[kState];
    const req = {
      oncomplete: (status) => {
        this[kTouch]();
        if (status === UV_ECANCELED && !this.destroyed) {
          // The stream is over, which it will be told next.
          this[kState].isCutOff = true;
          this.once('close', () => callback());
          return;
        }
        if (status < 0 && !this.destroyed && !this.closed) callback(new ErrnoException(status, 'write'));
        else callback();
      },
    };
    this[kMeasure]?.sent(bytes.byteLength);
    const status = handle.write(this[kID], req, bytes);
    if (status < 0) {
      // The stream is gone; its error, if it is one, has been or will be told.
      callback(this.closed || this.destroyed ? undefined : new ErrnoException(status, 'write'));
      return;
    }
    state.lastPiece = size;
    this._endWithPiece();
    session[kFlush]();
  }

  end(...args) {
    super.end(...args);
    this._endWithPiece();
    return this;
  }

  // The last piece of a body and its end make one frame, when nothing stands behind the piece that was handed over.
  _endWithPiece() {
    const state = this[kState];
    const { ending, length, writing } = this._writableState;
    if (!ending || !writing || length === 0 || length !== state.lastPiece || state.shutdown || this.pending ||
        this.closed || this.destroyed) return;
    const handle = this[kSession]?.[kHandle];
    if (!handle || !this.headersSent) return;
    state.shutdown = true;
    handle.end(this[kID]);
  }

  _final(callback) {
    if (this.pending) {
      this.once('ready', () => this._final(callback));
      return;
    }
    const session = this[kSession];
    const handle = session?.[kHandle];
    const didEnd = this[kState].shutdown;
    this[kState].shutdown = true;
    if (handle && !didEnd) {
      if (!this.headersSent && !this.closed && !this.destroyed) this[kProceed]();
      handle.end(this[kID]);
      session[kFlush]();
    }
    if (this._channels.bodySent?.hasSubscribers) this._channels.bodySent.publish({ stream: this });
    callback();
    process.nextTick(() => this[kMaybeDestroy]());
  }

  _read() {
    if (this.destroyed) {
      this.push(null);
      return;
    }
    if (!this[kState].didRead) {
      this[kState].didRead = true;
      this._readableState.readingMore = false;
    }
    const start = () => {
      const session = this[kSession];
      if (!session?.[kHandle]) return;
      session[kHandle].read(this[kID], true);
      session[kFlush]();
    };
    if (this.pending) this.once('ready', start);
    else start();
  }

  // --- from the session

  [kOnData](bytes) {
    this[kTouch]();
    this[kMeasure]?.received(bytes.byteLength);
    if (this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) return;
    this[kSession][kHandle]?.read(this[kID], false);
  }

  [kOnEnd]() {
    const state = this[kState];
    if (state.endedByPeer) return;
    state.endedByPeer = true;
    this.push(null);
  }

  // Both sides are done with the stream, or one has reset it.
  [kOnClose](code) {
    const state = this[kState];
    state.closedBelow = true;
    if (this.destroyed) return;
    const wasEnding = state.closed;
    state.closed = true;
    if (!wasEnding) {
      state.rstCode = code;
      if (code === NGHTTP2_NO_ERROR) this._tellClosed();
    }
    if (code !== NGHTTP2_NO_ERROR || state.rstCode !== NGHTTP2_NO_ERROR) {
      this.destroy();
      return;
    }
    if (!state.endedByPeer) {
      state.endedByPeer = true;
      this.push(null);
    }
    // What a server's listener never looked at goes nowhere.
    if (this[kSession].type === constants.NGHTTP2_SESSION_SERVER && !state.didRead && this.readableFlowing === null) {
      this.resume();
    } else {
      this.read(0);
    }
    this[kMaybeDestroy]();
  }

  [kMaybeDestroy]() {
    if (this.destroyed) return;
    const state = this[kState];
    const readDone = this.readableEnded || this._readableState?.endEmitted;
    const writeDone = this.writableFinished || (state.closedBelow && (state.isCutOff || this.writableLength === 0));
    if (writeDone && readDone && state.closedBelow) this.destroy();
  }

  // --- the end

  close(code = NGHTTP2_NO_ERROR, callback) {
    validateNumber(code, 'code');
    if (!(code >= 0 && code <= 2 ** 32 - 1)) throw new ERR_OUT_OF_RANGE('code', '>= 0 && <= 4294967295', code);
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.closed) return;
    if (callback !== undefined) this.once('close', callback);
    closeStream(this, code);
  }

  _destroy(error, callback) {
    const session = this[kSession];
    const state = this[kState];
    const handle = session?.[kHandle];
    if (this[kTimer]) clearTimeout(this[kTimer]);
    this[kTimer] = null;
    const sessionCode = session?.[kGoawayCode] || session?.[kDestroyCode];
    let code = state.closed ? state.rstCode : sessionCode ?? NGHTTP2_NO_ERROR;
    if (!state.closed) {
      if (error) code = sessionCode || (error instanceof AbortError ? NGHTTP2_CANCEL : NGHTTP2_INTERNAL_ERROR);
      else if (!state.closedBelow && !(state.endedByPeer && this.writableFinished) && code === NGHTTP2_NO_ERROR) {
        code = NGHTTP2_CANCEL;
      }
      state.closed = true;
      state.rstCode = code;
    }
    // Something was still to come or to be said.
    if (!state.aborted && !this.writableEnded && !(state.endAfterHeaders && this.writableEnded)) {
      state.aborted = true;
      this.emit('aborted');
    }
    if (handle && !this.pending && !state.closedBelow) {
      handle.rst(this[kID], code);
      session[kFlush]();
    }
    if (!error && code !== NGHTTP2_NO_ERROR && code !== NGHTTP2_CANCEL) {
      error = new ERR_HTTP2_STREAM_ERROR(errorNames[code] || code);
    }
    if (!state.endedByPeer) {
      state.endedByPeer = true;
      this.push(null);
    }
    this[kMeasure]?.end(this[kID], session?.[kMeasure]);
    session?.[kRemoveStream](this);
    this[kSession] = session?.destroyed ? undefined : session;
    if (error && this._channels.error.hasSubscribers) this._channels.error.publish({ stream: this, error });
    this._tellClosed();
    callback(error);
  }

  // --- trailers

  sendTrailers(headers) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this[kSentTrailers]) throw new ERR_HTTP2_TRAILERS_ALREADY_SENT();
    const state = this[kState];
    if (!state.trailersReady) throw new ERR_HTTP2_TRAILERS_NOT_READY();
    const copy = copyHeaders(headers);
    const list = toList(copy, noPseudo);
    this[kSentTrailers] = copy;
    const session = this[kSession];
    const status = session[kHandle].trailers(this[kID], list);
    if (status < 0) this.destroy(nghttp2Error(status));
    else session[kFlush]();
    if (this.writableFinished && state.waitsForTrailers) Reflect.apply(onResponseDone, this, []);
  }

  // The body is out.
  [kOnWantTrailers]() {
    const state = this[kState];
    state.trailersReady = true;
    process.nextTick(() => {
      if (this.destroyed) return;
      if (this.closed) {
        // Nobody may say more; what was said must still end.
        this[kSession]?.[kHandle]?.trailers(this[kID], []);
        this[kSession]?.[kFlush]();
      } else if (!this.emit('wantTrailers')) {
        this.sendTrailers({});
      }
    });
  }

  priority() {
    if (!warnedOfPriority) warnOfPriority();
    if (this.destroyed) throw new ERR_HTTP2_INVALID_STREAM();
  }

  [inspectCustom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    return `Http2Stream ${require('internal/util/inspect').inspect({
      id: this.id || '<pending>', closed: this.closed, destroyed: this.destroyed, state: this.state,
      readableState: this._readableState, writableState: this._writableState,
    }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

// The last that was missing may be that somebody had read everything.
function onReadDone() {
  process.nextTick(() => this[kMaybeDestroy]());
}

// Sets this code as the end of the stream: at once, or after what has been written when all is well.
function closeStream(stream, code) {
  const state = stream[kState];
  const session = stream[kSession];
  state.closed = true;
  state.rstCode = code;
  stream._tellClosed();
  stream.setTimeout(0);
  const finish = () => {
    if (stream.pending) {
      stream.push(null);
      stream.once('ready', finish);
      if (session && !session.destroyed && code === NGHTTP2_CANCEL) stream.destroy();
      return;
    }
    if (!state.closedBelow && session?.[kHandle]) {
      session[kHandle].rst(stream[kID], code);
      session[kFlush]();
    } else if (!stream.destroyed) {
      stream.destroy();
    }
  };
  const isEnded = stream.writableEnded;
  if (!isEnded) {
    // A body that breaks off is one that was given up.
    if (!state.aborted && code !== NGHTTP2_NO_ERROR) {
      state.aborted = true;
      stream.emit('aborted');
    }
    stream.end();
  }
  if (stream.writableFinished || code !== NGHTTP2_NO_ERROR || stream.destroyed) finish();
  else stream.once('finish', finish);
}

// Of a stream's session, or of the session itself.
function bytesSent(owner) {
  const handle = owner[kHandle] ?? owner[kSession]?.[kHandle];
  return handle?.counts()[3];
}

function isSending(owner) {
  if (owner instanceof Http2Stream) return owner.writableLength > 0;
  for (const stream of owner[kStreams].values()) {
    if (stream.writableLength > 0) return true;
  }
  return false;
}

// Shared by streams and sessions: an unref'd timer that activity puts off.
function setTimeoutOn(owner, state, msecs, callback) {
  if (owner.destroyed) return owner;
  msecs = getTimerDuration(msecs, 'msecs');
  if (callback !== undefined) validateFunction(callback, 'callback');
  state.timeout = msecs;
  if (owner[kTimer]) clearTimeout(owner[kTimer]);
  owner[kTimer] = null;
  if (msecs === 0) {
    if (callback !== undefined) owner.removeListener('timeout', callback);
    return owner;
  }
  let sent = bytesSent(owner);
  const expire = () => {
    owner[kTimer] = null;
    if (owner.destroyed) return;
    // A long write that still goes on is activity.
    const before = sent;
    sent = bytesSent(owner);
    if (sent !== before && isSending(owner)) owner[kTimer] = setUnrefTimeout(expire, msecs);
    else owner.emit('timeout');
  };
  owner[kTimer] = setUnrefTimeout(expire, msecs);
  if (callback !== undefined) owner.once('timeout', callback);
  return owner;
}

// The response is whole and nobody has begun to read the request: its rest is not wanted, and the peer is told so.
// Later, so that streams may still be pushed.
function onResponseDone() {
  const state = this[kState];
  if (state.endedByPeer || (state.waitsForTrailers && !this[kSentTrailers])) return;
  setImmediate(() => {
    if (!this.destroyed && !state.endedByPeer && !state.didRead && this.readableFlowing === null) this.close();
  });
}

// --- a client's stream -------------------------------------------------------------------------------------------

class ClientHttp2Stream extends Http2Stream {
  constructor(session, id, options) {
    super(session, id, options);
    this[kState].headersSent = true;
    this.on('headers', ignore);
  }

  [kProceed]() {}

  // The request goes out, when there is a connection.
  _submit(list, flags) {
    const session = this[kSession];
    if (this.destroyed) return;
    if (!session || session.destroyed || !session[kHandle]) {
      this.destroy(new ERR_HTTP2_INVALID_SESSION());
      return;
    }
    if (session.closed) {
      this.destroy(new ERR_HTTP2_GOAWAY_SESSION());
      return;
    }
    const id = session[kHandle].request(list, flags);
    if (id < 0) {
      const error = id === NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE ? new ERR_HTTP2_OUT_OF_STREAMS() : nghttp2Error(id);
      process.nextTick(() => this.destroy(error));
      return;
    }
    session[kTouch]();
    session[kPendingRemove](this);
    this[kReady](id);
    session[kFlush]();
    if (channels.client.start.hasSubscribers) channels.client.start.publish({ stream: this, headers: this[kSentHeaders] });
  }
}

function ignore() {}

// --- a server's stream -------------------------------------------------------------------------------------------

class ServerHttp2Stream extends Http2Stream {
  constructor(session, id, options, headers) {
    super(session, id, options);
    this[kProtocol] = headers[':scheme'];
    this[kAuthority] = headers[':authority'] ?? headers.host;
    this[kHeadRequest] = headers[':method'] === 'HEAD';
    this.on('finish', onResponseDone);
    for (const which of [channels.server.created, channels.server.start]) {
      if (which.hasSubscribers) which.publish({ stream: this, headers });
    }
  }

  get _channels() {
    return channels.server;
  }

  get pushAllowed() {
    const session = this[kSession];
    return !this.destroyed && !this.closed && session && !session.closed && !session.destroyed &&
      session.remoteSettings.enablePush;
  }

  // A program that writes without having responded means 200.
  [kProceed]() {
    this.respond();
  }

  respond(given, options) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    const state = this[kState];
    if (state.headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    options = { ...options };
    const { headers, status } = this[kResponseHeaders](given);
    const noBody = options.endStream || hasNoPayload(status) || this[kHeadRequest];
    this[kSendResponse](headers, noBody, options.waitForTrailers && !noBody);
    if (noBody) this.end();
  }

  [kResponseHeaders](given) {
    const headers = copyHeaders(given);
    if (headers[':status'] === undefined) headers[':status'] = 200;
    const status = headers[':status'] | 0;
    if (status < 200 || status > 599) throw new ERR_HTTP2_STATUS_INVALID(headers[':status']);
    headers[':status'] = status;
    if (this[kState].sendDate !== false && headers.date === undefined && headers.Date === undefined) headers.date = utcDate();
    return { headers, status };
  }

  [kSendResponse](headers, noBody, waitForTrailers) {
    const list = toList(headers, responsePseudo);
    const state = this[kState];
    const session = this[kSession];
    this[kSentHeaders] = headers;
    state.headersSent = true;
    if (noBody) state.endAfterSending = true;
    if (waitForTrailers) state.waitsForTrailers = true;
    const status = session[kHandle].respond(this[kID], list, noBody ? 0 : HAS_BODY | (waitForTrailers ? WANTS_TRAILERS : 0));
    this[kTouch]();
    if (status < 0) {
      this.destroy(nghttp2Error(status));
      return;
    }
    session[kFlush]();
    if (channels.server.finish.hasSubscribers) channels.server.finish.publish({ stream: this, headers, flags: END_OF_HEADERS_AND_STREAM });
  }

  additionalHeaders(given) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this[kState].headersSent) throw new ERR_HTTP2_HEADERS_AFTER_RESPOND();
    const headers = copyHeaders(given);
    const value = headers[':status'];
    if (value !== undefined && value !== null) {
      const status = headers[':status'] = value | 0;
      if (status === 101) throw new ERR_HTTP2_STATUS_101();
      if (status < 100 || status >= 200) throw new ERR_HTTP2_INVALID_INFO_STATUS(value);
    }
    const list = toList(headers, responsePseudo);
    (this[kSentInfoHeaders] ??= []).push(headers);
    const session = this[kSession];
    const result = session[kHandle].info(this[kID], list);
    if (result < 0) this.destroy(nghttp2Error(result));
    else session[kFlush]();
  }

  pushStream(given, options, callback) {
    if (!this.pushAllowed) throw new ERR_HTTP2_PUSH_DISABLED();
    if (this[kID] % 2 === 0) throw new ERR_HTTP2_NESTED_PUSH();
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    validateFunction(callback, 'callback');
    options = { ...options };
    const headers = copyHeaders(given);
    headers[':method'] ??= 'GET';
    headers[':authority'] ??= this[kAuthority];
    headers[':scheme'] ??= this[kProtocol];
    headers[':path'] ??= '/';
    const list = toList(headers, pushPseudo);
    const session = this[kSession];
    const id = session[kHandle].pushPromise(this[kID], list);
    if (id < 0) {
      const error = id === NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE ? new ERR_HTTP2_OUT_OF_STREAMS() : nghttp2Error(id);
      process.nextTick(callback, error);
      return;
    }
    const stream = new ServerHttp2Stream(session, id, options, headers);
    stream[kState].endedByPeer = true;
    stream.push(null);
    stream[kSentHeaders] = headers;
    if (options.endStream || headers[':method'] === 'HEAD') stream[kHeadRequest] = true;
    process.nextTick(callback, null, stream, headers, 0);
  }

  respondWithFD(fd, given, options) {
    const { headers, options: chosen } = this[kFileArguments](given, options);
    if (fd !== null && typeof fd === 'object' && typeof fd.fd === 'number') fd = fd.fd;
    if (typeof fd !== 'number') throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'FileHandle'], fd);
    this[kState].headersSent = true;
    const send = (stat) => this[kSendFile](fd, headers, chosen, stat, false);
    if (!chosen.statCheck) {
      send(undefined);
      return;
    }
    fs.fstat(fd, (error, stat) => {
      if (error) this.destroy(error);
      else send(stat);
    });
  }

  respondWithFile(path, given, options) {
    const { headers, options: chosen } = this[kFileArguments](given, options);
    this[kState].headersSent = true;
    const failed = (error) => {
      if (!chosen.onError) {
        this.destroy(error);
        return;
      }
      this[kState].headersSent = false;
      chosen.onError(error);
    };
    fs.open(path, 'r', (error, fd) => {
      if (error) {
        failed(error);
        return;
      }
      if (this.destroyed || this.closed) {
        fs.close(fd, ignore);
        return;
      }
      fs.fstat(fd, (statError, stat) => {
        if (!statError && !stat.isFile()) {
          const isDirectory = stat.isDirectory();
          const bounded = (chosen.offset !== undefined && chosen.offset !== 0) || (chosen.length ?? -1) >= 0;
          if (isDirectory || bounded) statError = isDirectory ? new ERR_HTTP2_SEND_FILE() : new ERR_HTTP2_SEND_FILE_NOSEEK();
        }
        if (statError) {
          fs.close(fd, ignore);
          failed(statError);
          return;
        }
        this[kSendFile](fd, headers, chosen, stat, true);
      });
    });
  }

  [kFileArguments](given, options) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this[kState].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    options = { ...options };
    for (const name of ['offset', 'length']) {
      if (options[name] !== undefined && typeof options[name] !== 'number') {
        throw new ERR_INVALID_ARG_VALUE(`options.${name}`, options[name]);
      }
    }
    if (options.statCheck !== undefined && typeof options.statCheck !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('options.statCheck', options.statCheck);
    }
    const { headers, status } = this[kResponseHeaders](given);
    if (hasNoPayload(status) || this[kHeadRequest]) throw new ERR_HTTP2_PAYLOAD_FORBIDDEN(status);
    return { headers, options };
  }

  [kSendFile](fd, headers, options, stat, owned) {
    const done = () => {
      if (owned) fs.close(fd, ignore);
    };
    if (this.destroyed || this.closed) {
      done();
      return;
    }
    const statOptions = { offset: options.offset ?? 0, length: options.length ?? -1 };
    this[kState].headersSent = false;
    if (options.statCheck && (options.statCheck.call(this, stat, headers, statOptions) === false || this.sentHeaders)) {
      done();
      return;
    }
    const { offset } = statOptions;
    let { length } = statOptions;
    if (stat?.isFile?.()) {
      length = length < 0 ? stat.size - offset : Math.min(stat.size - offset, length);
      headers['content-length'] = length;
    }
    this[kState].headersSent = false;
    this[kSendResponse](headers, false, options.waitForTrailers);
    if (length === 0) {
      done();
      this.end();
      return;
    }
    const isFile = stat?.isFile?.() ?? offset > 0;
    const source = fs.createReadStream(null, {
      fd, autoClose: owned, start: isFile ? offset : undefined, end: length >= 0 ? offset + length - 1 : undefined,
    });
    source.on('error', (error) => this.destroy(error));
    if (owned) this.once('close', () => source.destroy());
    source.pipe(this);
  }
}

module.exports = {
  ClientHttp2Stream,
  HAS_BODY,
  Http2Stream,
  ServerHttp2Stream,
  WANTS_TRAILERS,
  closeStream,
  nghttp2Error,
  setTimeoutOn,
};

// SPDX-License-Identifier: MIT
'use strict';

// Http2Session: one connection and its streams. The native handle consumes the socket's bytes; what programs submit is
// sent at the end of the turn, or with the answer to what has just been read.

const EventEmitter = require('events');
const net = require('net');
const { Buffer } = require('buffer');
const { client: clientChannels } = require('internal/http2/channels');
const { constants } = require('internal/http2/constants');
const { copyHeaders, fromList, requestPseudo, toList } = require('internal/http2/headers');
const { readSettings, toPairs, validateSettings } = require('internal/http2/settings');
const { ClientHttp2Stream, HAS_BODY, ServerHttp2Stream, WANTS_TRAILERS, nghttp2Error, setTimeoutOn } =
  require('internal/http2/stream');
const {
  kDestroyCode, kFlush, kFrame, kGoawayCode, kHandle, kMeasure, kOnClose, kOnData, kOnEnd, kOnWantTrailers, kPendingRemove, kRemoveStream,
  kSentHeaders, kServer, kSession, kState, kStreams, kTimer, kTouch,
} = require('internal/http2/symbols');
const { clearTimeout } = require('internal/timers');
const { callInFrame, frames } = require('internal/async_context');
const { isObserved } = require('internal/perf/observed');
const { validateAbortSignal, validateFunction, validateInt32, validateNumber, validateObject, validateString } =
  require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const {
  AbortError, ErrnoException,
  codes: {
    ERR_HTTP2_ALTSVC_INVALID_ORIGIN, ERR_HTTP2_ALTSVC_LENGTH, ERR_HTTP2_CONNECT_AUTHORITY, ERR_HTTP2_CONNECT_PATH,
    ERR_HTTP2_CONNECT_SCHEME, ERR_HTTP2_GOAWAY_SESSION, ERR_HTTP2_INVALID_ORIGIN, ERR_HTTP2_INVALID_SESSION,
    ERR_HTTP2_MAX_PENDING_SETTINGS_ACK, ERR_HTTP2_NO_SOCKET_MANIPULATION, ERR_HTTP2_ORIGIN_LENGTH, ERR_HTTP2_PING_CANCEL,
    ERR_HTTP2_PING_LENGTH, ERR_HTTP2_SESSION_ERROR, ERR_HTTP2_SETTINGS_CANCEL, ERR_HTTP2_SOCKET_BOUND,
    ERR_HTTP2_SOCKET_UNBOUND, ERR_HTTP2_STREAM_CANCEL, ERR_HTTP2_TOO_MANY_INVALID_FRAMES, ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR, ERR_OUT_OF_RANGE, ERR_SOCKET_CLOSED,
  },
} = require('internal/errors');

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM, NGHTTP2_SESSION_CLIENT,
  NGHTTP2_SESSION_SERVER } = constants;

// nghttp2's categories of header blocks; the last is the binding's own, for PUSH_PROMISE.
const HCAT_PUSH_RESPONSE = 2;
const CATEGORY_PUSH_PROMISE = 102;

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const kSocket = Symbol('socket');
const kProxy = Symbol('proxySocket');
const kOptions = Symbol('options');
const kScheduled = Symbol('flushIsScheduled');
const kPending = Symbol('pendingStreams');
const kAuthorityOfSession = Symbol('authority');
const kBound = Symbol('boundSession');
const kScheme = Symbol('scheme');
const kSessions = Symbol('sessions');
const kSubmitSettings = Symbol('submitSettings');

function hrtime() {
  return process.hrtime();
}

function millisecondsSince(start) {
  const [seconds, nanoseconds] = process.hrtime(start);
  return seconds * 1000 + nanoseconds / 1e6;
}

// --- the socket that programs see --------------------------------------------------------------------------------

const forbidden = new Set(['destroy', 'emit', 'end', 'pause', 'read', 'resume', 'write', 'setEncoding', 'setKeepAlive', 'setNoDelay']);

const socketTraps = {
  get(session, name) {
    if (name === 'setTimeout' || name === 'ref' || name === 'unref') return session[name].bind(session);
    if (forbidden.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const socket = session[kSocket];
    if (socket === undefined) throw new ERR_HTTP2_SOCKET_UNBOUND();
    const value = socket[name];
    return typeof value === 'function' ? value.bind(socket) : value;
  },
  getPrototypeOf(session) {
    const socket = session[kSocket];
    if (socket === undefined) throw new ERR_HTTP2_SOCKET_UNBOUND();
    return Reflect.getPrototypeOf(socket);
  },
  set(session, name, value) {
    if (name === 'setTimeout' || name === 'ref' || name === 'unref') {
      session[name] = value;
      return true;
    }
    if (forbidden.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const socket = session[kSocket];
    if (socket === undefined) throw new ERR_HTTP2_SOCKET_UNBOUND();
    socket[name] = value;
    return true;
  },
};

// --- what the handle calls ---------------------------------------------------------------------------------------

// What happens to a stream happens in the async context of whoever asked for it.
function inContext(stream, call) {
  if (frames.areUsed) {
    callInFrame(stream[kFrame], call, undefined, []);
  } else {
    call();
  }
}

function onheaders(id, list, category, endStream) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  session[kTouch]();
  const { headers, raw } = fromList(list);
  const flags = 4 | (endStream ? 1 : 0);
  const stream = session[kStreams].get(id);
  if (stream !== undefined) {
    stream[kTouch]();
    stream[kMeasure]?.header();
    if (endStream) stream[kState].endAfterHeaders = true;
    inContext(stream, () => laterHeaders(stream, headers, raw, flags, category));
    return;
  }
  if (session.closed && category !== CATEGORY_PUSH_PROMISE) {
    this.rst(id, NGHTTP2_REFUSED_STREAM);
    return;
  }
  let made;
  if (session.type === NGHTTP2_SESSION_SERVER) {
    made = new ServerHttp2Stream(session, id, { highWaterMark: session[kOptions].highWaterMark }, headers);
    if (endStream) made[kOnEnd]();
    if (headers[':method'] === 'HEAD') made[kState].headRequest = true;
  } else {
    made = new ClientHttp2Stream(session, id, {});
    made[kState].endAfterHeaders = endStream;
    for (const which of [clientChannels.created, clientChannels.start]) {
      if (which.hasSubscribers) which.publish({ stream: made, headers });
    }
    made.end();
  }
  made[kMeasure]?.header();
  if (endStream) made[kState].endAfterHeaders = true;
  process.nextTick(emitStream, session, made, headers, flags, raw);
}

function emitStream(session, stream, headers, flags, raw) {
  if (session.destroyed && stream.destroyed) return;
  if (session.listenerCount('stream') === 0) {
    stream[kSession]?.[kHandle]?.rst(stream.id, NGHTTP2_REFUSED_STREAM);
    session[kFlush]();
    return;
  }
  session.emit('stream', stream, headers, flags, raw);
}

// The server does not speak for that origin after all (RFC 8336, 2.3).
function forgetOrigin(stream) {
  const { originSet } = stream[kSession][kState];
  const sent = stream[kSentHeaders];
  if (originSet && sent) originSet.delete(`https://${sent[':authority'] ?? sent.host}`);
}

// Further header blocks of a stream: interim and final responses, trailers.
function laterHeaders(stream, headers, raw, flags, category) {
  const state = stream[kState];
  const status = headers[':status'];
  let event;
  if (stream[kSession].type === NGHTTP2_SESSION_SERVER) {
    event = 'trailers';
  } else if (category === HCAT_PUSH_RESPONSE) {
    event = 'push';
    state.responded = true;
  } else if (status === undefined) {
    event = 'trailers';
  } else if (!state.responded && status >= 200) {
    event = 'response';
    state.responded = true;
    if (status === 421) forgetOrigin(stream);
  } else {
    event = status === 100 ? 'continue' : 'headers';
  }
  if ((event === 'response' || event === 'push') && clientChannels.finish.hasSubscribers) {
    clientChannels.finish.publish({ stream, headers, flags });
  }
  if (event === 'continue') {
    process.nextTick(() => {
      stream.emit('continue');
      stream.emit('headers', headers, flags, raw);
    });
    return;
  }
  if (event === 'trailers' && (flags & 1) === 0 && stream[kSession].type === NGHTTP2_SESSION_SERVER) flags |= 1;
  process.nextTick(() => {
    if (!stream.destroyed || event === 'response') stream.emit(event, headers, flags, raw);
  });
}

function ondata(id, bytes) {
  const stream = this.owner?.[kStreams].get(id);
  if (stream === undefined || stream.destroyed) {
    this.read(id, true);
    return;
  }
  inContext(stream, () => stream[kOnData](bytes));
}

function onend(id) {
  const stream = this.owner?.[kStreams].get(id);
  if (stream) inContext(stream, () => stream[kOnEnd]());
}

function onstreamclose(id, code) {
  const stream = this.owner?.[kStreams].get(id);
  if (stream === undefined) return;
  this.owner[kTouch]();
  inContext(stream, () => process.nextTick(() => stream[kOnClose](code)));
}

function onwanttrailers(id) {
  this.owner?.[kStreams].get(id)?.[kOnWantTrailers]();
}

// Settings of no known meaning that the program wants to know of.
function keepCustomSettings(session, pairs) {
  const { remoteCustomSettings } = session[kOptions];
  if (!remoteCustomSettings || !pairs) return;
  for (let k = 0; k < pairs.length; k += 2) {
    if (remoteCustomSettings.includes(pairs[k])) (session[kState].remoteCustom ??= {})[pairs[k]] = pairs[k + 1];
  }
}

function onsettings(isAck, pairs) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  session[kTouch]();
  if (!isAck) {
    session[kState].remoteSettings = undefined;
    keepCustomSettings(session, pairs);
    const settings = session.remoteSettings;
    process.nextTick(() => {
      if (!session.destroyed) session.emit('remoteSettings', settings);
    });
    return;
  }
  const { pendingSettings } = session[kState];
  const pending = pendingSettings.shift();
  session[kState].localSettings = undefined;
  if (pending === undefined) return;
  const settings = session.localSettings;
  if (pending.callback) pending.callback(null, settings, millisecondsSince(pending.start));
  process.nextTick(() => {
    if (!session.destroyed) session.emit('localSettings', settings);
  });
}

function onping(isAck, payload) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  session[kTouch]();
  payload = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  if (!isAck) {
    if (session.listenerCount('ping') > 0) session.emit('ping', payload);
    return;
  }
  const pending = session[kState].pendingPings.shift();
  if (pending === undefined) {
    // An answer to a question nobody asked.
    session.destroy(nghttp2Error(-505), constants.NGHTTP2_PROTOCOL_ERROR);
    return;
  }
  const time = millisecondsSince(pending.start);
  session[kMeasure]?.pong(time);
  pending.callback(null, time, payload);
}

function ongoaway(code, lastStreamId, data) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  const state = session[kState];
  state.goawayCode ??= code;
  state.goawayLastStreamID ??= lastStreamId;
  data = data && Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  process.nextTick(() => session.emit('goaway', code, lastStreamId, data));
  process.nextTick(() => {
    if (code === NGHTTP2_NO_ERROR) session.close();
    else session.destroy(new ERR_HTTP2_SESSION_ERROR(code), NGHTTP2_NO_ERROR);
  });
}

function onaltsvc(id, origin, value) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  process.nextTick(() => session.emit('altsvc', value, origin, id));
}

function onorigin(list) {
  const session = this.owner;
  if (!session || session.destroyed || !session.encrypted) return;
  void session.originSet; // made on first use
  for (const origin of list) session[kState].originSet.add(origin);
  process.nextTick(() => session.emit('origin', list));
}

// What nghttp2 calls its own errors, as codes of the protocol.
const frameErrors = {
  '-505': constants.NGHTTP2_PROTOCOL_ERROR, '-510': constants.NGHTTP2_STREAM_CLOSED,
  '-522': constants.NGHTTP2_FRAME_SIZE_ERROR, '-523': constants.NGHTTP2_COMPRESSION_ERROR,
  '-524': constants.NGHTTP2_FLOW_CONTROL_ERROR, '-531': constants.NGHTTP2_PROTOCOL_ERROR,
  '-532': constants.NGHTTP2_PROTOCOL_ERROR, '-533': NGHTTP2_REFUSED_STREAM,
};

function onframeerror(id, type, code) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  const target = session[kStreams].get(id) ?? session;
  code = frameErrors[code] ?? NGHTTP2_INTERNAL_ERROR;
  target.emit('frameError', type, code, id);
  // The frame that begins a stream was not sent: to the peer there is none.
  if (target !== session) target.close(type === 1 ? NGHTTP2_REFUSED_STREAM : code);
}

function onerror(code) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  session.destroy(nghttp2Error(code), code === -505 || code === -903 ? constants.NGHTTP2_PROTOCOL_ERROR : NGHTTP2_INTERNAL_ERROR);
}

function oninvalidframe(code, count) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  if (count - 1 > session[kOptions].maxSessionInvalidFrames) {
    session.destroy(new ERR_HTTP2_TOO_MANY_INVALID_FRAMES());
    return;
  }
  const NGHTTP2_ERR_STREAM_CLOSED = -510;
  if (code !== -505 && code !== NGHTTP2_ERR_STREAM_CLOSED) return; // the stream's matter
  if (session.type === NGHTTP2_SESSION_CLIENT || code === -505) {
    process.nextTick(() => session.destroy(nghttp2Error(code)));
  }
}

function onwriteerror(status) {
  const session = this.owner;
  if (!session || session.destroyed) return;
  // The socket's own report of the same failure follows, if it has one.
  setImmediate(() => {
    if (!session.destroyed) session.destroy(status === -32 || status === -104 ? undefined : new ErrnoException(status, 'write'));
  });
}

function ondone() {
  const session = this.owner;
  if (!session || session.destroyed) return;
  const { goawayCode } = session[kState];
  session[kState].closed = true;
  process.nextTick(() => {
    if (!session.destroyed && session[kStreams].size === 0) session.destroy(goawayCode || NGHTTP2_NO_ERROR);
  });
}

const callbacks = {
  onheaders, ondata, onend, onstreamclose, onwanttrailers, onsettings, onping, ongoaway, onaltsvc, onorigin, onframeerror,
  onerror, oninvalidframe, onwriteerror, ondone, ongoawaysent() {},
};

// --- Http2Session ------------------------------------------------------------------------------------------------

class Http2Session extends EventEmitter {
  constructor(type, options, socket) {
    super();
    // The connection's bytes are a session's, or the program's.
    if (socket[kBound]) throw new ERR_HTTP2_SOCKET_BOUND();
    socket[kBound] = this;
    this[kOptions] = { maxSessionInvalidFrames: 1000, maxOutstandingPings: 10, maxOutstandingSettings: 10, ...options };
    this[kSocket] = socket;
    this[kStreams] = new Map();
    this[kPending] = new Set();
    this[kTimer] = null;
    this[kHandle] = undefined;
    this[kProxy] = undefined;
    this[kScheduled] = false;
    this[kState] = {
      type, destroyed: false, closed: false, destroyCode: NGHTTP2_NO_ERROR, goawayCode: null, goawayLastStreamID: null, whenConnected: [],
      pendingSettings: [], pendingPings: [], timeout: 0, encrypted: undefined, originSet: undefined,
    };
    this[kDestroyCode] = undefined;
    if (isObserved('http2')) this[kMeasure] = new (require('internal/http2/measure').SessionMeasure)();
    socket.disableRenegotiation?.();
    // Small frames of control must not wait for the acknowledgement of others.
    if (socket instanceof net.Socket) socket.setNoDelay(true);
    socket.on('close', () => onSocketClose(this));
    const isConnecting = socket.connecting || socket.secureConnecting;
    const setup = () => this._setup();
    if (isConnecting) {
      const event = socket.encrypted || socket.secureConnecting !== undefined ? 'secureConnect' : 'connect';
      socket.once(event, () => {
        try {
          setup();
        } catch (error) {
          socket.destroy(error);
        }
      });
    } else {
      setup();
    }
  }

  _setup() {
    const socket = this[kSocket];
    if (this.destroyed) return;
    let carrier = socket;
    if (!socket._handle || !(socket instanceof net.Socket)) {
      const { JSStreamSocket } = require('internal/js_stream_socket');
      carrier = new JSStreamSocket(socket);
      carrier.on('error', (error) => this.destroy(error));
    }
    this[kState].carrier = carrier;
    const { Http2Session: Native } = internalBinding('http2');
    const early = [];
    for (let chunk; carrier === socket && (chunk = socket.read()) !== null;) early.push(chunk);
    const handle = new Native(this.type === NGHTTP2_SESSION_SERVER, carrier._handle, this[kOptions]);
    handle.owner = this;
    Object.assign(handle, callbacks);
    this[kHandle] = handle;
    carrier._handle.readStart();
    carrier._handle.reading = true;
    this[kSubmitSettings](this[kOptions].settings ?? {});
    this[kState].pendingSettings.push({ callback: undefined, start: hrtime() });
    if (this[kOptions].localWindowSize) handle.setLocalWindowSize(this[kOptions].localWindowSize);
    for (const chunk of early) handle.receive(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
    this[kFlush]();
    process.nextTick(() => {
      if (this.destroyed) return;
      this[kState].isConnected = true;
      for (const call of this[kState].whenConnected.splice(0)) call();
      this.emit('connect', this, socket);
    });
  }

  [kSubmitSettings](settings) {
    const status = this[kHandle].settings(toPairs(settings));
    if (status < 0) throw nghttp2Error(status);
    const { customSettings } = settings;
    if (customSettings) this[kState].localCustom = { ...this[kState].localCustom, ...customSettings };
    this[kFlush]();
  }

  // Soon: what is submitted in one turn goes out together.
  [kFlush]() {
    if (this[kScheduled] || !this[kHandle]) return;
    this[kScheduled] = true;
    process.nextTick(flushNow, this);
  }

  [kTouch]() {
    this[kTimer]?.refresh();
  }

  [kRemoveStream](stream) {
    if (stream.id !== undefined) this[kStreams].delete(stream.id);
    this[kPending].delete(stream);
    if (this.closed && this[kStreams].size === 0 && this[kPending].size === 0 && !this.destroyed) {
      process.nextTick(() => closeIfIdle(this));
    }
  }

  [kPendingRemove](stream) {
    this[kPending].delete(stream);
  }

  get [kGoawayCode]() {
    return this[kState].goawayCode;
  }

  [inspectCustom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    return `Http2Session ${require('internal/util/inspect').inspect({
      type: this.type, closed: this.closed, destroyed: this.destroyed, state: this.state,
      localSettings: this.localSettings, remoteSettings: this.remoteSettings,
    }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  // --- facts

  get type() {
    return this[kState].type;
  }

  get closed() {
    return this[kState].closed;
  }

  get destroyed() {
    return this[kState].destroyed;
  }

  get connecting() {
    const socket = this[kSocket];
    return this[kHandle] === undefined && !this.destroyed && Boolean(socket?.connecting || socket?.secureConnecting);
  }

  get encrypted() {
    const socket = this[kSocket];
    if (socket === undefined || this.connecting) return undefined;
    return Boolean(socket.encrypted);
  }

  get alpnProtocol() {
    const socket = this[kSocket];
    if (socket === undefined || this.connecting) return undefined;
    return socket.alpnProtocol || (socket.encrypted ? undefined : 'h2c');
  }

  get originSet() {
    if (!this.encrypted || this.destroyed) return undefined;
    const state = this[kState];
    if (state.originSet === undefined) {
      const socket = this[kSocket];
      let host = socket.servername;
      if (host === null || host === false || host === undefined) {
        host = socket.remoteFamily === 'IPv6' ? `[${socket.remoteAddress}]` : socket.remoteAddress;
      }
      let origin = `https://${host}`;
      if (socket.remotePort && socket.remotePort !== 443) origin += `:${socket.remotePort}`;
      state.originSet = new Set([origin]);
    }
    return [...state.originSet];
  }

  get socket() {
    return this[kProxy] ??= new Proxy(this, socketTraps);
  }

  get pendingSettingsAck() {
    return this[kState].pendingSettings.length > 0;
  }

  get localSettings() {
    const state = this[kState];
    const handle = this[kHandle];
    if (!handle || this.destroyed) return state.localSettings ?? {};
    return state.localSettings ??= readSettings((id) => handle.getSettings(false, id), state.localCustom);
  }

  get remoteSettings() {
    const state = this[kState];
    const handle = this[kHandle];
    if (!handle || this.destroyed) return state.remoteSettings ?? {};
    return state.remoteSettings ??= readSettings((id) => handle.getSettings(true, id), state.remoteCustom);
  }

  get state() {
    const found = this[kHandle]?.state();
    if (!found || this.destroyed) return {};
    const [effectiveLocalWindowSize, effectiveRecvDataLength, nextStreamID, localWindowSize, lastProcStreamID,
      remoteWindowSize, outboundQueueSize, deflateDynamicTableSize, inflateDynamicTableSize] = found;
    return {
      effectiveLocalWindowSize, effectiveRecvDataLength, nextStreamID, localWindowSize, lastProcStreamID,
      remoteWindowSize, outboundQueueSize, deflateDynamicTableSize, inflateDynamicTableSize,
    };
  }

  // --- frames of the connection

  settings(settings, callback) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateObject(settings, 'settings');
    validateSettings(settings);
    if (callback !== undefined) validateFunction(callback, 'callback');
    const state = this[kState];
    if (state.pendingSettings.length >= this[kOptions].maxOutstandingSettings) throw new ERR_HTTP2_MAX_PENDING_SETTINGS_ACK();
    state.pendingSettings.push({ callback, start: hrtime() });
    const copy = { ...settings };
    if (this[kHandle]) this[kSubmitSettings](copy);
    else this[kState].whenConnected.push(() => this[kSubmitSettings](copy));
  }

  ping(payload, callback) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (typeof payload === 'function') {
      callback = payload;
      payload = undefined;
    }
    if (payload !== undefined) {
      if (!isArrayBufferView(payload)) {
        throw new ERR_INVALID_ARG_TYPE('payload', ['Buffer', 'TypedArray', 'DataView'], payload);
      }
      if (payload.byteLength !== 8) throw new ERR_HTTP2_PING_LENGTH();
    }
    validateFunction(callback, 'callback');
    if (this.connecting || !this[kHandle]) {
      this[kState].whenConnected.push(() => this.ping(payload, callback));
      return true;
    }
    const { pendingPings } = this[kState];
    if (pendingPings.length >= this[kOptions].maxOutstandingPings) {
      process.nextTick(callback, new ERR_HTTP2_PING_CANCEL(), 0, payload);
      return false;
    }
    pendingPings.push({ callback, start: hrtime() });
    this[kHandle].ping(payload ?? new Uint8Array(new BigUint64Array([process.hrtime.bigint()]).buffer));
    this[kFlush]();
    return true;
  }

  goaway(code = NGHTTP2_NO_ERROR, lastStreamID = 0, opaqueData) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (opaqueData !== undefined && !isArrayBufferView(opaqueData)) {
      throw new ERR_INVALID_ARG_TYPE('opaqueData', ['Buffer', 'TypedArray', 'DataView'], opaqueData);
    }
    validateNumber(code, 'code');
    validateNumber(lastStreamID, 'lastStreamID');
    const send = () => {
      this[kHandle]?.goaway(code, lastStreamID, opaqueData);
      this[kFlush]();
    };
    if (this[kHandle]) send();
    else this[kState].whenConnected.push(send);
  }

  setLocalWindowSize(size) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateInt32(size, 'windowSize', 0);
    const status = this[kHandle].setLocalWindowSize(size);
    if (status < 0) this.destroy(nghttp2Error(status));
    else this[kFlush]();
  }

  setNextStreamID(id) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateNumber(id, 'id');
    if (id <= 0 || id > 2 ** 32 - 1) throw new ERR_OUT_OF_RANGE('id', '> 0 and <= 4294967295', id);
    this[kHandle].setNextStreamID(id);
  }

  // --- timeouts, references

  get timeout() {
    return this[kState].timeout || undefined;
  }

  setTimeout(msecs, callback) {
    return setTimeoutOn(this, this[kState], msecs, callback);
  }

  ref() {
    this[kSocket]?.ref?.();
  }

  unref() {
    this[kSocket]?.unref?.();
  }

  // --- the end

  close(callback) {
    if (this.closed || this.destroyed) return;
    this[kState].closed = true;
    if (typeof callback === 'function') this.once('close', callback);
    this.goaway();
    closeIfIdle(this);
  }

  destroy(error = NGHTTP2_NO_ERROR, code = undefined) {
    if (this.destroyed) return;
    if (typeof error === 'number') {
      code = error;
      error = code !== NGHTTP2_NO_ERROR ? new ERR_HTTP2_SESSION_ERROR(code) : undefined;
    }
    if (code === undefined && error !== undefined && error !== null) code = NGHTTP2_INTERNAL_ERROR;
    destroySession(this, code ?? NGHTTP2_NO_ERROR, error ?? undefined);
  }

  [Symbol.asyncDispose]() {
    return new Promise((resolve) => {
      if (this.destroyed) resolve();
      else this.close(resolve);
    });
  }
}

function flushNow(session) {
  session[kScheduled] = false;
  session[kHandle]?.flush();
}

// A session that has been closed ends with its last stream, once what it has to say is out.
function closeIfIdle(session) {
  if (session.destroyed || !session.closed || session[kStreams].size > 0 || session[kPending].size > 0) return;
  session[kHandle]?.flush();
  if (session.destroyed) return;
  setImmediate(() => {
    if (!session.destroyed && session[kStreams].size === 0 && session[kPending].size === 0) session.destroy();
  });
}

function onSocketClose(session) {
  const socket = session[kSocket];
  if (socket !== undefined) socket[kBound] = undefined;
  if (session.destroyed) {
    return;
  }
  const error = session.connecting || (session[kHandle] === undefined && socket?.secureConnecting) ? new ERR_SOCKET_CLOSED() : null;
  const state = session[kState];
  state.socketClosed = true;
  for (const stream of [...session[kStreams].values()]) if (!stream.closed) stream.close(NGHTTP2_CANCEL);
  for (const stream of [...session[kPending]]) stream.close(NGHTTP2_CANCEL);
  state.closed = true;
  destroySession(session, NGHTTP2_NO_ERROR, error ?? undefined, true);
}

function destroySession(session, code, error, socketIsGone) {
  const state = session[kState];
  const socket = session[kSocket];
  const handle = session[kHandle];
  // Programs may still ask for these.
  state.localSettings = session.localSettings;
  state.remoteSettings = session.remoteSettings;
  session[kDestroyCode] = code;
  state.destroyCode = code;
  if (session[kTimer]) clearTimeout(session[kTimer]);
  session[kTimer] = null;
  const cancelled = new ERR_HTTP2_STREAM_CANCEL(error);
  for (const stream of [...session[kPending]]) stream.destroy(socketIsGone && !error ? undefined : cancelled);
  for (const stream of [...session[kStreams].values()]) stream.destroy(error);
  state.closed = state.destroyed = true;
  for (const { callback } of state.pendingPings.splice(0)) callback(new ERR_HTTP2_PING_CANCEL());
  for (const { callback } of state.pendingSettings.splice(0)) callback?.(new ERR_HTTP2_SETTINGS_CANCEL());
  if (handle && !socketIsGone && !socket.destroyed) {
    if (state.goawayCode === null || code !== NGHTTP2_NO_ERROR) handle.goaway(code, 0, undefined);
    handle.flush();
  }
  finishSession(session, error, socketIsGone);
}

function finishSession(session, error, socketIsGone) {
  const socket = session[kSocket];
  const handle = session[kHandle];
  const { carrier } = session[kState];
  const finish = () => {
    session[kSocket] = undefined;
    if (error) session.emit('error', error);
    session.emit('close');
  };
  const measure = () => {
    if (handle) session[kMeasure]?.end(session.type === NGHTTP2_SESSION_SERVER ? 'server' : 'client', handle.counts());
  };
  const done = () => {
    measure();
    handle?.destroy();
    session[kHandle] = undefined;
    if (carrier && carrier !== socket && !carrier.destroyed) carrier.destroy();
    process.nextTick(finish);
  };
  if (socketIsGone || !socket || socket.destroyed) {
    done();
    return;
  }
  // Frames that are still on their way go out before the end of the connection.
  setImmediate(() => {
    handle?.flush();
    measure();
    handle?.destroy();
    session[kHandle] = undefined;
    if (socket.destroyed) {
      process.nextTick(finish);
      return;
    }
    socket.once('close', () => process.nextTick(finish));
    if (error || socket.connecting) {
      socket.destroy(socket.connecting ? error : undefined);
    } else {
      socket.end();
      // Whatever the peer still says: nobody listens any more.
      socket.resume?.();
      setImmediate(() => socket.destroy());
    }
  });
}

// --- ServerHttp2Session ------------------------------------------------------------------------------------------

class ServerHttp2Session extends Http2Session {
  constructor(options, socket, server) {
    super(NGHTTP2_SESSION_SERVER, options, socket);
    this[kServer] = server;
    if (server) {
      server[kSessions].add(this);
      this.once('close', () => server[kSessions].delete(this));
    }
    if (Array.isArray(options?.origins) && this[kHandle]) this.origin(...options.origins);
  }

  get server() {
    return this[kServer];
  }

  altsvc(alt, originOrStream) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    let stream = 0;
    let origin;
    if (typeof originOrStream === 'string') {
      origin = originOf(originOrStream);
      if (origin === 'null') throw new ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
    } else if (typeof originOrStream === 'number') {
      if (originOrStream >>> 0 !== originOrStream || originOrStream === 0) {
        throw new ERR_OUT_OF_RANGE('originOrStream', `> 0 && < ${2 ** 32}`, originOrStream);
      }
      stream = originOrStream;
    } else if (originOrStream !== undefined) {
      if (originOrStream !== null && typeof originOrStream === 'object') origin = originOrStream.origin;
      if (typeof origin !== 'string') {
        throw new ERR_INVALID_ARG_TYPE('originOrStream', ['string', 'number', 'URL', 'object'], originOrStream);
      }
      if (origin === 'null' || origin.length === 0) throw new ERR_HTTP2_ALTSVC_INVALID_ORIGIN();
    }
    validateString(alt, 'alt');
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(alt)) throw new ERR_INVALID_CHAR('alt');
    if (Buffer.byteLength(alt) + (origin !== undefined ? Buffer.byteLength(origin) : 0) > 16382) throw new ERR_HTTP2_ALTSVC_LENGTH();
    this[kHandle].altsvc(stream, origin || '', alt);
    this[kFlush]();
  }

  origin(...origins) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (origins.length === 0) return;
    let length = 0;
    const list = origins.map((item) => {
      let origin;
      if (typeof item === 'string') origin = originOf(item);
      else if (item !== null && typeof item === 'object') ({ origin } = item);
      if (typeof origin !== 'string') throw new ERR_INVALID_ARG_TYPE('origin', ['string', 'URL', 'object'], item);
      if (origin === 'null') throw new ERR_HTTP2_INVALID_ORIGIN();
      length += origin.length;
      return origin;
    });
    if (length > 16382) throw new ERR_HTTP2_ORIGIN_LENGTH();
    this[kHandle].origin(list);
    this[kFlush]();
  }
}

function originOf(text) {
  return new (require('internal/url').URL)(text).origin;
}

// --- ClientHttp2Session ------------------------------------------------------------------------------------------

const withoutPayload = new Set(['GET', 'HEAD', 'DELETE']);

class ClientHttp2Session extends Http2Session {
  constructor(options, socket) {
    super(NGHTTP2_SESSION_CLIENT, options, socket);
  }

  request(given, options) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (this.closed) throw new ERR_HTTP2_GOAWAY_SESSION();
    this[kTouch]();
    if (given !== undefined && given !== null && typeof given !== 'object') {
      throw new ERR_INVALID_ARG_TYPE('headers', 'Object', given);
    }
    if (options !== undefined) validateObject(options, 'options');
    options = { ...options };
    if (options.endStream !== undefined && typeof options.endStream !== 'boolean') {
      throw new ERR_INVALID_ARG_VALUE('options.endStream', options.endStream);
    }
    const headers = this._requestHeaders(given);
    const list = toList(headers, requestPseudo);
    options.endStream ??= withoutPayload.has(headers[':method']);
    const { signal } = options;
    if (signal) validateAbortSignal(signal, 'options.signal');
    const stream = new ClientHttp2Stream(this, undefined, {});
    stream[kSentHeaders] = headers;
    if (clientChannels.created.hasSubscribers) clientChannels.created.publish({ stream, headers });
    if (options.endStream) stream.end();
    this[kPending].add(stream);
    const flags = options.endStream ? 0 : HAS_BODY | (options.waitForTrailers ? WANTS_TRAILERS : 0);
    if (signal && abortWith(stream, signal)) return stream;
    const submit = () => stream._submit(list, flags);
    if (this[kState].isConnected) submit();
    else this[kState].whenConnected.push(submit);
    return stream;
  }

  _requestHeaders(given) {
    const headers = copyHeaders(given);
    headers[':method'] ??= 'GET';
    const isConnect = headers[':method'] === 'CONNECT';
    if (!isConnect || headers[':protocol'] !== undefined) {
      if (headers[':authority'] === undefined && headers.host === undefined) headers[':authority'] = this[kAuthorityOfSession];
      headers[':scheme'] ??= this[kScheme];
      headers[':path'] ??= '/';
    } else {
      if (headers[':authority'] === undefined) throw new ERR_HTTP2_CONNECT_AUTHORITY();
      if (headers[':scheme'] !== undefined) throw new ERR_HTTP2_CONNECT_SCHEME();
      if (headers[':path'] !== undefined) throw new ERR_HTTP2_CONNECT_PATH();
    }
    return headers;
  }
}

// True when it has been aborted already.
function abortWith(stream, signal) {
  const abort = () => stream.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    abort();
    return true;
  }
  signal.addEventListener('abort', abort, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', abort));
  return false;
}

module.exports = { ClientHttp2Session, Http2Session, ServerHttp2Session, kAuthorityOfSession, kScheme, kSessions };

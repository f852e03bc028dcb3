// SPDX-License-Identifier: MIT
'use strict';

// One HTTP exchange of fetch over Node's client: what goes into the request, its body, the answer's decoding, and how
// failures are called. Connections are pooled by agents of fetch's own.

const { Buffer } = require('buffer');
const { kMethodAsGiven } = require('internal/net');
const { isBlob, piecesOf } = require('internal/blob');
const { ResponseState, nullBodyStatuses } = require('internal/fetch/response');
const { Body } = require('internal/fetch/body');
const { referrerOf } = require('internal/fetch/referrer');
const readables = require('internal/webstreams/readable');

// Milliseconds: how long an idle connection is kept, and how long a server may let us wait for a connection, for an
// answer, and between two parts of its body.
const kIdleTimeout = 4000;
const kConnectTimeout = 10_000;
const kHeadersTimeout = 300_000;
const kBodyTimeout = 300_000;

const agents = { __proto__: null };

// The client module and agent of a scheme. https is loaded when a program first needs it.
function clientFor(protocol) {
  const client = require(protocol === 'https:' ? 'https' : 'http');
  agents[protocol] ??= new client.Agent({ keepAlive: true, timeout: kIdleTimeout, ...proxyOptions() });
  return { client, agent: agents[protocol] };
}

function proxyOptions() {
  const proxyEnv = require('_http_agent').environmentProxy() || hasOwnProxy ? require('internal/http/proxy').fetchProxyEnv() : undefined;
  return proxyEnv && { proxyEnv };
}

let hasOwnProxy = false; // http.setGlobalProxyFromEnv() was called

// Other proxies are to be asked from now on.
function forgetAgents() {
  hasOwnProxy = true;
  for (const protocol of Object.keys(agents)) delete agents[protocol];
}

function named(name, code, message) {
  const error = new Error(message);
  Object.defineProperty(error, 'name', { __proto__: null, value: name, writable: true, configurable: true });
  error.code = code;
  return error;
}

// A connection that ended under us has one name, however we learnt of it.
function connectionError(error) {
  if (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'HPE_INVALID_EOF_STATE') {
    return named('SocketError', 'UND_ERR_SOCKET', 'other side closed');
  }
  if (typeof error.code === 'string' && error.code.startsWith('HPE_')) {
    return named('HTTPParserError', error.code, `Response does not match the HTTP/1.1 protocol (${error.reason})`);
  }
  return error;
}

const conditions = ['if-modified-since', 'if-none-match', 'if-unmodified-since', 'if-match', 'if-range'];

// What a machine without these libraries cannot decode is not asked for.
let codings;

function secureCodings() {
  if (codings === undefined) {
    const { hasBrotli, hasZstd } = internalBinding('zlib');
    codings = `${hasBrotli() ? 'br, ' : ''}gzip, deflate${hasZstd() ? ', zstd' : ''}`;
  }
  return codings;
}

// Headers that are the connection's business; what may be said of it is read out of them.
const ownHeaders = ['host', 'connection', 'content-length', 'sec-fetch-mode', 'trailer'];
const forbiddenHeaders = ['transfer-encoding', 'keep-alive', 'upgrade'];

function checkHeader(name, value) {
  if (name === 'expect') throw named('NotSupportedError', 'UND_ERR_NOT_SUPPORTED', 'expect header not supported');
  if (forbiddenHeaders.includes(name) || (name === 'content-length' && !/^\d+$/.test(value))) {
    throw named('InvalidArgumentError', 'UND_ERR_INVALID_ARG', `invalid ${name} header`);
  }
}

function isClosing(connection) {
  return connection !== null && connection.split(',').some((token) => token.trim().toLowerCase() === 'close');
}

// Request headers as a flat list, in the order they are sent. Throws for those that a request cannot have.
function headerLines(request) {
  const { headers, url, method, body } = request;
  const given = (name) => headers.get(name);
  const lines = ['host', given('host') ?? url.host, 'connection', isClosing(given('connection')) ? 'close' : 'keep-alive'];
  for (const { name, value } of headers.fields.values()) {
    const lower = name.toLowerCase();
    checkHeader(lower, value);
    if (!ownHeaders.includes(lower)) lines.push(name, value);
  }
  const byDefault = (name, value) => {
    if (!headers.has(name)) lines.push(name, value);
  };
  byDefault('accept', '*/*');
  byDefault('accept-language', '*');
  lines.push('sec-fetch-mode', request.mode);
  const referrer = referrerOf(request);
  if (referrer !== null) byDefault('referer', referrer);
  byDefault('user-agent', 'node');
  // A request that states its own conditions is not answered from a cache on the way.
  const isConditional = request.cache === 'default' && conditions.some((name) => headers.has(name));
  if (request.cache === 'no-cache') byDefault('cache-control', 'max-age=0');
  if (request.cache === 'no-store' || request.cache === 'reload' || isConditional) {
    byDefault('pragma', 'no-cache');
    byDefault('cache-control', 'no-cache');
  }
  const wanted = url.protocol === 'https:' ? secureCodings() : 'gzip, deflate';
  byDefault('accept-encoding', headers.has('range') ? 'identity' : wanted);
  if (body === null) {
    if (method === 'POST' || method === 'PUT' || method === 'PATCH') lines.push('content-length', '0');
  } else if (body.length !== null) {
    lines.push('content-length', `${body.length}`);
  } else {
    lines.push('transfer-encoding', 'chunked');
  }
  if (url.username !== '' && !headers.has('authorization')) {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    lines.push('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  }
  return lines;
}

const idempotentMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

class Exchange {
  constructor(request, task) {
    this.request = request;
    this.task = task;
    this.outgoing = undefined;
    this.incoming = undefined;
    this.output = undefined; // the last stream of the answer's decoding
    this.isAborted = false;
    this.reason = undefined;
    this.connectTimer = undefined;
    this.settle = Promise.withResolvers();
    this.answered = this.settle.promise;
    this.send(false);
  }

  send(isRetry) {
    const { url, method, body } = this.request;
    const { client, agent } = clientFor(url.protocol);
    const outgoing = this.outgoing = client.request({
      protocol: url.protocol,
      hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method,
      headers: headerLines(this.request),
      agent,
      setHost: false,
      [kMethodAsGiven]: true,
    });
    outgoing.on('socket', (socket) => {
      if (socket.connecting) this.limitConnecting(socket);
    });
    outgoing.setTimeout(kHeadersTimeout, () => {
      if (this.incoming === undefined) {
        outgoing.destroy(named('HeadersTimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error'));
      } else {
        this.fail(named('BodyTimeoutError', 'UND_ERR_BODY_TIMEOUT', 'Body Timeout Error'));
      }
    });
    outgoing.on('response', (incoming) => this.onResponse(incoming));
    outgoing.on('upgrade', (incoming, socket) => {
      socket.destroy();
      this.settle.reject(named('SocketError', 'UND_ERR_SOCKET', 'bad upgrade'));
    });
    outgoing.on('error', (error) => {
      clearTimeout(this.connectTimer);
      // A connection from the pool may have been closed while it idled: nothing was answered, so another is tried.
      const mayRetry = outgoing.reusedSocket && this.incoming === undefined && !isRetry && !this.isAborted &&
        (error.code === 'ECONNRESET' || error.code === 'EPIPE') && idempotentMethods.includes(method) &&
        (body === null || body.pieces !== undefined);
      if (mayRetry) this.send(true);
      else this.settle.reject(connectionError(error));
    });
    this.sendBody(outgoing);
  }

  limitConnecting(socket) {
    this.connectTimer = setTimeout(() => {
      const { url } = this.request;
      socket.destroy(named('ConnectTimeoutError', 'UND_ERR_CONNECT_TIMEOUT',
                           `Connect Timeout Error (attempted address: ${url.host}, timeout: ${kConnectTimeout}ms)`));
    }, kConnectTimeout);
    this.connectTimer.unref();
    socket.once('connect', () => clearTimeout(this.connectTimer));
  }

  sendBody(outgoing) {
    const { body } = this.request;
    if (body === null) {
      outgoing.end();
    } else if (body.record !== undefined) {
      pumpInto(body.record, outgoing, (reason) => {
        this.settle.reject(reason);
        outgoing.destroy();
      });
    } else {
      body.isUsed = true;
      const { pieces } = body;
      if (pieces.length === 1 && !isBlob(pieces[0])) {
        outgoing.end(pieces[0]);
      } else {
        for (const piece of pieces) {
          if (isBlob(piece)) for (const part of piecesOf(piece)) outgoing.write(part);
          else outgoing.write(piece);
        }
        outgoing.end();
      }
    }
  }

  onResponse(incoming) {
    this.incoming = incoming;
    const answer = new ResponseState();
    answer.type = 'basic';
    answer.guard = 'immutable';
    answer.status = incoming.statusCode;
    answer.statusText = incoming.statusMessage;
    const { rawHeaders } = incoming;
    for (let k = 0; k < rawHeaders.length; k += 2) answer.headers.append(rawHeaders[k].toLowerCase(), rawHeaders[k + 1]);
    // An answer that fails before its body is looked at must not be an uncaught error.
    incoming.on('error', () => {});
    if (this.isAborted) {
      incoming.destroy();
      return;
    }
    this.settle.resolve(answer);
  }

  // Gives the answer its body; there is none for some statuses and methods.
  openBody(answer) {
    const { incoming } = this;
    if (this.request.method === 'HEAD' || nullBodyStatuses.includes(answer.status)) {
      incoming.resume();
      return;
    }
    incoming.socket?.setTimeout?.(kBodyTimeout);
    const decoders = decodersFor(answer.headers.get('content-encoding'));
    let output = incoming;
    if (decoders.length > 0) {
      const { pipeline } = require('stream');
      output = pipeline(incoming, ...decoders.map((make) => make()), () => {});
    }
    this.output = output;
    if (output.closed) this.task.unwatch();
    else output.once('close', () => this.task.unwatch());
    answer.body = Body.fromNode(output, (error) => (
      this.isAborted ? this.reason : new TypeError('terminated', { cause: this.reason ?? connectionError(error) })));
    forgetLater(answer, output);
  }

  // Reads an answer nobody wants to its end, so that the connection can serve again.
  dump() {
    this.incoming.resume();
  }

  fail(reason) {
    this.reason = reason;
    (this.output ?? this.incoming)?.destroy(reason);
    this.outgoing.destroy();
  }

  abort(reason) {
    this.isAborted = true;
    this.settle.reject(reason);
    this.answered.catch(() => {});
    this.reason = reason;
    this.output?.destroy(reason instanceof Error ? reason : new Error('aborted'));
    this.incoming?.destroy();
    this.outgoing.destroy();
  }
}

// An answer that a program lets go of unread gives its connection back.
let registry;

function forgetLater(answer, stream) {
  registry ??= new FinalizationRegistry((held) => {
    held.deref()?.destroy();
  });
  registry.register(answer, new WeakRef(stream));
}

// A stream's chunks into the request, at the pace it takes them.
function pumpInto(record, outgoing, fail) {
  const reader = new readables.Reader(record, false);
  const request = {
    chunk(value) {
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
        const error = new TypeError('Received non-Uint8Array chunk');
        readables.cancel(record, error).catch(() => {});
        fail(error);
        return;
      }
      if (outgoing.destroyed) {
        readables.cancel(record).catch(() => {});
      } else if (!outgoing.write(value)) {
        outgoing.once('drain', pump);
      } else {
        pump();
      }
    },
    close: () => outgoing.end(),
    error: fail,
  };
  const pump = readables.makePump(reader, request);
  outgoing.once('close', () => {
    if (record.state === 'readable' && !outgoing.writableFinished) readables.cancel(record).catch(() => {});
  });
  pump();
}

// More codings than this are nobody's honest answer.
const kMaxCodings = 5;

// Makers of the streams that undo the codings, in order; none when one of them is not known.
function decodersFor(header) {
  if (header === null) return [];
  const codings = header.toLowerCase().split(',').map((coding) => coding.trim()).filter((coding) => coding !== '');
  if (codings.length > kMaxCodings) {
    throw new Error(`too many content-encodings in response: ${codings.length}, maximum allowed is ${kMaxCodings}`);
  }
  const out = [];
  const zlib = () => require('zlib');
  for (const coding of codings.reverse()) {
    // What a server left out at the end of its data is not held against it.
    if (coding === 'gzip' || coding === 'x-gzip') {
      out.push(() => {
        const { Z_SYNC_FLUSH } = zlib().constants;
        return zlib().createGunzip({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH });
      });
    } else if (coding === 'deflate') {
      out.push(() => require('internal/fetch/inflate').createInflateEither());
    } else if (coding === 'br') {
      out.push(() => {
        const { BROTLI_OPERATION_FLUSH: flush } = zlib().constants;
        return zlib().createBrotliDecompress({ flush, finishFlush: flush });
      });
    } else if (coding === 'zstd') {
      out.push(() => {
        const { ZSTD_e_continue: flush, ZSTD_e_end: finishFlush } = zlib().constants;
        return zlib().createZstdDecompress({ flush, finishFlush });
      });
    } else {
      return [];
    }
  }
  return out;
}

function exchangeOf(request, task) {
  return new Exchange(request, task);
}

module.exports = { exchangeOf, forgetAgents };

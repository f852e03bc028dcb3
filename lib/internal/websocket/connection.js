// SPDX-License-Identifier: MIT
'use strict';

// A client's WebSocket connection  RFC 6455: the opening handshake over Node's HTTP client, messages from frames, the
// closing handshake. Its owner is told through onopen(), onmessage(isText, bytes) and onclose({ code, reason, wasClean,
// error }).

const { Buffer } = require('buffer');
const { FrameParser, ProtocolError, encodeFrame, opcodes } = require('internal/websocket/frames');
const { MessageInflater, offer, readAnswer } = require('internal/websocket/inflate');

const kGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

// Bytes of one message; more than a string can hold is of no use.
const kMaxMessage = 2 ** 29 - 24;

// Milliseconds that a server has to close the connection after both close frames.
const kCloseTimeout = 3000;

const kConnecting = 0;
const kOpen = 1;
const kClosing = 2;
const kClosed = 3;

class Connection {
  constructor(url, protocols, headers, owner) {
    this.url = url;
    this.protocols = protocols;
    this.owner = owner;
    this.state = kConnecting;
    this.protocol = '';
    this.extensions = '';
    this.socket = undefined;
    this.parser = undefined;
    this.inflater = undefined;
    this.isBusy = false; // a message is being inflated: frames wait
    this.fragments = []; // of the message under way
    this.fragmentsLength = 0;
    this.fragmentsOpcode = undefined;
    this.fragmentsCompressed = false;
    this.sentClose = false;
    this.receivedClose = undefined; // { code, reason }
    this.failure = undefined;
    this.closeTimer = undefined;
    this.isRef = true;
    this.shake(headers);
  }

  // --- opening handshake ------------------------------------------------------------------------------------------------

  shake(headers) {
    const { url } = this;
    const isSecure = url.protocol === 'wss:';
    const client = require(isSecure ? 'https' : 'http');
    const crypto = require('crypto');
    const key = crypto.randomBytes(16).toString('base64');
    const lines = ['host', url.host, 'connection', 'upgrade', 'upgrade', 'websocket', 'sec-websocket-version', '13',
      'sec-websocket-key', key];
    if (this.protocols.length > 0) lines.push('sec-websocket-protocol', this.protocols.join(', '));
    lines.push('sec-websocket-extensions', offer);
    for (const [name, value] of headers) lines.push(name, value);
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'websocket'],
      ['user-agent', 'node'], ['pragma', 'no-cache'], ['cache-control', 'no-cache'], ['accept-encoding', isSecure ? 'br, gzip, deflate' : 'gzip, deflate']]) {
      if (!headers.some(([given]) => given.toLowerCase() === name)) lines.push(name, value);
    }
    const request = this.request = client.request({
      protocol: isSecure ? 'https:' : 'http:',
      hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: lines,
      agent: new client.Agent(),
      setHost: false,
    });
    request.on('upgrade', (response, socket, head) => {
      const expected = crypto.createHash('sha1').update(key + kGuid).digest('base64');
      this.onUpgrade(response, socket, head, expected);
    });
    request.on('response', (response) => {
      response.destroy();
      this.fail('Received network error or non-101 status code.', 1002);
    });
    request.on('error', (error) => this.fail('', 1006, error));
    request.end();
  }

  onUpgrade(response, socket, head, expected) {
    this.socket = socket;
    socket.on('error', () => {});
    if (this.state !== kConnecting) {
      socket.destroy();
      return;
    }
    const problem = this.checkAnswer(response, expected);
    if (problem !== undefined) {
      this.fail(problem, 1002);
      return;
    }
    this.parser = new FrameParser(this.inflater !== undefined, kMaxMessage);
    socket.setTimeout(0);
    socket.setNoDelay?.(true);
    if (!this.isRef) socket.unref();
    socket.on('data', (chunk) => {
      this.parser.push(chunk);
      this.readFrames();
    });
    socket.on('end', () => socket.end());
    socket.on('close', () => this.onSocketClose());
    this.state = kOpen;
    this.owner.onopen();
    if (head.length > 0) {
      this.parser.push(head);
      this.readFrames();
    }
    socket.resume();
  }

  // What is wrong with the server's answer; notes what was negotiated.
  checkAnswer({ headers }, expected) {
    if (headers.upgrade?.toLowerCase() !== 'websocket') return 'Server did not set Upgrade header to "websocket".';
    if (!/(?:^|,)\s*upgrade\s*(?:,|$)/i.test(headers.connection ?? '')) {
      return 'Server did not set Connection header to "upgrade".';
    }
    if (headers['sec-websocket-accept'] !== expected) return 'Incorrect hash received in Sec-WebSocket-Accept header.';
    const extensions = headers['sec-websocket-extensions'];
    if (extensions !== undefined && extensions !== '') {
      const answer = readAnswer(extensions);
      if (answer === undefined) return 'Sec-WebSocket-Extensions header does not match.';
      this.inflater = new MessageInflater(answer, kMaxMessage);
      this.extensions = extensions;
    }
    const protocol = headers['sec-websocket-protocol'];
    if (protocol !== undefined) {
      if (!this.protocols.includes(protocol)) return 'Protocol was not set in the opening handshake.';
      this.protocol = protocol;
    }
    return undefined;
  }

  // --- receiving ----------------------------------------------------------------------------------------------------

  readFrames() {
    try {
      while (!this.isBusy && this.state !== kClosed && this.receivedClose === undefined) {
        const frame = this.parser.next();
        if (frame === undefined) break;
        this.onFrame(frame);
      }
      // What cannot be dealt with yet stays with the kernel.
      if (this.isBusy) this.socket.pause();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.fail(error.message, error.closeCode);
    }
  }

  onFrame(frame) {
    const { opcode, payload } = frame;
    if (opcode === opcodes.close) {
      this.onCloseFrame(payload);
    } else if (opcode === opcodes.ping) {
      if (!this.sentClose) this.socket.write(encodeFrame(opcodes.pong, payload));
    } else if (opcode !== opcodes.pong) {
      this.onDataFrame(frame);
    }
  }

  onDataFrame({ isFinal, isCompressed, opcode, payload }) {
    if (opcode === opcodes.continuation) {
      if (this.fragmentsOpcode === undefined) throw new ProtocolError('Unexpected continuation frame');
    } else {
      if (this.fragmentsOpcode !== undefined) throw new ProtocolError('Expected continuation frame');
      this.fragmentsOpcode = opcode;
      this.fragmentsCompressed = isCompressed;
    }
    this.fragmentsLength += payload.length;
    if (this.fragmentsLength > kMaxMessage) throw new ProtocolError('Message is too large', 1009);
    this.fragments.push(payload);
    if (!isFinal) return;
    const message = this.fragments.length === 1 ? payload : Buffer.concat(this.fragments, this.fragmentsLength);
    const isText = this.fragmentsOpcode === opcodes.text;
    const isDeflated = this.fragmentsCompressed;
    this.fragments = [];
    this.fragmentsLength = 0;
    this.fragmentsOpcode = undefined;
    if (!isDeflated) {
      this.deliver(isText, message);
      return;
    }
    this.isBusy = true;
    this.inflater.inflate(message, (error, bytes) => {
      this.isBusy = false;
      if (this.state === kClosed || this.failure !== undefined) return;
      if (error !== null) {
        this.fail(error.message, error.closeCode);
        return;
      }
      try {
        this.deliver(isText, bytes);
      } catch (reason) {
        if (!(reason instanceof ProtocolError)) throw reason;
        this.fail(reason.message, reason.closeCode);
        return;
      }
      this.socket.resume();
      this.readFrames();
    });
  }

  deliver(isText, message) {
    if (isText && !require('buffer').isUtf8(message)) {
      throw new ProtocolError('Received invalid UTF-8 in text frame.', 1007);
    }
    if (this.state === kOpen) this.owner.onmessage(isText, message);
  }

  onCloseFrame(payload) {
    let code = 1005;
    let reason = '';
    if (payload.length === 1) throw new ProtocolError('Received close frame with a 1-byte body.');
    if (payload.length >= 2) {
      code = payload.readUInt16BE(0);
      if (!isValidCloseCode(code)) throw new ProtocolError('Received invalid close code.');
      const text = payload.subarray(2);
      if (!require('buffer').isUtf8(text)) throw new ProtocolError('Received invalid UTF-8 in close frame.', 1007);
      reason = text.utf8Slice();
    }
    this.receivedClose = { code, reason };
    if (!this.sentClose) this.sendClose(payload.subarray(0, 2));
    this.state = kClosing;
    this.owner.onstate?.();
    this.awaitEnd();
  }

  // The server ends the connection; one that does not is ended for it.
  awaitEnd() {
    if (this.closeTimer !== undefined) return;
    this.closeTimer = setTimeout(() => this.socket?.destroy(), kCloseTimeout);
    this.closeTimer.unref();
  }

  onSocketClose() {
    if (this.state === kClosed) return;
    clearTimeout(this.closeTimer);
    this.inflater?.close();
    this.state = kClosed;
    if (this.failure === undefined && this.receivedClose === undefined && !this.sentClose) {
      this.failure = { code: 1006, reason: '', error: new TypeError('', { cause: new Error('other side closed') }) };
    }
    const wasClean = this.failure === undefined && this.sentClose && this.receivedClose !== undefined;
    const { code, reason } = this.failure ?? this.receivedClose ?? { code: 1006, reason: '' };
    this.owner.onclose({ code, reason, wasClean, error: this.failure?.error });
  }

  // --- sending ------------------------------------------------------------------------------------------------------

  // `done` is called when the bytes are with the kernel.
  send(isText, bytes, done) {
    this.socket.write(encodeFrame(isText ? opcodes.text : opcodes.binary, bytes), done);
  }

  sendClose(payload) {
    this.sentClose = true;
    this.socket.write(encodeFrame(opcodes.close, payload));
  }

  // The program wants to close: code undefined for none.
  close(code, reason) {
    if (this.state === kClosing || this.state === kClosed) return;
    if (this.state === kConnecting) {
      this.fail('Connection was closed before it was established.', 1006);
      return;
    }
    this.state = kClosing;
    let payload = Buffer.alloc(0);
    if (code !== undefined) {
      payload = Buffer.allocUnsafe(2 + reason.length);
      payload.writeUInt16BE(code, 0);
      payload.set(reason, 2);
    }
    this.sendClose(payload);
  }

  // Fail the WebSocket Connection  RFC 6455 section 7.1.7
  fail(message, code, cause = undefined) {
    if (this.failure !== undefined || this.state === kClosed) return;
    const wasOpen = this.state !== kConnecting;
    // The error event has no message, lest a page learn of the network; the cause has.
    const error = new TypeError('', { cause: cause ?? new Error(message) });
    this.failure = { code: 1006, reason: '', error };
    if (wasOpen) {
      if (!this.sentClose && code !== 1006) {
        const text = Buffer.from(message);
        const payload = Buffer.allocUnsafe(2 + text.length);
        payload.writeUInt16BE(code, 0);
        payload.set(text, 2);
        this.sendClose(payload);
      }
      this.state = kClosing;
      this.socket.destroySoon();
      this.awaitEnd();
      return;
    }
    this.state = kClosed;
    this.request?.on('error', () => {});
    this.request?.destroy();
    this.socket?.destroy();
    process.nextTick(() => this.owner.onclose({ code: 1006, reason: '', wasClean: false, error }));
  }

  setRef(isRef) {
    this.isRef = isRef;
    if (isRef) this.socket?.ref();
    else this.socket?.unref();
  }
}

function isValidCloseCode(code) {
  return (code >= 1000 && code < 1015 && code !== 1004 && code !== 1005 && code !== 1006) || (code >= 3000 && code <= 4999);
}

module.exports = { Connection };

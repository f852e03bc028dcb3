// SPDX-License-Identifier: MIT
'use strict';

// EventSource  https://html.spec.whatwg.org/#server-sent-events, over fetch.

const { URL } = require('internal/url');
const { Event, EventTarget, defineEventHandler } = require('internal/event_target');
const { MessageEvent } = require('internal/web_events');
const { EventStreamParser } = require('internal/eventsource/parser');
const { fetch } = require('internal/fetch/fetch');
const { illegalInvocation, publish, requireArguments, toUSVString } = require('internal/fetch/webidl');
const { lazyDOMException } = require('internal/util');

const kReconnectionTime = 3000; // milliseconds, until the server says otherwise

class EventSource extends EventTarget {
  #url;
  #withCredentials = false;
  #state = 0;
  #reconnectionTime = kReconnectionTime;
  #lastEventId = '';
  #aborter;
  #timer;

  constructor(url, init = undefined) {
    super();
    requireArguments(arguments, 1, 'EventSource constructor');
    url = toUSVString(url, 'EventSource constructor: url');
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw new TypeError(`EventSource constructor: Expected ${String(init)} to be one of: Null, Undefined, Object.`);
    }
    this.#withCredentials = Boolean(init?.withCredentials);
    try {
      this.#url = new URL(url);
    } catch (error) {
      throw lazyDOMException(`${error.name}: ${error.message}`, 'SyntaxError');
    }
    this.#connect();
  }

  static is(value) {
    return typeof value === 'object' && value !== null && #url in value;
  }

  async #connect() {
    const aborter = this.#aborter = new AbortController();
    const headers = { accept: 'text/event-stream' };
    if (this.#lastEventId !== '') headers['last-event-id'] = this.#lastEventId;
    let response;
    try {
      response = await fetch(this.#url.href, {
        headers, cache: 'no-store', signal: aborter.signal, credentials: this.#withCredentials ? 'include' : 'same-origin',
      });
    } catch {
      if (this.#state !== EventSource.CLOSED) this.#reconnect();
      return;
    }
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200 || !/^text\/event-stream\s*(?:;|$)/i.test(type)) {
      response.body?.cancel().catch(() => {});
      this.#fail();
      return;
    }
    if (this.#state === EventSource.CLOSED) return;
    this.#state = EventSource.OPEN;
    this.dispatchEvent(new Event('open'));
    const { origin } = new URL(response.url);
    const parser = new EventStreamParser({
      lastEventId: this.#lastEventId,
      onretry: (msecs) => {
        this.#reconnectionTime = msecs;
      },
      onevent: (name, data, lastEventId) => {
        this.#lastEventId = lastEventId;
        if (this.#state === EventSource.CLOSED) return;
        this.dispatchEvent(new MessageEvent(name, { data, lastEventId, origin }));
      },
    });
    try {
      if (response.body !== null) for await (const chunk of response.body) parser.push(chunk);
    } catch {
      // An interrupted stream is one that ended.
    }
    this.#lastEventId = parser.lastEventId;
    if (this.#state !== EventSource.CLOSED) this.#reconnect();
  }

  // https://html.spec.whatwg.org/#reestablish-the-connection
  #reconnect() {
    this.#state = EventSource.CONNECTING;
    this.dispatchEvent(new Event('error'));
    if (this.#state === EventSource.CLOSED) return;
    this.#timer = setTimeout(() => this.#connect(), this.#reconnectionTime);
  }

  #fail() {
    if (this.#state === EventSource.CLOSED) return;
    this.#state = EventSource.CLOSED;
    this.dispatchEvent(new Event('error'));
  }

  get readyState() {
    if (!isEventSource(this)) throw illegalInvocation();
    return this.#state;
  }

  get url() {
    if (!isEventSource(this)) throw illegalInvocation();
    return this.#url.href;
  }

  get withCredentials() {
    if (!isEventSource(this)) throw illegalInvocation();
    return this.#withCredentials;
  }

  close() {
    if (!isEventSource(this)) throw illegalInvocation();
    if (this.#state === EventSource.CLOSED) return;
    this.#state = EventSource.CLOSED;
    clearTimeout(this.#timer);
    this.#aborter.abort();
  }
}
const { is: isEventSource } = EventSource;
delete EventSource.is;
['CONNECTING', 'OPEN', 'CLOSED'].forEach((name, value) => {
  for (const holder of [EventSource, EventSource.prototype]) {
    Object.defineProperty(holder, name, { __proto__: null, value, enumerable: true });
  }
});
for (const type of ['open', 'message', 'error']) defineEventHandler(EventSource.prototype, type);
publish(EventSource, ['readyState', 'url', 'withCredentials', 'close'], false);

module.exports = { EventSource };

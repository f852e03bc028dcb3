// SPDX-License-Identifier: MIT
'use strict';

// The text/event-stream format  https://html.spec.whatwg.org/#parsing-an-event-stream, from chunks of bytes.

const { TextDecoder } = require('internal/encoding');

class EventStreamParser {
  // Calls onevent(name, data, lastEventId) and onretry(milliseconds).
  constructor({ lastEventId, onevent, onretry }) {
    this.onevent = onevent;
    this.onretry = onretry;
    this.lastEventId = lastEventId;
    this.nextId = lastEventId; // of the event under way
    this.decoder = new TextDecoder(); // takes the byte order mark away
    this.rest = ''; // a line whose end has not come
    this.afterCR = false; // a line feed that comes first belongs to the last line's end
    this.name = '';
    this.data = '';
  }

  push(bytes) {
    let text = this.decoder.decode(bytes, { stream: true });
    if (text === '') return;
    if (this.afterCR && text[0] === '\n') text = text.slice(1);
    if (text === '') {
      this.afterCR = false;
      return;
    }
    this.afterCR = text.endsWith('\r');
    const lines = (this.rest + text).split(/\r\n|\r|\n/);
    this.rest = lines.pop();
    for (const line of lines) this.takeLine(line);
  }

  takeLine(line) {
    if (line === '') {
      this.dispatch();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value[0] === ' ') value = value.slice(1);
    switch (field) {
      case 'event':
        this.name = value;
        break;
      case 'data':
        this.data += `${value}\n`;
        break;
      case 'id':
        if (!value.includes('\0')) this.nextId = value;
        break;
      case 'retry':
        if (/^[0-9]+$/.test(value)) this.onretry(Number(value));
        break;
      default:
    }
  }

  dispatch() {
    this.lastEventId = this.nextId;
    const { name, data } = this;
    this.name = '';
    this.data = '';
    if (data !== '') this.onevent(name === '' ? 'message' : name, data.slice(0, -1), this.lastEventId);
  }
}

module.exports = { EventStreamParser };

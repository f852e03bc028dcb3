// SPDX-License-Identifier: MIT
'use strict';

// What PerformanceObserver is told of sessions and streams that began while somebody observed entries of kind http2.

const { begin, tell } = require('internal/perf/observed');

class SessionMeasure {
  #start = begin();
  #streams = 0;
  #mostStreams = 0;
  #streamTime = 0;
  #ended = 0;
  #pingRTT = 0;

  streamBegins(openStreams) {
    this.#streams++;
    this.#mostStreams = Math.max(this.#mostStreams, openStreams);
  }

  streamEnds(duration) {
    this.#ended++;
    this.#streamTime += duration;
  }

  pong(milliseconds) {
    this.#pingRTT = milliseconds;
  }

  // counts: frames received and sent, bytes received and sent.
  end(type, [framesReceived, framesSent, bytesRead, bytesWritten]) {
    tell('Http2Session', 'http2', this.#start, {
      bytesWritten, bytesRead, framesReceived, framesSent, maxConcurrentStreams: this.#mostStreams, pingRTT: this.#pingRTT,
      streamAverageDuration: this.#ended === 0 ? 0 : this.#streamTime / this.#ended, streamCount: this.#streams, type,
    });
  }
}

class StreamMeasure {
  #start = begin();
  #bytesRead = 0;
  #bytesWritten = 0;
  #firstByte = 0;
  #firstByteSent = 0;
  #firstHeader = 0;

  header() {
    this.#firstHeader ||= begin() - this.#start;
  }

  received(count) {
    this.#firstByte ||= begin() - this.#start;
    this.#bytesRead += count;
  }

  sent(count) {
    this.#firstByteSent ||= begin() - this.#start;
    this.#bytesWritten += count;
  }

  end(id, session) {
    session?.streamEnds(begin() - this.#start);
    tell('Http2Stream', 'http2', this.#start, {
      bytesRead: this.#bytesRead, bytesWritten: this.#bytesWritten, id, timeToFirstByte: this.#firstByte,
      timeToFirstByteSent: this.#firstByteSent, timeToFirstHeader: this.#firstHeader,
    });
  }
}

module.exports = { SessionMeasure, StreamMeasure };

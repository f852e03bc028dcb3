// SPDX-License-Identifier: MIT
'use strict';

// Which referrer a request tells  https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer. As Node
// has no origin of its own, `same-origin` never holds, and `origin-when-cross-origin` never tells more than the origin.

const { URL } = require('internal/url');

const kDefaultPolicy = 'strict-origin-when-cross-origin';
const policies = ['no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin',
  'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url'];
const kLongest = 4096; // a longer one is cut to its origin

function strip(url, isOriginOnly) {
  const stripped = new URL(url);
  stripped.username = stripped.password = stripped.hash = '';
  if (isOriginOnly) {
    stripped.pathname = '';
    stripped.search = '';
  }
  return stripped.href;
}

// https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy
function isTrustworthy(url) {
  const { protocol, hostname } = url;
  return protocol === 'https:' || protocol === 'wss:' || protocol === 'file:' || protocol === 'data:' ||
    hostname === '[::1]' || hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(?:\.\d+){3}$/.test(hostname);
}

// The header's value, or null. request: { url, referrer, referrerPolicy }.
function referrerOf(request) {
  const { url, referrer } = request;
  if (referrer === 'about:client' || referrer === 'no-referrer') return null;
  const source = new URL(referrer);
  if (source.protocol === 'about:' || source.protocol === 'blob:' || source.protocol === 'data:') return null;
  const origin = strip(source, true);
  let whole = strip(source, false);
  if (whole.length > kLongest) whole = origin;
  const isDowngrade = isTrustworthy(source) && !isTrustworthy(url);
  switch (request.referrerPolicy || kDefaultPolicy) {
    case 'unsafe-url': return whole;
    case 'origin':
    case 'origin-when-cross-origin': return origin;
    case 'strict-origin': return isDowngrade ? null : origin;
    case 'no-referrer-when-downgrade': return isDowngrade ? null : whole;
    case 'strict-origin-when-cross-origin':
      if (source.origin === url.origin) return whole;
      return isDowngrade ? null : origin;
    default: return null;
  }
}

// https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header; '' where there is none.
function policyFrom(header) {
  if (header === null) return '';
  return header.split(',').map((token) => token.trim()).findLast((token) => policies.includes(token)) ?? '';
}

module.exports = { policies, policyFrom, referrerOf };

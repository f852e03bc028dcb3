// SPDX-License-Identifier: MIT
'use strict';

// Does a certificate speak for a host? The rules of RFC 6125 as tls.checkServerIdentity documents them.

const { isIP } = require('internal/net');
const { codes: { ERR_TLS_CERT_ALTNAME_FORMAT, ERR_TLS_CERT_ALTNAME_INVALID } } = require('internal/errors');

// One form for each address: certificates spell IPv6 with all its groups.
function canonicalIP(address) {
  if (isIP(address) !== 6) return address;
  const { URL } = require('internal/url');
  return new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
}

function withoutDot(host) {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

function labelsOf(host) {
  return withoutDot(host).toLowerCase().split('.');
}

// Does a first label with at most one `*` stand for this one?
function labelMatches(pattern, label) {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === label;
  if (parts.length > 2 || pattern.startsWith('xn--')) return false;
  const [prefix, suffix] = parts;
  return prefix.length + suffix.length <= label.length && label.startsWith(prefix) && label.endsWith(suffix);
}

function nameMatches(hostLabels, pattern) {
  if (!pattern) return false;
  const labels = labelsOf(pattern);
  if (hostLabels.length !== labels.length || labels.includes('')) return false;
  if (labels.some((label) => /[^\x21-\x7f]/.test(label))) return false;
  for (let k = labels.length - 1; k > 0; k--) {
    if (hostLabels[k] !== labels[k]) return false;
  }
  // `*.com` is nobody's.
  if (labels.length <= 2 && labels[0].includes('*')) return false;
  return labelMatches(labels[0], hostLabels[0]);
}

// 'DNS:a, URI:"http://x, y"' as its parts: a quoted one is a JSON string.
function splitAltNames(text) {
  const out = [];
  let current = '';
  let at = 0;
  while (at < text.length) {
    const comma = text.indexOf(', ', at);
    const quote = text.indexOf('"', at);
    if (quote !== -1 && (comma === -1 || quote < comma)) {
      const quoted = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(text.slice(quote));
      if (quoted === null) throw new ERR_TLS_CERT_ALTNAME_FORMAT();
      current += text.slice(at, quote) + JSON.parse(quoted[0]);
      at = quote + quoted[0].length;
      continue;
    }
    const end = comma === -1 ? text.length : comma;
    out.push(current + text.slice(at, end));
    current = '';
    at = comma === -1 ? end : comma + 2;
    if (comma === -1) return out;
  }
  if (current !== '') out.push(current);
  return out;
}

// undefined when the certificate is the host's, else an error that says why it is not.
function checkServerIdentity(hostname, cert) {
  const { subject, subjectaltname: altNames } = cert;
  hostname = String(hostname);
  const dnsNames = [];
  const addresses = [];
  if (altNames) {
    const list = altNames.includes('"') ? splitAltNames(altNames) : altNames.split(', ');
    for (const name of list) {
      if (name.startsWith('DNS:')) dnsNames.push(name.slice(4));
      else if (name.startsWith('IP Address:') && isIP(name.slice(11))) addresses.push(canonicalIP(name.slice(11)));
    }
  }
  let reason;
  hostname = withoutDot(hostname);
  if (isIP(hostname)) {
    if (addresses.includes(canonicalIP(hostname))) return undefined;
    reason = `IP: ${hostname} is not in the cert's list: ${addresses.join(', ')}`;
  } else if (dnsNames.length > 0 || subject?.CN) {
    const labels = labelsOf(hostname);
    const commonName = subject?.CN;
    const own = dnsNames.length > 0 ? dnsNames : Array.isArray(commonName) ? commonName : [commonName];
    if (own.some((name) => nameMatches(labels, name))) return undefined;
    reason = dnsNames.length > 0 ? `Host: ${hostname}. is not in the cert's altnames: ${altNames}` :
      `Host: ${hostname}. is not cert's CN: ${commonName}`;
  } else {
    reason = 'Cert does not contain a DNS name';
  }
  return new ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, cert);
}

module.exports = { checkServerIdentity };

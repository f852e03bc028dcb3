// SPDX-License-Identifier: MIT
'use strict';

// Components as a URL has them  https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks, by the URL parser's own
// setters, and the members of a URLPatternInit for patterns and for URLs.

const { URL } = require('internal/url');

const specialPorts = { __proto__: null, 'http': '80', 'https': '443', 'ws': '80', 'wss': '443', 'ftp': '21', 'file': '' };

function isSpecialScheme(scheme) {
  return specialPorts[scheme] !== undefined;
}

function invalid(what, value) {
  return new TypeError(`Invalid ${what} '${value}'`);
}

function protocol(value) {
  if (value === '') return value;
  if (!URL.canParse(`${value}://dummy.test`)) throw invalid('protocol', value);
  return new URL(`${value}://dummy.test`).protocol.slice(0, -1);
}

function username(value) {
  if (value === '') return value;
  const url = new URL('https://dummy.test');
  url.username = value;
  return url.username;
}

function password(value) {
  if (value === '') return value;
  const url = new URL('https://dummy.test');
  url.password = value;
  return url.password;
}

function hostWith(scheme) {
  return (value) => {
    if (value === '') return value;
    const url = new URL(`${scheme}://dummy.test`);
    url.hostname = value;
    if (url.hostname === 'dummy.test' && value !== 'dummy.test') throw invalid('hostname', value);
    return url.hostname;
  };
}

function ipv6Hostname(value) {
  if (!/^[0-9a-fA-F[\]:]*$/.test(value)) throw invalid('hostname', value);
  return value.toLowerCase();
}

// Without a scheme no port is a default one.
function port(value, scheme = '') {
  if (value === '') return value;
  if (!/^[0-9]+/.test(value) || Number.parseInt(value, 10) > 0xFFFF) throw invalid('port', value);
  const number = `${Number.parseInt(value, 10)}`;
  return specialPorts[scheme] === number ? '' : number;
}

function pathname(value) {
  if (value === '') return value;
  const isAbsolute = value[0] === '/';
  const url = new URL('https://dummy.test');
  url.pathname = isAbsolute ? value : `/-${value}`;
  return isAbsolute ? url.pathname : url.pathname.slice(2);
}

// The path of a URL that cannot be a base: controls and what is not ASCII are percent-encoded.
function opaquePathname(value) {
  return value.toWellFormed().replace(/[^\x20-\x7E]/gu, (char) => {
    const code = char.codePointAt(0);
    return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(char);
  });
}

function search(value) {
  if (value === '') return value;
  const url = new URL('https://dummy.test');
  url.search = `?${value}`;
  return url.search.slice(1);
}

function hash(value) {
  if (value === '') return value;
  const url = new URL('https://dummy.test');
  url.hash = `#${value}`;
  return url.hash.slice(1);
}

const canonical = {
  protocol, username, password, hostname: hostWith('dummy'), domainName: hostWith('https'), ipv6Hostname, port, pathname,
  opaquePathname, search, hash,
};

const order = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

function isAbsolutePath(path, isPattern) {
  if (path === '') return false;
  if (path[0] === '/') return true;
  return isPattern && (path.startsWith('\\/') || path.startsWith('{/'));
}

// The parts of a base URL that `init` inherits: each only if nothing before it is given.
function inherit(init, base, isPattern, result) {
  const { escapePattern } = require('internal/urlpattern/component');
  const text = (value) => (isPattern ? escapePattern(value) : value);
  const lacks = (...names) => names.every((name) => init[name] === undefined);
  if (lacks('protocol')) result.protocol = text(base.protocol.slice(0, -1));
  if (!isPattern && lacks('protocol', 'hostname', 'port', 'username')) result.username = text(base.username);
  if (!isPattern && lacks('protocol', 'hostname', 'port', 'username', 'password')) result.password = text(base.password);
  if (lacks('protocol', 'hostname')) result.hostname = text(base.hostname);
  if (lacks('protocol', 'hostname', 'port')) result.port = base.port;
  if (lacks('protocol', 'hostname', 'port', 'pathname')) result.pathname = text(base.pathname);
  if (lacks('protocol', 'hostname', 'port', 'pathname', 'search')) result.search = text(base.search.slice(1));
  if (lacks('protocol', 'hostname', 'port', 'pathname', 'search', 'hash')) result.hash = text(base.hash.slice(1));
}

// https://urlpattern.spec.whatwg.org/#process-a-urlpatterninit; throws for what no URL can have.
function processInit(init, isPattern, result) {
  let base;
  if (init.baseURL !== undefined) {
    base = new URL(init.baseURL);
    inherit(init, base, isPattern, result);
  }
  if (init.protocol !== undefined) {
    const value = init.protocol.endsWith(':') ? init.protocol.slice(0, -1) : init.protocol;
    result.protocol = isPattern ? value : protocol(value);
  }
  if (init.username !== undefined) result.username = isPattern ? init.username : username(init.username);
  if (init.password !== undefined) result.password = isPattern ? init.password : password(init.password);
  const scheme = result.protocol ?? '';
  const isStandard = scheme === '' || isSpecialScheme(scheme);
  if (init.hostname !== undefined) {
    result.hostname = isPattern ? init.hostname :
      (isStandard ? canonical.domainName : canonical.hostname)(init.hostname);
  }
  if (init.port !== undefined) result.port = isPattern ? init.port : port(init.port, scheme);
  if (init.pathname !== undefined) {
    let path = init.pathname;
    if (base !== undefined && !isOpaque(base) && !isAbsolutePath(path, isPattern)) {
      const { escapePattern } = require('internal/urlpattern/component');
      const basePath = isPattern ? escapePattern(base.pathname) : base.pathname;
      const slash = basePath.lastIndexOf('/');
      if (slash >= 0) path = basePath.slice(0, slash + 1) + path;
    }
    result.pathname = isPattern ? path : (isStandard ? pathname : opaquePathname)(path);
  }
  if (init.search !== undefined) {
    const value = init.search.startsWith('?') ? init.search.slice(1) : init.search;
    result.search = isPattern ? value : search(value);
  }
  if (init.hash !== undefined) {
    const value = init.hash.startsWith('#') ? init.hash.slice(1) : init.hash;
    result.hash = isPattern ? value : hash(value);
  }
  return result;
}

function isOpaque(url) {
  return url.host === '' && !url.pathname.startsWith('/');
}

module.exports = { canonical, isSpecialScheme, order, processInit, specialPorts };

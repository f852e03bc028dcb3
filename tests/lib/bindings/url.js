// SPDX-License-Identifier: MIT
'use strict';

// The URL parser's contract over the host's URL.

const url = require('url');

function locate(u, out) {
  const { href } = u;
  const schemeEnd = u.protocol.length;
  let at = schemeEnd;
  let userStart = at;
  let userEnd = at;
  let passwordStart = at;
  let passwordEnd = at;
  let hostStart = at;
  let hostEnd = at;
  const hasAuthority = href.startsWith('//', schemeEnd);
  if (hasAuthority) {
    at += 2;
    userStart = userEnd = passwordStart = passwordEnd = at;
    if (u.username || u.password) {
      userEnd = at + u.username.length;
      passwordStart = passwordEnd = userEnd;
      if (u.password) {
        passwordStart = userEnd + 1;
        passwordEnd = passwordStart + u.password.length;
      }
      at = passwordEnd + 1;
    }
    hostStart = at;
    hostEnd = hostStart + u.hostname.length;
    at = hostStart + u.host.length;
  } else if (href.startsWith('/.//', at)) {
    at += 2;
  }
  const pathStart = at;
  const hash = href.indexOf('#');
  const hashStart = hash === -1 ? href.length : hash;
  const searchStart = pathStart + u.pathname.length;
  out.set([schemeEnd, userStart, userEnd, passwordStart, passwordEnd, hostStart, hostEnd, pathStart, searchStart,
    hashStart]);
  return href;
}

const fields = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

module.exports = {
  parse(input, base, out) {
    const u = URL.parse(input, base);
    return u === null ? undefined : locate(u, out);
  },
  canParse: (input, base) => URL.canParse(input, base),
  set(href, field, value, out) {
    const u = new URL(href);
    try {
      u[fields[field]] = value;
    } catch {
      return undefined;
    }
    return locate(u, out);
  },
  domainToASCII: url.domainToASCII,
  domainToUnicode: url.domainToUnicode,
  format: (href, fragment, unicode, search, auth) => url.format(new URL(href), { fragment, unicode, search, auth }),
};

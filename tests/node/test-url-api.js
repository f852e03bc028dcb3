// SPDX-License-Identifier: MIT
'use strict';

// URL, URLSearchParams and the legacy url functions.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const url = require('url');
const util = require('util');
const { inspect } = util;
const { check } = require('./fixtures/expressions');

check(() => (url.parse('http://a.com')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://a.com/' }");
check(() => (url.parse('http://a.com',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://a.com/' }");
check(() => (url.format(url.parse('http://a.com'))),
  "http://a.com/");
check(() => (url.parse('http://a.com/')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://a.com/' }");
check(() => (url.parse('http://a.com/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://a.com/' }");
check(() => (url.format(url.parse('http://a.com/'))),
  "http://a.com/");
check(() => (url.parse('http://a.com:80/p?q=1#h')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com:80', port: '80', hostname: 'a.com', hash: '#h', search: '?q=1', query: 'q=1', pathname: '/p', path: '/p?q=1', href: 'http://a.com:80/p?q=1#h' }");
check(() => (url.parse('http://a.com:80/p?q=1#h',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com:80', port: '80', hostname: 'a.com', hash: '#h', search: '?q=1', query: [Object: null prototype] { q: '1' }, pathname: '/p', path: '/p?q=1', href: 'http://a.com:80/p?q=1#h' }");
check(() => (url.format(url.parse('http://a.com:80/p?q=1#h'))),
  "http://a.com:80/p?q=1#h");
check(() => (url.parse('HTTP://USER:pass@Host.COM:8080/p/a/t/h?query=string#hash')),
  "Url { protocol: 'http:', slashes: true, auth: 'USER:pass', host: 'host.com:8080', port: '8080', hostname: 'host.com', hash: '#hash', search: '?query=string', query: 'query=string', pathname: '/p/a/t/h', path: '/p/a/t/h?query=string', href: 'http://USER:pass@host.com:8080/p/a/t/h?query=string#hash' }");
check(() => (url.parse('HTTP://USER:pass@Host.COM:8080/p/a/t/h?query=string#hash',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: 'USER:pass', host: 'host.com:8080', port: '8080', hostname: 'host.com', hash: '#hash', search: '?query=string', query: [Object: null prototype] { query: 'string' }, pathname: '/p/a/t/h', path: '/p/a/t/h?query=string', href: 'http://USER:pass@host.com:8080/p/a/t/h?query=string#hash' }");
check(() => (url.format(url.parse('HTTP://USER:pass@Host.COM:8080/p/a/t/h?query=string#hash'))),
  "http://USER:pass@host.com:8080/p/a/t/h?query=string#hash");
check(() => (url.parse('//host/path')),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: null, pathname: '//host/path', path: '//host/path', href: '//host/path' }");
check(() => (url.parse('//host/path',true,true)),
  "Url { protocol: null, slashes: true, auth: null, host: 'host', port: null, hostname: 'host', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/path', path: '/path', href: '//host/path' }");
check(() => (url.format(url.parse('//host/path'))),
  "//host/path");
check(() => (url.parse('/path?x=1')),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: '?x=1', query: 'x=1', pathname: '/path', path: '/path?x=1', href: '/path?x=1' }");
check(() => (url.parse('/path?x=1',true,true)),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: '?x=1', query: [Object: null prototype] { x: '1' }, pathname: '/path', path: '/path?x=1', href: '/path?x=1' }");
check(() => (url.format(url.parse('/path?x=1'))),
  "/path?x=1");
check(() => (url.parse('path')),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: null, pathname: 'path', path: 'path', href: 'path' }");
check(() => (url.parse('path',true,true)),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: [Object: null prototype] {}, pathname: 'path', path: 'path', href: 'path' }");
check(() => (url.format(url.parse('path'))),
  "path");
check(() => (url.parse('?q')),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: '?q', query: 'q', pathname: null, path: '?q', href: '?q' }");
check(() => (url.parse('?q',true,true)),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: '?q', query: [Object: null prototype] { q: '' }, pathname: null, path: '?q', href: '?q' }");
check(() => (url.format(url.parse('?q'))),
  "?q");
check(() => (url.parse('#h')),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: '#h', search: null, query: null, pathname: null, path: null, href: '#h' }");
check(() => (url.parse('#h',true,true)),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: '#h', search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: '#h' }");
check(() => (url.format(url.parse('#h'))),
  "#h");
check(() => (url.parse('')),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: null, pathname: null, path: null, href: '' }");
check(() => (url.parse('',true,true)),
  "Url { protocol: null, slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: '' }");
check(() => (url.format(url.parse(''))),
  "");
check(() => (url.parse('mailto:a@b.c')),
  "Url { protocol: 'mailto:', slashes: null, auth: 'a', host: 'b.c', port: null, hostname: 'b.c', hash: null, search: null, query: null, pathname: null, path: null, href: 'mailto:a@b.c' }");
check(() => (url.parse('mailto:a@b.c',true,true)),
  "Url { protocol: 'mailto:', slashes: null, auth: 'a', host: 'b.c', port: null, hostname: 'b.c', hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'mailto:a@b.c' }");
check(() => (url.format(url.parse('mailto:a@b.c'))),
  "mailto:a@b.c");
check(() => (url.parse('javascript:alert(1)')),
  "Url { protocol: 'javascript:', slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: null, pathname: 'alert(1)', path: 'alert(1)', href: 'javascript:alert(1)' }");
check(() => (url.parse('javascript:alert(1)',true,true)),
  "Url { protocol: 'javascript:', slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: [Object: null prototype] {}, pathname: 'alert(1)', path: 'alert(1)', href: 'javascript:alert(1)' }");
check(() => (url.format(url.parse('javascript:alert(1)'))),
  "javascript:alert(1)");
check(() => (url.parse('http://a b.com/')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a', port: null, hostname: 'a', hash: null, search: null, query: null, pathname: '%20b.com/', path: '%20b.com/', href: 'http://a/%20b.com/' }");
check(() => (url.parse('http://a b.com/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a', port: null, hostname: 'a', hash: null, search: null, query: [Object: null prototype] {}, pathname: '%20b.com/', path: '%20b.com/', href: 'http://a/%20b.com/' }");
check(() => (url.format(url.parse('http://a b.com/'))),
  "http://a/%20b.com/");
check(() => (url.parse('http:\\\\a.com\\b')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: null, pathname: '/b', path: '/b', href: 'http://a.com/b' }");
check(() => (url.parse('http:\\\\a.com\\b',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/b', path: '/b', href: 'http://a.com/b' }");
check(() => (url.format(url.parse('http:\\\\a.com\\b'))),
  "http://a.com/b");
check(() => (url.parse('http://a.com/a b{c}|d"e')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: null, pathname: '/a%20b%7Bc%7D%7Cd%22e', path: '/a%20b%7Bc%7D%7Cd%22e', href: 'http://a.com/a%20b%7Bc%7D%7Cd%22e' }");
check(() => (url.parse('http://a.com/a b{c}|d"e',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/a%20b%7Bc%7D%7Cd%22e', path: '/a%20b%7Bc%7D%7Cd%22e', href: 'http://a.com/a%20b%7Bc%7D%7Cd%22e' }");
check(() => (url.format(url.parse('http://a.com/a b{c}|d"e'))),
  "http://a.com/a%20b%7Bc%7D%7Cd%22e");
check(() => (url.parse('file:///etc/passwd')),
  "Url { protocol: 'file:', slashes: true, auth: null, host: '', port: null, hostname: '', hash: null, search: null, query: null, pathname: '/etc/passwd', path: '/etc/passwd', href: 'file:///etc/passwd' }");
check(() => (url.parse('file:///etc/passwd',true,true)),
  "Url { protocol: 'file:', slashes: true, auth: null, host: '', port: null, hostname: '', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/etc/passwd', path: '/etc/passwd', href: 'file:///etc/passwd' }");
check(() => (url.format(url.parse('file:///etc/passwd'))),
  "file:///etc/passwd");
check(() => (url.parse('http://[::1]:80/')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: '[::1]:80', port: '80', hostname: '::1', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://[::1]:80/' }");
check(() => (url.parse('http://[::1]:80/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: '[::1]:80', port: '80', hostname: '::1', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://[::1]:80/' }");
check(() => (url.format(url.parse('http://[::1]:80/'))),
  "http://[::1]:80/");
check(() => (url.parse('http://a@b@c/')),
  "Url { protocol: 'http:', slashes: true, auth: 'a@b', host: 'c', port: null, hostname: 'c', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://a%40b@c/' }");
check(() => (url.parse('http://a@b@c/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: 'a@b', host: 'c', port: null, hostname: 'c', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://a%40b@c/' }");
check(() => (url.format(url.parse('http://a@b@c/'))),
  "http://a%40b@c/");
check(() => (url.parse('http://a%40b@c/')),
  "Url { protocol: 'http:', slashes: true, auth: 'a@b', host: 'c', port: null, hostname: 'c', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://a%40b@c/' }");
check(() => (url.parse('http://a%40b@c/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: 'a@b', host: 'c', port: null, hostname: 'c', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://a%40b@c/' }");
check(() => (url.format(url.parse('http://a%40b@c/'))),
  "http://a%40b@c/");
check(() => (url.parse('x://ss')),
  "Url { protocol: 'x:', slashes: true, auth: null, host: 'ss', port: null, hostname: 'ss', hash: null, search: null, query: null, pathname: null, path: null, href: 'x://ss' }");
check(() => (url.parse('x://ss',true,true)),
  "Url { protocol: 'x:', slashes: true, auth: null, host: 'ss', port: null, hostname: 'ss', hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'x://ss' }");
check(() => (url.format(url.parse('x://ss'))),
  "x://ss");
check(() => (url.parse('http://mañana.com/')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'xn--maana-pta.com', port: null, hostname: 'xn--maana-pta.com', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://xn--maana-pta.com/' }");
check(() => (url.parse('http://mañana.com/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'xn--maana-pta.com', port: null, hostname: 'xn--maana-pta.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://xn--maana-pta.com/' }");
check(() => (url.format(url.parse('http://mañana.com/'))),
  "http://xn--maana-pta.com/");
check(() => (url.parse('http://a.com?x')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: '?x', query: 'x', pathname: '/', path: '/?x', href: 'http://a.com/?x' }");
check(() => (url.parse('http://a.com?x',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: '?x', query: [Object: null prototype] { x: '' }, pathname: '/', path: '/?x', href: 'http://a.com/?x' }");
check(() => (url.format(url.parse('http://a.com?x'))),
  "http://a.com/?x");
check(() => (url.parse('http://a.com#x')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: '#x', search: null, query: null, pathname: '/', path: '/', href: 'http://a.com/#x' }");
check(() => (url.parse('http://a.com#x',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: '#x', search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://a.com/#x' }");
check(() => (url.format(url.parse('http://a.com#x'))),
  "http://a.com/#x");
check(() => (url.parse('http://x/p/a?b=c&d=e')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'x', port: null, hostname: 'x', hash: null, search: '?b=c&d=e', query: 'b=c&d=e', pathname: '/p/a', path: '/p/a?b=c&d=e', href: 'http://x/p/a?b=c&d=e' }");
check(() => (url.parse('http://x/p/a?b=c&d=e',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'x', port: null, hostname: 'x', hash: null, search: '?b=c&d=e', query: [Object: null prototype] { b: 'c', d: 'e' }, pathname: '/p/a', path: '/p/a?b=c&d=e', href: 'http://x/p/a?b=c&d=e' }");
check(() => (url.format(url.parse('http://x/p/a?b=c&d=e'))),
  "http://x/p/a?b=c&d=e");
check(() => (url.parse('  http://a.com  ')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://a.com/' }");
check(() => (url.parse('  http://a.com  ',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://a.com/' }");
check(() => (url.format(url.parse('  http://a.com  '))),
  "http://a.com/");
check(() => (url.parse('http://user@h')),
  "Url { protocol: 'http:', slashes: true, auth: 'user', host: 'h', port: null, hostname: 'h', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://user@h/' }");
check(() => (url.parse('http://user@h',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: 'user', host: 'h', port: null, hostname: 'h', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://user@h/' }");
check(() => (url.format(url.parse('http://user@h'))),
  "http://user@h/");
check(() => (url.parse('coap:u:p@::1:61616/.well')),
  "THROW TypeError ERR_INVALID_ARG_VALUE The argument 'url' coap:u:p@::1:61616/.well. Received 'Invalid port in url'");
check(() => (url.parse('coap:u:p@::1:61616/.well',true,true)),
  "THROW TypeError ERR_INVALID_ARG_VALUE The argument 'url' coap:u:p@::1:61616/.well. Received 'Invalid port in url'");
check(() => (url.format(url.parse('coap:u:p@::1:61616/.well'))),
  "THROW TypeError ERR_INVALID_ARG_VALUE The argument 'url' coap:u:p@::1:61616/.well. Received 'Invalid port in url'");
check(() => (url.parse('http:')),
  "Url { protocol: 'http:', slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: null, pathname: null, path: null, href: 'http:' }");
check(() => (url.parse('http:',true,true)),
  "Url { protocol: 'http:', slashes: null, auth: null, host: null, port: null, hostname: null, hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'http:' }");
check(() => (url.format(url.parse('http:'))),
  "http:");
check(() => (url.parse('http://')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: '', port: null, hostname: '', hash: null, search: null, query: null, pathname: null, path: null, href: 'http://' }");
check(() => (url.parse('http://',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: '', port: null, hostname: '', hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'http://' }");
check(() => (url.format(url.parse('http://'))),
  "http://");
check(() => (url.parse('a:b')),
  "Url { protocol: 'a:', slashes: null, auth: null, host: 'b', port: null, hostname: 'b', hash: null, search: null, query: null, pathname: null, path: null, href: 'a:b' }");
check(() => (url.parse('a:b',true,true)),
  "Url { protocol: 'a:', slashes: null, auth: null, host: 'b', port: null, hostname: 'b', hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'a:b' }");
check(() => (url.format(url.parse('a:b'))),
  "a:b");
check(() => (url.parse('tel:+123')),
  "Url { protocol: 'tel:', slashes: null, auth: null, host: '+123', port: null, hostname: '+123', hash: null, search: null, query: null, pathname: null, path: null, href: 'tel:+123' }");
check(() => (url.parse('tel:+123',true,true)),
  "Url { protocol: 'tel:', slashes: null, auth: null, host: '+123', port: null, hostname: '+123', hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'tel:+123' }");
check(() => (url.format(url.parse('tel:+123'))),
  "tel:+123");
check(() => (url.parse('http://a.com:/b')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: null, pathname: '/b', path: '/b', href: 'http://a.com/b' }");
check(() => (url.parse('http://a.com:/b',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/b', path: '/b', href: 'http://a.com/b' }");
check(() => (url.format(url.parse('http://a.com:/b'))),
  "http://a.com/b");
check(() => (url.parse('http://_dmarc.a.com/')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: '_dmarc.a.com', port: null, hostname: '_dmarc.a.com', hash: null, search: null, query: null, pathname: '/', path: '/', href: 'http://_dmarc.a.com/' }");
check(() => (url.parse('http://_dmarc.a.com/',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: '_dmarc.a.com', port: null, hostname: '_dmarc.a.com', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/', path: '/', href: 'http://_dmarc.a.com/' }");
check(() => (url.format(url.parse('http://_dmarc.a.com/'))),
  "http://_dmarc.a.com/");
check(() => (url.parse('xmpp:user@host')),
  "Url { protocol: 'xmpp:', slashes: null, auth: 'user', host: 'host', port: null, hostname: 'host', hash: null, search: null, query: null, pathname: null, path: null, href: 'xmpp:user@host' }");
check(() => (url.parse('xmpp:user@host',true,true)),
  "Url { protocol: 'xmpp:', slashes: null, auth: 'user', host: 'host', port: null, hostname: 'host', hash: null, search: null, query: [Object: null prototype] {}, pathname: null, path: null, href: 'xmpp:user@host' }");
check(() => (url.format(url.parse('xmpp:user@host'))),
  "xmpp:user@host");
check(() => (url.parse('svn+ssh://foo/bar')),
  "Url { protocol: 'svn+ssh:', slashes: true, auth: null, host: 'foo', port: null, hostname: 'foo', hash: null, search: null, query: null, pathname: '/bar', path: '/bar', href: 'svn+ssh://foo/bar' }");
check(() => (url.parse('svn+ssh://foo/bar',true,true)),
  "Url { protocol: 'svn+ssh:', slashes: true, auth: null, host: 'foo', port: null, hostname: 'foo', hash: null, search: null, query: [Object: null prototype] {}, pathname: '/bar', path: '/bar', href: 'svn+ssh://foo/bar' }");
check(() => (url.format(url.parse('svn+ssh://foo/bar'))),
  "svn+ssh://foo/bar");
check(() => (url.parse('http://a.com/;p?q')),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: '?q', query: 'q', pathname: '/;p', path: '/;p?q', href: 'http://a.com/;p?q' }");
check(() => (url.parse('http://a.com/;p?q',true,true)),
  "Url { protocol: 'http:', slashes: true, auth: null, host: 'a.com', port: null, hostname: 'a.com', hash: null, search: '?q', query: [Object: null prototype] { q: '' }, pathname: '/;p', path: '/;p?q', href: 'http://a.com/;p?q' }");
check(() => (url.format(url.parse('http://a.com/;p?q'))),
  "http://a.com/;p?q");
check(() => (url.resolve('/one/two/three','four')),
  "/one/two/four");
check(() => (url.resolve('http://example.com/','/one')),
  "http://example.com/one");
check(() => (url.resolve('http://example.com/one','/two')),
  "http://example.com/two");
check(() => (url.resolve('http://a/b/c/d;p?q','g:h')),
  "g:h");
check(() => (url.resolve('http://a/b/c/d;p?q','../g')),
  "http://a/b/g");
check(() => (url.resolve('http://a/b/c/d;p?q','?y')),
  "http://a/b/c/d;p?y");
check(() => (url.resolve('http://a/b/c/d;p?q','#s')),
  "http://a/b/c/d;p?q#s");
check(() => (url.resolve('http://a/b/c/d;p?q','//g')),
  "http://g/");
check(() => (url.resolve('http://a/b/c/d;p?q','')),
  "http://a/b/c/d;p?q");
check(() => (url.resolve('http://a/b/c/d;p?q','../../../g')),
  "http://a/g");
check(() => (url.resolve('http://a/b/c/d;p?q','./g/.')),
  "http://a/b/c/g/");
check(() => (url.resolve('http://a/b/c/d;p?q','g/../h')),
  "http://a/b/c/h");
check(() => (url.resolve('/a/b','..')),
  "/");
check(() => (url.resolve('a/b','../c')),
  "c");
check(() => (url.resolve('mailto:a@b','c')),
  "mailto:a@c");
check(() => (url.resolve('http://u:p@h/a','b')),
  "http://u:p@h/b");
check(() => (url.resolve('http://a.com/b','https://c.com/d')),
  "https://c.com/d");
check(() => (url.resolve('http://a','b')),
  "http://a/b");
check(() => (url.resolve('foo:a/b','c')),
  "foo:a/c");
check(() => (url.resolve('http://a/b','http:c')),
  "http://a/c");
check(() => (url.resolve('http://a/b','http://d?e')),
  "http://d/?e");
check(() => (url.format({protocol:'http',host:'a.com',pathname:'b',query:{x:1,y:[2,3]},hash:'h'})),
  "http://a.com/b?x=1&y=2&y=3#h");
check(() => (url.format({hostname:'::1',port:80,protocol:'http:'})),
  "http://[::1]:80");
check(() => (url.format({auth:'a:b c',host:'h',protocol:'http'})),
  "http://a:b%20c@h");
check(() => (url.format(new URL('http://u:p@xn--maana-pta.com/p?q#h'),{unicode:true,auth:false,fragment:false,search:false})),
  "http://ma\u00f1ana.com/p");
check(() => (url.format({pathname:'a?b#c',search:'x#y'})),
  "a%3Fb%23c?x%23y");
check(() => ((()=>{try{url.format(5)}catch(e){return e.message}})()),
  "The \"urlObject\" argument must be one of type object or string. Received type number (5)");
check(() => ((()=>{try{url.parse(5)}catch(e){return e.message}})()),
  "The \"url\" argument must be of type string. Received type number (5)");
check(() => ((()=>{try{url.parse('http://a^b')}catch(e){return e.message+e.code}})()),
  "undefined");
check(() => (inspect(new URL('http://u:p@a.com:81/p?q=1#h'))),
  "URL {\n  href: 'http://u:p@a.com:81/p?q=1#h',\n  origin: 'http://a.com:81',\n  protocol: 'http:',\n  username: 'u',\n  password: 'p',\n  host: 'a.com:81',\n  hostname: 'a.com',\n  port: '81',\n  pathname: '/p',\n  search: '?q=1',\n  searchParams: URLSearchParams { 'q' => '1' },\n  hash: '#h'\n}");
check(() => (inspect({u:new URL('http://a.com')},{depth:0})),
  "{ u: URL {} }");
check(() => (String(new URL('../x','http://a.com/b/c'))),
  "http://a.com/x");
check(() => ((()=>{try{new URL('nope')}catch(e){return [e.message,e.code,e.input,e.name]}})()),
  "[ 'Invalid URL', 'ERR_INVALID_URL', 'nope', 'TypeError' ]");
check(() => ((()=>{try{new URL('nope','bad')}catch(e){return [e.message,e.code,e.input,e.base]}})()),
  "[ 'Invalid URL', 'ERR_INVALID_URL', 'nope', 'bad' ]");
check(() => ((()=>{try{new URL()}catch(e){return e.message}})()),
  "The \"url\" argument must be specified");
check(() => (URL.canParse('a','http://b')),
  "true");
check(() => (URL.parse('x')),
  "null");
check(() => (JSON.stringify({u:new URL('http://a')})),
  "{\"u\":\"http://a/\"}");
check(() => ((()=>{const u=new URL('http://a.com/p');u.searchParams.append('x','y z');u.hash='h';u.port=8080;u.pathname='/q r';u.protocol='https';u.username='me';u.password='p';u.host='b.org:99';u.hostname='c.org';u.search='?z=1';return [u.href,u.searchParams.get('z'),u.origin]})()),
  "[ 'https://me:p@c.org:99/q%20r?z=1#h', '1', 'https://c.org:99' ]");
check(() => ((()=>{const u=new URL('http://a.com/?a=1&b=2');u.searchParams.delete('a');return u.href})()),
  "http://a.com/?b=2");
check(() => (['http://a','https://a:444','ftp://x','file:///x','blob:https://a/b','data:x','ws://h:80'].map(x=>new URL(x).origin)),
  "[ 'http://a', 'https://a:444', 'ftp://x', 'null', 'https://a', 'null', 'ws://h' ]");
check(() => ([...new URLSearchParams('a=1&b=2&a=3')]),
  "[ [ 'a', '1' ], [ 'b', '2' ], [ 'a', '3' ] ]");
check(() => (new URLSearchParams({a:'x y',b:'é&'}).toString()),
  "a=x+y&b=%C3%A9%26");
check(() => (new URLSearchParams([['a','1'],['b','2']]).toString()),
  "a=1&b=2");
check(() => (new URLSearchParams(new Map([['a','1']])).toString()),
  "a=1");
check(() => (new URLSearchParams('?a=%zz&b=%ff&c=+').toString()),
  "a=%25zz&b=%EF%BF%BD&c=+");
check(() => (inspect(new URLSearchParams('a=1&b=2'))),
  "URLSearchParams { 'a' => '1', 'b' => '2' }");
check(() => (inspect(new URLSearchParams('a=1&b=2').keys())),
  "URLSearchParams Iterator { 'a', 'b' }");
check(() => (inspect(new URLSearchParams('a=1').entries())),
  "URLSearchParams Iterator { [ 'a', '1' ] }");
check(() => (inspect(new URLSearchParams())),
  "URLSearchParams {}");
check(() => ((()=>{const p=new URLSearchParams('c=1&a=2&b=3&a=1');p.sort();return p.toString()+p.size+p.getAll('a')+p.has('a','2')+p.has('a','9')})()),
  "a=2&a=1&b=3&c=142,1truefalse");
check(() => ((()=>{const p=new URLSearchParams('a=1&a=2&b=3');p.set('a','9');p.set('z','0');p.delete('b');return p.toString()})()),
  "a=9&z=0");
check(() => ((()=>{try{new URLSearchParams([['a']])}catch(e){return e.message+e.code}})()),
  "Each query pair must be an iterable [name, value] tupleERR_INVALID_TUPLE");
check(() => ((()=>{try{new URLSearchParams().append('a')}catch(e){return e.message}})()),
  "The \"name\" and \"value\" arguments must be specified");
check(() => ((()=>{try{URLSearchParams.prototype.get.call({},'a')}catch(e){return e.message}})()),
  "Value of \"this\" must be of type URLSearchParams");
check(() => (new URLSearchParams("a=~!*()'-._").toString()),
  "a=%7E%21*%28%29%27-._");
check(() => (url.fileURLToPath('file:///a%20b/c')),
  "/a b/c");
check(() => ((()=>{try{url.fileURLToPath('http://a')}catch(e){return e.message+e.code}})()),
  "The URL must be of scheme fileERR_INVALID_URL_SCHEME");
check(() => ((()=>{try{url.fileURLToPath('file://h/a')}catch(e){return e.message+e.code}})()),
  "File URL host must be \"localhost\" or empty on linuxERR_INVALID_FILE_URL_HOST");
check(() => ((()=>{try{url.fileURLToPath('file:///a%2fb')}catch(e){return e.message+e.code}})()),
  "File URL path must not include encoded / charactersERR_INVALID_FILE_URL_PATH");
check(() => ((()=>{try{url.fileURLToPath(5)}catch(e){return e.message+e.code}})()),
  "The \"path\" argument must be of type string or an instance of URL. Received type number (5)ERR_INVALID_ARG_TYPE");
check(() => (url.pathToFileURL('/a b#c?d%e').href),
  "file:///a%20b%23c%3Fd%25e");
check(() => (url.pathToFileURL('/a/').href),
  "file:///a/");
check(() => (url.pathToFileURL('C:\\a b',{windows:true}).href),
  "file:///C:/a%20b");
check(() => (url.fileURLToPath('file:///C:/a',{windows:true})),
  "C:\\a");
check(() => (url.urlToHttpOptions(new URL('http://u:p%20@[::1]:81/p?q#h'))),
  "[Object: null prototype] { protocol: 'http:', hostname: '::1', hash: '#h', search: '?q', pathname: '/p', path: '/p?q', href: 'http://u:p%20@[::1]:81/p?q#h', port: 81, auth: 'u:p ' }");
check(() => (url.domainToASCII('español.com')),
  "xn--espaol-zwa.com");
check(() => (url.domainToUnicode('xn--fiq228c.com')),
  "\u4e2d\u6587.com");
check(() => (Object.getOwnPropertyNames(URL).join()),
  "length,name,prototype,parse,canParse,createObjectURL,revokeObjectURL");
check(() => (Object.keys(new URL('http://a')).join()),
  "");
check(() => (util.isDeepStrictEqual(new URL('http://a'),new URL('http://a'))),
  "true");
check(() => (util.isDeepStrictEqual(new URL('http://a'),new URL('http://b'))),
  "false");

// SPDX-License-Identifier: MIT
'use strict';

// Proxies of agents: which requests go through one, what those look like, and tunnels for TLS. Loaded by the first agent
// that is given `proxyEnv`.
//
// Requests of http: are asked of the proxy by their whole URL. For https: the proxy is asked to connect (RFC 9110, section
// 9.3.6), and TLS is spoken with the server through that connection.

const net = require('net');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');

// More of an answer to CONNECT than this is nobody's honest answer.
const MAX_ANSWER = 16 << 10;
const DEFAULT_PORTS = { '__proto__': null, 'http:': 80, 'https:': 443 };

class ProxyConfig {
  constructor(url, bypass, keepAlive) {
    const { protocol, hostname, port, username, password, href } = url;
    // What is shown of it has no password.
    this.href = username || password ? `${protocol}//${url.host}/` : href;
    this.protocol = protocol;
    this.auth = username || password ?
      `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` : undefined;
    this.bypassList = bypass;
    const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    this.proxyConnectionOptions = { host, port: Number(port) || DEFAULT_PORTS[protocol], keepAlive };
  }

  // Whether a request to that host goes through the proxy.
  serves({ host, port, socketPath }) {
    return !socketPath && !this.bypassList.some((entry) => bypasses(entry, `${host}`.toLowerCase(), `${port}`));
  }
}

// Entries of NO_PROXY: a name, one with a port, .domain (with the domain itself), *.domain (without), an address, a range
// of IPv4 addresses, * for everything.
function bypasses(entry, host, port) {
  if (entry === '*' || entry === host || entry === `${host}:${port}`) return true;
  if (entry[0] === '.') return host === entry.slice(1) || host.endsWith(entry);
  if (entry.startsWith('*.')) return host.endsWith(entry.slice(1));
  const range = /^([\d.]+)-([\d.]+)$/.exec(entry);
  if (range && net.isIPv4(range[1]) && net.isIPv4(range[2]) && net.isIPv4(host)) {
    const [first, last, at] = [range[1], range[2], host].map((address) => Buffer.from(address.split('.')).readUInt32BE());
    return first <= at && at <= last;
  }
  return false;
}

// The configuration for an agent of that protocol from an environment; null when there is none, or one for a kind of
// proxy that is not spoken. Names in lower case win.
function configFrom(env, protocol, keepAlive) {
  const text = protocol === 'https:' ? env.https_proxy || env.HTTPS_PROXY : env.http_proxy || env.HTTP_PROXY;
  if (!text || !/^https?:\/\//.test(text)) return null;
  const { URL } = require('internal/url');
  const url = /[\r\n]/.test(text) ? null : URL.parse(`${text}`);
  if (url === null) throw new codes.ERR_PROXY_INVALID_CONFIG(`Invalid proxy URL: ${text}`);
  const bypass = `${env.no_proxy || env.NO_PROXY || ''}`.split(',').map((entry) => entry.trim().toLowerCase());
  return new ProxyConfig(url, bypass.filter((entry) => entry !== ''), keepAlive);
}

// --- requests of http: -------------------------------------------------------------------------------------------------

function authority({ host, port }, defaultPort) {
  const name = net.isIPv6(host) ? `[${host}]` : host;
  return defaultPort !== undefined && +port === defaultPort ? name : `${name}:${port}`;
}

const badAuthority = /[\0-\x20\x7f/?#@\\]/;

function checkAuthority(text) {
  if (badAuthority.test(text)) throw new codes.ERR_INVALID_CHAR('Proxied host', text);
  return text;
}

// Makes a request one for the proxy, before it gets a connection.
function prepareRequest(agent, config, req, options) {
  const target = checkAuthority(authority(options, DEFAULT_PORTS[agent.protocol]));
  if (agent.protocol !== 'http:' || !config.serves(options)) return;
  const path = `http://${target}${req.path}`;
  // A proxy goes by the one, the server behind it by the other: they must not be made to disagree.
  const host = req._header ? /\r\nhost: *([^\r]*)/i.exec(req._header)?.[1] : req.getHeader('host');
  if (host !== undefined && host !== target && host !== authority(options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('Host in options.headers', host, `must match the request authority (${target})`);
  }
  const lines = [];
  if (config.auth) lines.push(['proxy-authorization', config.auth]);
  lines.push(['proxy-connection', agent.keepAlive ? 'keep-alive' : 'close']);
  if (req._header) {
    // A list of headers was put into text already.
    const end = req._header.indexOf('\r\n');
    const extra = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    req._header = `${req.method} ${path} HTTP/1.1\r\n${extra}${req._header.slice(end + 2)}`;
  } else {
    for (const [name, value] of lines) req.setHeader(name, value);
  }
  req.path = path;
}

// --- connections -------------------------------------------------------------------------------------------------------

function connectToProxy(config, options) {
  const where = { ...config.proxyConnectionOptions, noDelay: options.noDelay, keepAlive: options.keepAlive, lookup: undefined };
  if (config.protocol === 'https:') return require('tls').connect({ ...where, servername: net.isIP(where.host) ? '' : where.host });
  return net.connect(where);
}

const tunnelError = (message, more) => Object.assign(new codes.ERR_PROXY_TUNNEL(message), more);

// Asks for a tunnel; done(error) or done(null, socket), once.
function openTunnel(agent, config, options, timeout, done) {
  const socket = connectToProxy(config, options);
  const target = authority(options);
  let answer = Buffer.alloc(0);
  const listeners = { __proto__: null, readable: onReadable, end: onEnd, error: finish, timeout: onTimeout, close: onClose };
  for (const name in listeners) socket.on(name, listeners[name]);
  if (timeout) socket.setTimeout(timeout);
  const auth = config.auth ? `proxy-authorization: ${config.auth}\r\n` : '';
  const connection = agent.keepAlive ? 'proxy-connection: keep-alive\r\n' : '';
  socket.write(`CONNECT ${target} HTTP/1.1\r\n${auth}${connection}host: ${target}\r\n\r\n`);

  function finish(error) {
    for (const name in listeners) socket.removeListener(name, listeners[name]);
    if (!error) {
      socket.setTimeout(0);
      done(null, socket);
      return;
    }
    socket.on('error', () => {}); // one is told of
    socket.destroy();
    done(error);
  }
  function onReadable() {
    for (let chunk; (chunk = socket.read()) !== null;) {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0 && answer.length <= MAX_ANSWER) continue;
      const statusLine = answer.latin1Slice(0, Math.min(answer.indexOf('\r\n') >>> 0, answer.length));
      const statusCode = end < 0 ? NaN : Number(statusLine.split(' ', 2)[1]);
      if (statusCode !== 200) {
        finish(tunnelError(`Failed to establish tunnel to ${target} via ${config.href}: ${statusLine}`, { statusCode }));
        return;
      }
      socket.removeListener('readable', onReadable); // before unshift, which tells of data
      if (answer.length > end + 4) socket.unshift(answer.subarray(end + 4));
      finish();
      return;
    }
  }
  function onEnd() {
    finish(tunnelError('Connection to establish proxy tunnel ended unexpectedly'));
  }
  function onClose() {
    finish(tunnelError('Connection to establish proxy tunnel closed unexpectedly'));
  }
  function onTimeout() {
    finish(tunnelError(`Connection to establish proxy tunnel timed out after ${timeout}ms`, { proxyTunnelTimeout: timeout }));
  }
}

// A connection for a request, straight or through the proxy; as Agent's createConnection.
function createConnection(agent, config, req, options, callback) {
  if (!config.serves(options)) return agent.createConnection(options, callback);
  if (agent.protocol !== 'https:') return connectToProxy(config, options);
  openTunnel(agent, config, options, req.timeout ?? options.timeout, (error, socket) => {
    if (!error) {
      callback(null, agent.createConnection({ __proto__: null, ...options, socket }));
      return;
    }
    callback(error);
    if (error.proxyTunnelTimeout) req.emit('timeout');
  });
  return undefined;
}

// --- the environment's -------------------------------------------------------------------------------------------------

let fetchEnv; // what fetch and its like use: undefined until somebody asked

function fetchProxyEnv() {
  fetchEnv ??= require('_http_agent').environmentProxy() ?? null;
  return fetchEnv ?? undefined;
}

// http.setGlobalProxyFromEnv(): the global agents and fetch ask these proxies, until the returned function is called.
function setGlobalProxyFromEnv(env) {
  if (!configFrom(env, 'http:', true) && !configFrom(env, 'https:', true)) return () => {};
  const http = require('http');
  const https = require('https');
  const before = [http.globalAgent, https.globalAgent, fetchProxyEnv()];
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: env };
  const use = (httpAgent, httpsAgent, proxies) => {
    http.globalAgent = httpAgent;
    https.globalAgent = httpsAgent;
    fetchEnv = proxies ?? null;
    require('internal/fetch/network').forgetAgents();
  };
  use(new http.Agent(options), new https.Agent(options), env);
  return () => use(...before);
}

module.exports = { configFrom, createConnection, fetchProxyEnv, prepareRequest, setGlobalProxyFromEnv };

// Every kind of record, asked of a DNS server of our own.
'use strict';
const dgram = require('dgram');
const dns = require('dns');

const u16 = (n) => Buffer.from([n >> 8, n & 255]);
const u32 = (n) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
const label = (text) => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
const name = (text) => Buffer.concat([...text.split('.').filter(Boolean).map(label), Buffer.from([0])]);
const record = (type, data, ttl = 60) => Buffer.concat([Buffer.from([0xc0, 12]), u16(type), u16(1), u32(ttl), u16(data.length), data]);

const A1 = record(1, Buffer.from([1, 2, 3, 4]));
const A2 = record(1, Buffer.from([5, 6, 7, 8]), 61);
const AAAA = record(28, Buffer.from('20010db8000000000000000000000001', 'hex'));
const CNAME = record(5, name('alias.test'));
const NS = record(2, name('ns1.test'));
const PTR = record(12, name('rev.test'));
const MX = record(15, Buffer.concat([u16(10), name('mx.test')]));
const TXT = record(16, Buffer.concat([label('hello'), label('é'), label('')]));
const SRV = record(33, Buffer.concat([u16(1), u16(2), u16(8080), name('h.test')]));
const SOA = record(6, Buffer.concat([name('ns1.test'), name('root.test'), ...[1, 2, 3, 4, 5].map(u32)]));
const NAPTR = record(35, Buffer.concat([u16(7), u16(8), label('s'), label('SIP+D2U'), label('!x!y!'), name('naptr.test')]));
const CAA = record(257, Buffer.concat([Buffer.from([128]), label('issue'), Buffer.from('ca.test')]));
const TLSA = record(52, Buffer.from('030101abcdef', 'hex'));
const zone = {
  'a.test': [CNAME, A1, A2, AAAA, MX, TXT, SRV, NAPTR, CAA, NS],
  'all.test': [CAA, AAAA, NS, PTR, MX, TXT, SRV, SOA, NAPTR, A1],
  'tlsa.test': [TLSA],
  'soa.test': [SOA],
  'xn--bcher-kva.test': [A1],
  '4.3.2.1.in-addr.arpa': [PTR],
  '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': [PTR, record(12, name('second.test'))],
  'empty.test': [],
  'short.test': [record(1, Buffer.from([1, 2, 3]))],
  'loop.test': [record(5, Buffer.from([0xc0, 0xff]))],
  'odd.test': [record(2, name('a b(c\\d\x01.test'))],
};

const server = dgram.createSocket('udp4');
server.on('message', (query, from) => {
  let at = 12;
  const labels = [];
  for (; query[at]; at += query[at] + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
  const asked = labels.join('.');
  const type = query.readUInt16BE(at + 1);
  const rcodes = { 'refused.test': 5, 'servfail.test': 2, 'formerr.test': 1, 'notimp.test': 4 };
  const all = zone[asked];
  const answers = (all ?? []).filter((r) => r.readUInt16BE(2) === type || type === 255 || r.readUInt16BE(2) === 5);
  const rcode = rcodes[asked] ?? (all ? 0 : 3);
  server.send(Buffer.concat([query.subarray(0, 2), u16(0x8180 | rcode), u16(1), u16(answers.length), u16(0), u16(0),
    query.subarray(12, at + 5), ...answers]), from.port, from.address);
});

server.bind(0, '127.0.0.1', async () => {
  const resolver = new dns.promises.Resolver({ timeout: 2000, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  const show = async (what, promise) => {
    try {
      console.log(what, await promise);
    } catch (e) {
      console.log(what, e.message, e.code, e.errno, e.syscall, e.hostname);
    }
  };
  for (const method of ['resolve', 'resolve4', 'resolve6', 'resolveCname', 'resolveMx', 'resolveTxt', 'resolveSrv', 'resolveNaptr',
    'resolveCaa', 'resolveNs', 'resolvePtr', 'resolveSoa']) {
    await show(method, resolver[method]('A.test'));
  }
  await show('ttl', resolver.resolve4('a.test', { ttl: true }));
  await show('ttl 6', resolver.resolve6('a.test', { ttl: true }));
  await show('tlsa', resolver.resolveTlsa('tlsa.test'));
  await show('soa', resolver.resolveSoa('soa.test'));
  await show('soa by type', resolver.resolve('soa.test', 'SOA'));
  await show('any', resolver.resolveAny('all.test'));
  await show('punycode', resolver.resolve4('bücher.test'));
  await show('reverse', resolver.reverse('1.2.3.4'));
  await show('reverse 6', resolver.reverse('2001:db8::1'));
  for (const host of ['missing.test', 'empty.test', 'refused.test', 'servfail.test', 'formerr.test', 'notimp.test', 'short.test', 'a..test']) {
    await show(host, resolver.resolve4(host));
  }
  await show('loop', resolver.resolveCname('loop.test'));
  await show('odd', resolver.resolveNs('odd.test'));
  await new Promise((done) => {
    const callbacks = new dns.Resolver();
    callbacks.setServers(resolver.getServers());
    const req = callbacks.resolve('a.test', (error, addresses) => {
      console.log('callback', error, addresses);
      done();
    });
    console.log(req.constructor.name, Object.keys(req).join());
  });
  server.close();
});

// SPDX-License-Identifier: MIT
// Ciphers in all modes, their tags, associated data, streams and refusals; getCipherInfo.
'use strict';
const crypto = require('crypto');
const { inspect } = require('util');

function attempt(name, fn) {
  try {
    const result = fn();
    console.log(
      name,
      Buffer.isBuffer(result)
        ? result.toString('hex')
        : typeof result === 'string'
          ? result
          : inspect(result, { breakLength: 200 }),
    );
  } catch (e) {
    console.log(name, '!', e.name, e.code, e.message);
  }
}

const c = crypto.createCipheriv;
const d = crypto.createDecipheriv;
const key = Buffer.alloc(32, 1);
const k16 = Buffer.alloc(16, 1);
const iv = Buffer.alloc(16, 2);
const iv12 = Buffer.alloc(12, 2);

attempt('1', () => {
  const x = c('aes-256-cbc', key, iv);
  return x.update('hello', 'utf8', 'hex') + x.final('hex');
});
attempt('2', () => c('zzz', key, iv));
attempt('3', () => c('aes-256-cbc', k16, iv));
attempt('4', () => c('aes-256-cbc', key, iv12));
attempt('5', () => c('aes-256-cbc', key, null));
attempt('6', () => c('aes-256-cbc', key));
attempt('7', () => c('aes-256-ecb', key, null).update('a'));
attempt('8', () => c('aes-256-ecb', key, '').final('hex'));
attempt('9', () => c('aes-256-ecb', key, iv));
attempt('10', () => c(null, key, iv));
attempt('11', () => c('aes-256-cbc', null, iv));
attempt('12', () => c('aes-256-cbc', key, 5));
attempt('13', () => {
  const x = c('aes-256-cbc', key, iv);
  x.final();
  x.update('a');
});
attempt('14', () => {
  const x = c('aes-256-cbc', key, iv);
  x.final();
  x.final();
});
attempt('15', () => {
  const x = d('aes-256-cbc', key, iv);
  x.update(Buffer.alloc(16));
  x.final();
});
attempt('16', () => {
  const x = d('aes-256-cbc', key, iv);
  x.update(Buffer.alloc(15));
  x.final();
});
attempt('17', () => {
  const x = c('aes-256-cbc', key, iv);
  return [x.setAutoPadding(false) === x, x.update('a'.repeat(16), 'utf8', 'base64'), x.final('hex')];
});
attempt('18', () => {
  const x = c('aes-256-cbc', key, iv);
  x.setAutoPadding(false);
  x.update('abc');
  x.final();
});
attempt('19', () => {
  const x = c('aes-256-cbc', key, iv);
  x.final();
  x.setAutoPadding();
});
attempt('20', () => {
  const x = c('aes-256-gcm', key, iv12);
  x.setAAD(Buffer.from('aad'));
  return [x.update('hello', 'utf8', 'hex') + x.final('hex'), x.getAuthTag().toString('hex')];
});
attempt('21', () => {
  const x = c('aes-256-gcm', key, iv12);
  x.getAuthTag();
});
attempt('22', () => {
  const x = c('aes-256-cbc', key, iv);
  x.final();
  x.getAuthTag();
});
attempt('23', () => {
  const x = d('aes-256-gcm', key, iv12);
  x.setAuthTag(Buffer.alloc(16));
  x.update('aa', 'hex');
  x.final();
});
attempt('24', () => {
  const x = d('aes-256-gcm', key, iv12);
  x.update('aa', 'hex');
  x.final();
});
attempt('25', () => {
  const x = d('aes-256-gcm', key, iv12);
  x.setAuthTag(Buffer.alloc(5));
});
attempt('26', () => {
  const x = d('aes-256-gcm', key, iv12);
  x.setAuthTag(Buffer.alloc(8));
});
attempt('27', () => {
  const x = d('aes-256-gcm', key, iv12);
  x.setAuthTag(Buffer.alloc(16));
  x.setAuthTag(Buffer.alloc(16));
});
attempt('28', () => {
  const x = c('aes-256-gcm', key, iv12);
  x.setAuthTag(Buffer.alloc(16));
});
attempt('29', () => {
  const x = d('aes-256-cbc', key, iv);
  x.setAuthTag(Buffer.alloc(16));
});
attempt('30', () => {
  const x = c('aes-256-cbc', key, iv);
  x.setAAD(Buffer.alloc(16));
});
attempt('32', () => {
  const x = d('aes-256-gcm', key, iv12, { authTagLength: 8 });
  x.setAuthTag(Buffer.alloc(16));
});
attempt('33', () => c('aes-256-gcm', key, iv12, { authTagLength: 5 }));
attempt('34', () => c('aes-256-gcm', key, iv12, { authTagLength: 'x' }));
attempt('35', () => {
  const x = c('aes-256-gcm', key, iv12, { authTagLength: 8 });
  x.final();
  return x.getAuthTag();
});
attempt('36', () => {
  const x = c('aes-256-gcm', key, iv12);
  x.setAAD(5);
});
attempt('37', () => {
  const x = c('aes-256-gcm', key, Buffer.alloc(0));
});
attempt('38', () => c('aes-256-gcm', key, null));
attempt('40', () => c('aes-128-ccm', k16, iv12));
attempt('41', () => c('aes-128-ccm', k16, iv12, { authTagLength: 5 }));
attempt('42', () => {
  const x = c('aes-128-ccm', k16, iv12, { authTagLength: 16 });
  x.setAAD(Buffer.from('a'), { plaintextLength: 5 });
  return [x.update('hello', 'utf8', 'hex'), x.final('hex'), x.getAuthTag().toString('hex')];
});
attempt('43', () => {
  const x = c('aes-128-ccm', k16, iv12, { authTagLength: 16 });
  x.setAAD(Buffer.from('a'));
});
attempt('44', () => {
  const x = c('aes-128-ccm', k16, iv12, { authTagLength: 16 });
  x.update('a');
  x.update('b');
});
attempt('45', () => c('aes-128-ccm', k16, iv, { authTagLength: 16 }));
attempt('46', () => {
  const x = d('aes-128-ccm', k16, iv12, { authTagLength: 16 });
  x.update('a');
});
attempt('48', () => {
  const x = d('aes-128-ccm', k16, iv12, { authTagLength: 16 });
  x.setAuthTag(Buffer.alloc(16));
  x.update('a');
  x.final();
});
attempt('49', () => {
  const x = c('aes-128-ccm', k16, Buffer.alloc(13), { authTagLength: 16 });
  x.update(Buffer.alloc(65536));
});
attempt('50', () => {
  const x = c('aes-128-ccm', k16, Buffer.alloc(13), { authTagLength: 16 });
  x.setAAD(Buffer.alloc(1), { plaintextLength: 65536 });
});
attempt('51', () => {
  const x = c('aes-128-ccm', k16, Buffer.alloc(13), { authTagLength: 16 });
  return [x.final('hex'), x.getAuthTag().toString('hex')];
});
attempt('52', () => {
  const x = d('aes-128-ccm', k16, iv12, { authTagLength: 16 });
  x.final();
});
attempt('53', () => {
  const e = c('aes-128-ccm', k16, iv12, { authTagLength: 8 });
  const a = e.update('secret');
  e.final();
  const x = d('aes-128-ccm', k16, iv12, { authTagLength: 8 });
  x.setAuthTag(e.getAuthTag());
  return x.update(a, null, 'utf8') + x.final('utf8');
});
attempt('60', () => c('aes-128-ocb', k16, iv12));
attempt('61', () => {
  const x = c('aes-128-ocb', k16, iv12, { authTagLength: 16 });
  x.setAAD(Buffer.from('a'));
  return [x.update('hello', 'utf8', 'hex'), x.final('hex'), x.getAuthTag().toString('hex')];
});
attempt('62', () => c('aes-128-ocb', k16, iv12, { authTagLength: 17 }));
attempt('63', () => c('aes-128-ocb', k16, iv, { authTagLength: 16 }));
attempt('64', () => {
  const e = c('aes-128-ocb', k16, iv12, { authTagLength: 12 });
  const a = Buffer.concat([e.update('secret'), e.final()]);
  const x = d('aes-128-ocb', k16, iv12, { authTagLength: 12 });
  x.setAuthTag(e.getAuthTag());
  return x.update(a, null, 'utf8') + x.final('utf8');
});
attempt('70', () => {
  const x = c('chacha20-poly1305', key, iv12);
  x.setAAD(Buffer.from('a'));
  return [x.update('hello', 'utf8', 'hex'), x.final('hex'), x.getAuthTag().toString('hex')];
});
attempt('71', () => c('chacha20-poly1305', key, iv, { authTagLength: 16 }));
attempt('72', () => {
  const x = d('chacha20-poly1305', key, iv12, { authTagLength: 16 });
  x.update('aa');
  x.final();
});
attempt('73', () => c('chacha20-poly1305', key, iv12, { authTagLength: 17 }));
attempt('74', () => c('chacha20-poly1305', key, Buffer.alloc(8), { authTagLength: 16 }).update('abc', 'utf8', 'hex'));
attempt('75', () => {
  const e = c('chacha20-poly1305', key, iv12, { authTagLength: 16 });
  const a = Buffer.concat([e.update('secret'), e.final()]);
  const x = d('chacha20-poly1305', key, iv12, { authTagLength: 16 });
  x.setAuthTag(e.getAuthTag());
  return x.update(a, null, 'utf8') + x.final('utf8');
});
attempt('80', () => {
  const x = c('aes128-wrap', k16, Buffer.alloc(8, 0xa6));
  return x.update(Buffer.alloc(16), null, 'hex') + x.final('hex');
});
attempt('81', () => {
  const x = d('aes128-wrap', k16, Buffer.alloc(8, 0xa6));
  return x.update(Buffer.alloc(24), null, 'hex') + x.final('hex');
});
attempt('82', () => {
  const x = c('id-aes128-wrap-pad', k16, Buffer.from('A65959A6', 'hex'));
  return x.update(Buffer.alloc(9), null, 'hex') + x.final('hex');
});
attempt('90', () => c('aes-128-ctr', k16, iv).update('abc', 'utf8', 'hex'));
attempt('91', () => c('aes-128-xts', key, iv).update('abc'.repeat(20), 'utf8', 'hex'));
attempt('92', () =>
  c('aes-128-xts', Buffer.concat([k16, Buffer.alloc(16)]), iv).update('abc'.repeat(20), 'utf8', 'hex'),
);
attempt('93', () => c('des-ede3-cbc', Buffer.alloc(24, 7), Buffer.alloc(8)).update('abcdefgh', 'utf8', 'hex'));
attempt('94', () => c('bf-cbc', k16, Buffer.alloc(8)));
attempt('95', () => c('rc4', k16, ''));
attempt('96', () => c('AES-128-CBC', k16, iv).final('hex'));
attempt('97', () => c('aes128', k16, iv).final('hex'));
attempt('98', () => {
  const x = c('aes-128-cbc', k16, iv);
  x.update(5);
});
attempt('99', () => {
  const x = c('aes-128-cbc', k16, iv);
  x.update('a', 'utf8', 'hex');
  x.final('base64');
});
attempt('100', () => {
  const x = c('aes-128-cbc', k16, iv);
  x.update('a', 'utf8', 'zzz');
});
attempt('101', () => {
  const x = c('aes-128-cbc', k16, iv);
  return x.update('abc', 'zzz', 'hex');
});
attempt('102', () => {
  const x = c('aes-128-cbc', k16, iv);
  return x.update('abc', 'hex', 'hex');
});
attempt('103', () => {
  const x = c('aes-128-cbc', crypto.createSecretKey(k16), iv);
  return x.final('hex');
});
attempt('104', () => c('aes-128-cbc', crypto.generateKeyPairSync('ed25519').publicKey, iv));
attempt('105', () => crypto.Cipheriv('aes-128-cbc', k16, iv).final('hex'));
attempt('106', () => Object.keys(c('aes-128-cbc', k16, iv)));
attempt('107', () => {
  const x = c('aes-128-cbc', k16, iv);
  x.end('hello');
  return x.read();
});
attempt('108', () => {
  const x = c('aes-128-cbc', 'a'.repeat(16), 'b'.repeat(16));
  return x.update('x', 'utf8', 'latin1') + x.final('latin1');
});
attempt('109', () => c('aes-128-cbc', k16, iv, { encoding: 'hex' }).final('hex'));
attempt('112', () => d('aes-128-cbc', k16, iv).final());
attempt('113', () => {
  const x = c('aes-128-cbc', k16, iv);
  const s = x.update('a'.repeat(30), 'utf8', 'utf8');
  return s.length;
});
attempt('i1', () => crypto.getCipherInfo('aes-128-cbc'));
attempt('i2', () => crypto.getCipherInfo('aes-128-gcm'));
attempt('i3', () => crypto.getCipherInfo('chacha20-poly1305'));
attempt('i4', () => crypto.getCipherInfo(419));
attempt('i5', () => crypto.getCipherInfo('zz'));
attempt('i6', () => crypto.getCipherInfo('aes-128-cbc', { keyLength: 12 }));
attempt('i7', () => crypto.getCipherInfo('aes-128-cbc', { ivLength: 12 }));
attempt('i8', () => crypto.getCipherInfo('aes-128-ccm', { ivLength: 7 }));
attempt('i9', () => crypto.getCipherInfo('aes-128-ccm', { ivLength: 15 }));
attempt('i10', () => crypto.getCipherInfo('aes-128-ocb', { ivLength: 15 }));
attempt('i11', () => crypto.getCipherInfo());
attempt('i12', () => crypto.getCipherInfo('aes-128-cbc', { keyLength: 'x' }));
attempt('i13', () => crypto.getCipherInfo(99999));
attempt('i14', () => crypto.getCipherInfo('aes-256-ecb'));
attempt('i15', () => crypto.getCipherInfo('id-aes128-wrap'));
attempt('i16', () => crypto.getCipherInfo('aes-128-xts'));
attempt('i17', () => crypto.getCipherInfo('aes-128-ctr', 5));
attempt('i18', () => crypto.getCipherInfo('aes-128-gcm', { ivLength: 1 }));
attempt('i19', () => crypto.getCipherInfo('AES-128-CBC'));
attempt('i20', () => crypto.getCipherInfo('des3'));
attempt('i21', () => crypto.getCipherInfo(''));
attempt('i22', () => crypto.getCipherInfo('aes128'));
attempt('i23', () => crypto.getCipherInfo('aes-128-cfb8'));
attempt('i24', () => crypto.getCipherInfo('aes-128-cbc-cts'));

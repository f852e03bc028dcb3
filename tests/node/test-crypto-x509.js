// SPDX-License-Identifier: MIT
// X509Certificate: what it says, questions put to it, refusals. The certificate was made for this test.
'use strict';
const { X509Certificate, createPrivateKey, generateKeyPairSync } = require('crypto');
const { inspect } = require('util');

const pem = `-----BEGIN CERTIFICATE-----
MIIEYDCCA0igAwIBAgIUXpM6/nCOD5+wJ8w5adyzT3ebTjQwDQYJKoZIhvcNAQEL
BQAwZjELMAkGA1UEBhMCVUsxEzARBgNVBAoMClRlc3QsIEluYy4xCjAIBgNVBAsM
AUExCjAIBgNVBAsMAUIxFDASBgNVBAMMC2V4YW1wbGUuY29tMRQwEgYJKoZIhvcN
AQkBFgVhQGIuYzAeFw0yNjExMjEwNzE4MTJaFw0zNjExMTgwNzE4MTJaMGYxCzAJ
BgNVBAYTAlVLMRMwEQYDVQQKDApUZXN0LCBJbmMuMQowCAYDVQQLDAFBMQowCAYD
VQQLDAFCMRQwEgYDVQQDDAtleGFtcGxlLmNvbTEUMBIGCSqGSIb3DQEJARYFYUBi
LmMwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDB6G4bwyhwU3PbOJn/
rrH82eugktk3jISyRtDtXla3ywwRnbLOTXGA5Fx1R5V+MivVcJS/fCmaP89B8Ujl
0yn8I2Kx0H+mBt9NxmILfE+q78sAyY0yhbCkkrhYLzxdee2CmQQbwci765Vx40IQ
nOCW4kIOfgicn+CxrFehhPXlPw/GLBDaUsj41rVwl78T4KvM6yzIaZvufhPKN+95
b5qgTqP5Z5c8eenG21rzXOjxUIB0e2oRqKCPPZV1DlRtXTHaJqFFoEJowE9/cfmU
l9F6LkZIUXZElQd1vwKf7otkQKgx4GH7YN4Qid+uMWmbPLzsgQpXyYtInDBQYEjF
9SxlAgMBAAGjggEEMIIBADAdBgNVHQ4EFgQUZIdfJC26VSU+UmID9RycM65aFQAw
HwYDVR0jBBgwFoAUZIdfJC26VSU+UmID9RycM65aFQAwDwYDVR0TAQH/BAUwAwEB
/zBMBgNVHREERTBDggtleGFtcGxlLmNvbYIJKi5mb28ub3JnhwR/AAABhxAAAAAA
AAAAAAAAAAAAAAABgQV4QHkueoYKaHR0cDovL2EvYjAdBgNVHSUEFjAUBggrBgEF
BQcDAQYIKwYBBQUHAwIwQAYIKwYBBQUHAQEENDAyMBgGCCsGAQUFBzABhgxodHRw
Oi8vb2NzcC8wFgYIKwYBBQUHMAKGCmh0dHA6Ly9jYS8wDQYJKoZIhvcNAQELBQAD
ggEBALffVIvHs8SMnbmgS7/ds45ih/5G3udUaOokhUOpF2Kuu/zZWcrwtOdckRXL
+o3oAK+cgYg459gVqCdQQwTZHV7adF+Fytz6FHhb5f20K8mNL3EOX7ctuuA1+3Gl
cjBmoJh9c7sESPoiL/1ADNlWHvw8yAmjWoewFE0gd+F2idbc7HGjUrt5kEhfJ5jb
wntv/JUh9mli8UjhU3lDHJXd0ZfCH/Qo7xgKohz3aYmFtGhZeDMQJPuV2ahznh5T
7r1hJa2h5gYWt8Cv7NRVNsf/glVndM4ZMY2B7W8Rw3Gk9dflblP09rp1xx9h9tqA
Xjbmb5ReUS4CqdmQu+1PrVIjF7s=
-----END CERTIFICATE-----
`;

function attempt(name, fn) {
  try {
    console.log(name, inspect(fn(), { breakLength: 200 }));
  } catch (e) {
    console.log(name, '!', e.name, e.code, e.message);
  }
}

const cert = new X509Certificate(pem);
for (const name of [
  'subject', 'subjectAltName', 'issuer', 'issuerCertificate', 'infoAccess', 'validFrom', 'validTo', 'validFromDate',
  'validToDate', 'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm',
  'signatureAlgorithmOid', 'ca', 'publicKey',
]) {
  attempt(name, () => cert[name]);
}
console.log(cert);
console.log(cert.toLegacyObject());
attempt('text', () => [cert.toString() === pem, cert.toJSON() === pem]);
attempt('der', () => new X509Certificate(cert.raw).fingerprint === cert.fingerprint);
for (const host of ['example.com', 'EXAMPLE.com', 'www.example.com', 'a.foo.org', 'a.b.foo.org', 'foo.org']) {
  attempt(host, () => cert.checkHost(host));
}
attempt('no wildcards', () => cert.checkHost('a.foo.org', { wildcards: false }));
attempt('subject', () => cert.checkHost('example.com', { subject: 'always' }));
attempt('email', () => [cert.checkEmail('x@y.z'), cert.checkEmail('a@b.c')]);
attempt('ip', () => [cert.checkIP('127.0.0.1'), cert.checkIP('::1'), cert.checkIP('8.8.8.8')]);
attempt('bad ip', () => cert.checkIP('zz'));
attempt('NUL', () => cert.checkHost('a\0b'));
attempt('host 5', () => cert.checkHost(5));
attempt('subject x', () => cert.checkHost('a', { subject: 'x' }));
attempt('issued', () => [cert.checkIssued(cert), cert.verify(cert.publicKey)]);
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
attempt('other key', () => [cert.verify(publicKey), cert.checkPrivateKey(privateKey)]);
attempt('verify private', () => cert.verify(privateKey));
attempt('check public', () => cert.checkPrivateKey(publicKey));
attempt('verify 5', () => cert.verify(5));
attempt('issued 5', () => cert.checkIssued(5));
attempt('none', () => new X509Certificate('zz'));
attempt('number', () => new X509Certificate(5));
attempt('empty DER', () => new X509Certificate(Buffer.from('3000', 'hex')));
attempt('prototype', () => X509Certificate.prototype.subject);

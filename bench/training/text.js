// SPDX-License-Identifier: MIT
// Text: building, searching, regular expressions, JSON, numbers and dates as text, encodings, structured clones.
'use strict';
const words = 'the quick brown fox jumps over a lazy dog while zwölf Boxkämpfer jagen 漢字 und 🙂 across the naïve café'.split(' ');
let total = 0;

function build(rounds) {
  let text = '';
  for (let i = 0; i < rounds; i++) text += words[i % words.length] + (i % 11 ? ' ' : '.\n');
  const lines = text.split('\n').map((line, i) => `${i}`.padStart(4, '0') + ': ' + line.trim());
  return [text, lines.join('\r\n')];
}
function look(text) {
  let sum = text.indexOf('jagen') + text.lastIndexOf('dog') + text.includes('cat') + text.toUpperCase().length + text.slice(5, 90).charCodeAt(7);
  for (let i = 0; i < 2000; i++) { const c = text.charCodeAt(i); if (c > 64 && c < 91 || text[i] === 'x') sum++; }
  for (const char of text.slice(0, 1000)) sum += char.codePointAt(0);
  return sum + text.replaceAll('fox', 'cat').length + text.localeCompare('the') + text.normalize('NFD').length + 'ab'.repeat(200).length;
}
function match(text) {
  let sum = text.replace(/\b(\w)(\w*)\b/g, (_, head, tail) => head.toUpperCase() + tail).length;
  sum += (text.match(/[aeiou]{2,}|\d+/gi) || []).length + text.split(/[\s.,]+/).length + text.search(/z[^ ]*f/u);
  for (const { groups } of text.matchAll(/(?<article>the|a) (?<noun>\p{L}+)/gu)) sum += groups.noun.length;
  const date = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/;
  for (let i = 0; i < 300; i++) sum += date.exec(`20${i % 90 + 10}-0${i % 9 + 1}-1${i % 10}T1${i % 10}:30`).length + /^\/users\/([^/]+?)(?:\/posts\/(\d+))?\/?$/i.test(`/users/u${i}/posts/${i}`);
  const token = /\s*(?:([a-z_]\w*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*")|(.))/giy;
  const source = 'let answer = compute(42.5, "te\\"xt", other) + more[3];'.repeat(20);
  while (token.lastIndex < source.length && token.exec(source)) sum++;
  return sum;
}
function json(rounds) {
  const records = Array.from({ length: rounds }, (_, i) => ({
    id: i, name: words[i % words.length], price: i * 1.25, ratio: i / 7, tags: ['a', 'b "quoted"', words[3]], nested: { on: i % 2 === 0, none: null, at: new Date(i * 1e10) },
  }));
  const text = JSON.stringify(records);
  return JSON.parse(text).length + JSON.stringify(records, null, 2).length + JSON.parse(text, (key, value) => value)[3].id + JSON.stringify(records, ['id', 'name']).length +
    structuredClone(records).length + structuredClone(new Map([[1, new Set(words)], [2, new Uint8Array(100)]])).size;
}
function numbers(rounds) {
  let sum = 0;
  for (let i = 0; i < rounds; i++) {
    sum += String(i * 0.1).length + (i / 3).toFixed(2).length + (i * 1e17).toString().length + i.toString(36).length + (i * 1.7).toPrecision(5).length;
    sum += parseInt(`${i}px`, 10) + parseFloat(`${i}.5e1`) + Number(`0x${i.toString(16)}`) + +`${i}`;
    const day = new Date(1e12 + i * 86400123);
    sum += day.getMonth() + day.toISOString().length + Date.parse(day.toISOString()) % 7 + day.getUTCDay() + (i % 20 ? 0 : day.toString().length);
  }
  return sum;
}
function encodings(text) {
  const bytes = Buffer.from(text), encoder = new TextEncoder(), decoder = new TextDecoder();
  let sum = decoder.decode(encoder.encode(text)).length + bytes.toString('latin1').length;
  for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex']) sum += Buffer.from(bytes.toString(encoding), encoding).length;
  return sum + btoa('binary').length + encodeURIComponent(text).length + decodeURIComponent('%41%C3%A4').length + Buffer.byteLength(text);
}
for (let i = 0; i < 5; i++) {
  const [text, listing] = build(3000);
  total += look(text) + match(text) + json(150) + numbers(600) + encodings(text) + listing.length;
}
console.log(total);

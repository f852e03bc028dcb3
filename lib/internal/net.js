// SPDX-License-Identifier: MIT
'use strict';

// Addresses as text: what net.isIP* answer, and nothing that needs a socket.

// On a socket whose data is taken by C: the function to be called before somebody else listens to it.
const kTakeBack = Symbol('takeBack');
const kMethodAsGiven = Symbol('kMethodAsGiven'); // an option of http requests: the method's case is kept
// net.Socket's reader, when the program gave `onread`.
const kUserReader = Symbol('onread');
// A BoundSocket's: its path, if it has one, and the method that hands over its handle.
const kBoundPath = Symbol('kBoundSocketPath');
const kConsume = Symbol('kBoundSocketConsume');

function isIPv4(text) {
  text = `${text}`;
  if (text.length < 7 || text.length > 15) return false;
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && +part <= 255);
}

function countGroups(text, mayEndInIPv4) {
  if (text === '') return 0;
  const parts = text.split(':');
  let count = 0;
  for (let k = 0; k < parts.length; k++) {
    if (/^[0-9a-fA-F]{1,4}$/.test(parts[k])) count++;
    else if (mayEndInIPv4 && k === parts.length - 1 && isIPv4(parts[k])) count += 2;
    else return NaN;
  }
  return count;
}

function isIPv6(text) {
  text = `${text}`;
  const percent = text.indexOf('%');
  if (percent !== -1) {
    if (!/^[0-9a-zA-Z-.:]+$/.test(text.slice(percent + 1))) return false;
    text = text.slice(0, percent);
  }
  const gap = text.indexOf('::');
  if (gap === -1) return countGroups(text, true) === 8;
  if (text.indexOf('::', gap + 1) !== -1) return false;
  return countGroups(text.slice(0, gap), false) + countGroups(text.slice(gap + 2), true) <= 7;
}

function isIP(text) {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

module.exports = { isIP, isIPv4, isIPv6, kBoundPath, kConsume, kMethodAsGiven, kTakeBack, kUserReader };

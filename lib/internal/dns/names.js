// SPDX-License-Identifier: MIT
'use strict';

// Names as servers are asked for them.

// ASCII in lower case; labels of other scripts in Punycode. A name that has no such form is asked for as it stands.
function toASCII(name) {
  for (let k = 0; k < name.length; k++) {
    if (name.charCodeAt(k) > 127) return internalBinding('url').domainToASCII(name) || name;
  }
  return name.toLowerCase();
}

module.exports = { toASCII };

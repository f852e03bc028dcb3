// SPDX-License-Identifier: MIT
// A block in a switch without declarations of its own: outer variables are still found at the right distance.
(function () {
  function id(s) { return s; }
  function pick({ s }, value) {
    switch (1) {
      case 1: {
        let t = '';
        if (value.length > 16) return [1].map((l) => s + id(l)) + t;
        return id(value);
      }
    }
  }
  print(pick({ s: 1 }, 'a')); // expect: a
})();

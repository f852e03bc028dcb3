// SPDX-License-Identifier: MIT
// An outer binding read inside a switch that declares nothing, in a function with an environment of its own.
function wrap() {
  const limit = 16;
  return function f(ctx, value) {
    const { show } = ctx;
    switch (typeof value) {
      case 'string': {
        let trailer = '!';
        return [value].map((line) => show(line) + limit).join() + trailer + limit;
      }
      default: return () => show;
    }
  };
}
print(wrap()({ show: (x) => x }, 'a')); // expect: a16!16

// SPDX-License-Identifier: MIT
// The text of a callee in messages stops at comments and lines before it.
function attempt(f) {
  try { f(); } catch (e) { console.log(e.message); }
}
const obj = { a: {} };
attempt(() => {
  // what comes first.
  obj.missing(); // expect: obj.missing is not a function
});
attempt(() => { obj
  .a
  .missing(1); }); // expect: obj.a.missing is not a function
attempt(() => { if (obj) (obj.a)(); }); // expect: obj.a is not a function
attempt(() => { obj.a['x y'](); }); // expect: obj.a.x y is not a function
attempt(() => { (() => 1)()(); }); // expect: (intermediate value)(...) is not a function
attempt(() => { 'it\'s'.foo(); }); // expect: "it\'s".foo is not a function
attempt(() => { ({}).x(); }); // expect: {}.x is not a function
attempt(() => { Math.max(...null); }); // expect: null is not iterable (cannot read property null)

// SPDX-License-Identifier: MIT
// import defer: a module runs when its namespace is looked into; what waits below it runs before.
import defer * as late from './fixtures/defer/late.mjs';
import defer * as below from './fixtures/defer/below.mjs';
import defer * as fails from './fixtures/defer/fails.mjs';
import defer * as self from './import-defer.mjs';

// expect: waits ran
export let own = 1;
print('main runs', Object.prototype.toString.call(late), late.then, late[Symbol.iterator]);
// expect: main runs [object Deferred Module] undefined undefined
for (const wrong of [() => { late.late = 2; }, () => { late.other = 2; }, () => fails.x, () => fails.x, () => self.own]) {
  try {
    wrong();
  } catch (error) {
    print(error.message);
  }
}
// expect: Cannot assign to property 'late' of [object Deferred Module]
// expect: Cannot assign to property 'other' of [object Deferred Module]
// expect: as asked
// expect: as asked
// expect: Deferred module is not ready for sync execution
print(late.late, Object.keys(below), 'below' in below);
// expect: late runs
// expect: below runs
// expect: 1 below true
const again = await import('./fixtures/defer/late.mjs');
print(again === late, again.late, again.then);
// expect: false 1 2
import.defer('./fixtures/defer/dynamic.mjs').then((ns) => {
  print('resolved', ns.then);
  print(ns.value);
});
// expect: resolved undefined
// expect: dynamic runs
// expect: 3

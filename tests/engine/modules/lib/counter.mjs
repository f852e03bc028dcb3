// SPDX-License-Identifier: MIT
// What the tests beside this folder import: live bindings, a namespace, a default.
export let count = 1;
export function increment() {
  count++;
}
export { increment as "string name" };
export default class {}

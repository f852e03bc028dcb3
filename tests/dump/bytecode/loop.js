// SPDX-License-Identifier: MIT
// flags: --dump-bytecode
// A counting loop: fused compare and jump, small-integer operands, one back edge.
function sum(list) {
  let total = 0;
  for (let i = 0; i < list.length; i++) total += list[i] * 2;
  return total;
}

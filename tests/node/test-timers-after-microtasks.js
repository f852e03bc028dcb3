// A timer set by what a timer's promise resolves fires in time, however long the other timers have.
'use strict';
const far = setTimeout(() => console.log('too late'), 20_000);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

(async () => {
  for (const ms of [3, 3, 5, 1, 4]) await sleep(ms);
  console.log('slept');
  setTimeout(() => process.nextTick(() => setTimeout(() => {
    console.log('ticked');
    clearTimeout(far);
  }, 2)), 6);
})();

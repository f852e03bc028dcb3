// SPDX-License-Identifier: MIT
'use strict';
// perf_hooks: marks, measures, observers, timerify, histograms, wrong arguments.
const { PerformanceEntry, PerformanceObserver, createHistogram, performance, timerify } = require('perf_hooks');

const mark = performance.mark('a', { detail: { x: 1 }, startTime: 5 });
console.log(mark.name, mark.entryType, mark.startTime, mark.duration, mark.detail);
const measure = performance.measure('m', { start: 'a', end: 25, detail: [1] });
console.log(measure.name, measure.startTime, measure.duration, measure.detail);
console.log(performance.getEntries().length, performance.getEntriesByName('a').length, performance.getEntriesByType('measure').length);
performance.clearMarks('a');
console.log(performance.getEntriesByType('mark').length, performance.now() > 0, performance instanceof EventTarget);

const histogram = createHistogram();
for (const value of [5, 1000000, 3, 3]) histogram.record(value);
console.log(histogram.count, histogram.min, histogram.max, histogram.percentile(50), [...histogram.percentiles]);
histogram.reset();
console.log(histogram.count, histogram.max);

const observer = new PerformanceObserver((list, self) => {
  console.log(list.getEntries().map((entry) => [entry.name, entry.entryType, entry.detail]), self === observer);
  observer.disconnect();
});
observer.observe({ entryTypes: ['mark', 'function'] });
performance.mark('b');
console.log(timerify(function named(a, b) { return a + b; })(1, 2));

for (const wrong of [() => performance.measure('x', 'nowhere'), () => performance.mark(), () => performance.mark('nodeStart'),
  () => performance.mark('x', { startTime: -1 }), () => new PerformanceObserver(), () => histogram.record(0),
  () => new PerformanceObserver(() => {}).observe(), () => new PerformanceEntry(), () => performance.timerify(1)]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

// SPDX-License-Identifier: MIT
// Intl.DurationFormat. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => ['long', 'short', 'narrow', 'digital'].map(style => new Intl.DurationFormat('en', { style }).format({ years: 1, months: 2, days: 3, hours: 4, minutes: 5, seconds: 6, milliseconds: 7 })).join(' | ')); // expect: 1 year, 2 months, 3 days, 4 hours, 5 minutes, 6 seconds, 7 milliseconds | 1 yr, 2 mths, 3 days, 4 hr, 5 min, 6 sec, 7 ms | 1y 2m 3d 4h 5m 6s 7ms | 1 yr, 2 mths, 3 days, 4:05:06.007
t(() => new Intl.DurationFormat('de', { style: 'digital' }).format({ hours: 1, minutes: 2, seconds: 3, milliseconds: 4 }) + ' ' + new Intl.DurationFormat('da', { style: 'digital' }).format({ hours: 1, minutes: 2, seconds: 3 })); // expect: 1:02:03,004 1.02.03
t(() => JSON.stringify(new Intl.DurationFormat('en', { style: 'digital' }).formatToParts({ days: 1, hours: 1, minutes: 2, seconds: 3, milliseconds: 4 }))); // expect: [{"type":"integer","value":"1","unit":"day"},{"type":"literal","value":" ","unit":"day"},{"type":"unit","value":"day","unit":"day"},{"type":"literal","value":", "},{"type":"integer","value":"1","unit":"hour"},{"type":"literal","value":":"},{"type":"integer","value":"02","unit":"minute"},{"type":"literal","value":":"},{"type":"integer","value":"03","unit":"second"},{"type":"decimal","value":".","unit":"second"},{"type":"fraction","value":"004","unit":"second"}]
t(() => JSON.stringify(new Intl.DurationFormat('en', { style: 'narrow' }).formatToParts({ years: 1, hours: 1 }))); // expect: [{"type":"integer","value":"1","unit":"year"},{"type":"unit","value":"y","unit":"year"},{"type":"literal","value":" "},{"type":"integer","value":"1","unit":"hour"},{"type":"unit","value":"h","unit":"hour"}]
t(() => new Intl.DurationFormat('en').format({ hours: -1, minutes: -30 })); // expect: -1 hr, 30 min
t(() => new Intl.DurationFormat('en', { style: 'digital' }).format({ minutes: -5, seconds: -1 })); // expect: -0:05:01
t(() => new Intl.DurationFormat('en', { fractionalDigits: 2, milliseconds: 'numeric' }).format({ seconds: 1, milliseconds: 999, nanoseconds: 999999 })); // expect: 1.99 sec
t(() => new Intl.DurationFormat('en', { seconds: 'narrow', nanosecondsDisplay: 'always' }).format({ seconds: 12345678 })); // expect: 12,345,678s, 0 ns
t(() => new Intl.DurationFormat('en', { style: 'digital', hoursDisplay: 'auto' }).format({ minutes: 1 }) + ' ' + new Intl.DurationFormat('en', { style: 'digital' }).format({ seconds: 9007199254740991 })); // expect: 01:00 0:00:9007199254740991
t(() => new Intl.DurationFormat('en').format('P1Y2M3W4DT5H6M7.5S') + ' ' + new Intl.DurationFormat('en').format('-PT1.5H')); // expect: 1 yr, 2 mths, 3 wks, 4 days, 5 hr, 6 min, 7 sec, 500 ms -1 hr, 30 min
t(() => new Intl.DurationFormat('en').format({})); // expect: TypeError: Temporal error: Did not provide any valid Duration fields.
t(() => new Intl.DurationFormat('en').format(1)); // expect: TypeError: Temporal error: Duration argument must be Duration or string.
t(() => new Intl.DurationFormat('en').format('x')); // expect: RangeError: Temporal error: Invalid duration designator.
t(() => new Intl.DurationFormat('en').format({ hours: 1.5 })); // expect: RangeError: Temporal error: Expected finite integer.
t(() => new Intl.DurationFormat('en').format({ hours: 1, minutes: -1 })); // expect: RangeError: Temporal error: Duration was not valid.
t(() => new Intl.DurationFormat('en').format({ seconds: 2 ** 53 })); // expect: RangeError: Temporal error: Duration was not valid.
t(() => new Intl.DurationFormat('en', { hours: 'numeric', minutes: 'long' })); // expect: RangeError: Invalid object : #<Object>
t(() => new Intl.DurationFormat('en', { milliseconds: 'numeric', millisecondsDisplay: 'always' })); // expect: RangeError: Invalid object : #<Object>
t(() => new Intl.DurationFormat('en', { hours: 'x' })); // expect: RangeError: Value x out of range for Intl.DurationFormat options property hours
t(() => JSON.stringify(new Intl.DurationFormat('en', { style: 'digital', fractionalDigits: 3 }).resolvedOptions())); // expect: {"locale":"en","numberingSystem":"latn","style":"digital","years":"short","yearsDisplay":"auto","months":"short","monthsDisplay":"auto","weeks":"short","weeksDisplay":"auto","days":"short","daysDisplay":"auto","hours":"numeric","hoursDisplay":"always","minutes":"2-digit","minutesDisplay":"always","seconds":"2-digit","secondsDisplay":"always","milliseconds":"numeric","millisecondsDisplay":"auto","microseconds":"numeric","microsecondsDisplay":"auto","nanoseconds":"numeric","nanosecondsDisplay":"auto","fractionalDigits":3}
t(() => JSON.stringify(new Intl.DurationFormat('en').resolvedOptions())); // expect: {"locale":"en","numberingSystem":"latn","style":"short","years":"short","yearsDisplay":"auto","months":"short","monthsDisplay":"auto","weeks":"short","weeksDisplay":"auto","days":"short","daysDisplay":"auto","hours":"short","hoursDisplay":"auto","minutes":"short","minutesDisplay":"auto","seconds":"short","secondsDisplay":"auto","milliseconds":"short","millisecondsDisplay":"auto","microseconds":"short","microsecondsDisplay":"auto","nanoseconds":"short","nanosecondsDisplay":"auto"}

// SPDX-License-Identifier: MIT
// Date: arithmetic, setters, forms (those that do not depend on the zone). Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  } catch (e) {
    print((e.name + ': ' + e.message).replace(/\n/g, '\\n').replace(/\r/g, '\\r'));
  }
}
t(() => new Date(2020,0,31).getMonth()); // expect: 0
t(() => new Date(2020,0,31,10,20,30,400).getMilliseconds()); // expect: 400
t(() => (()=>{let d=new Date(0);d.setUTCMonth(13);return d.toISOString()})()); // expect: 1971-02-01T00:00:00.000Z
t(() => (()=>{let d=new Date(NaN);d.setUTCFullYear(2020);return d.toISOString()})()); // expect: 2020-01-01T00:00:00.000Z
t(() => (()=>{let d=new Date(NaN);return d.setMonth(1)})()); // expect: NaN
t(() => (()=>{let d=new Date(0);return [d.setUTCHours(25,61,61,1001),d.setUTCDate(40),d.setUTCMinutes(),d.getTime()].join(' ')})()); // expect: 93722001 3376922001 NaN NaN
t(() => [Date.UTC(99,1),Date.UTC(),Date.UTC(2020),Date.UTC(2020,0,1,0,0,0,0.9),Date.UTC(275760,8,13,0,0,0,1)].join(' ')); // expect: 917827200000 NaN 1577836800000 1577836800000 NaN
t(() => typeof Date()+' '+Date.length+' '+Date.name); // expect: string 7 Date
t(() => new Date(8.64e15+1)); // expect: Invalid Date
t(() => new Date(0).toUTCString()+' '+Date.prototype.toGMTString.name); // expect: Thu, 01 Jan 1970 00:00:00 GMT toUTCString
t(() => new Date(0).toJSON()+new Date(NaN).toJSON()); // expect: 1970-01-01T00:00:00.000Znull
t(() => new Date(-62198755200000).toISOString()+new Date(8.64e15).toISOString()+new Date(-62198755200000).toUTCString()); // expect: -000001-01-01T00:00:00.000Z+275760-09-13T00:00:00.000ZFri, 01 Jan -0001 00:00:00 GMT
t(() => new Date(new Date(5)).getTime()); // expect: 5
t(() => [Date.parse('2020-01-01'),Date.parse('2020-01-01T10:00:00.123Z'),Date.parse('Tue Mar 01 2022 10:00:00 GMT+0100 (CET)'),Date.parse('Tue, 01 Mar 2022 10:00:00 EST'),Date.parse('1 March 2022 10:00 PM UTC'),Date.parse('2022/03/01 GMT')].join(' ')); // expect: 1577836800000 1577872800123 1646125200000 1646146800000 1646172000000 1646092800000
t(() => [Date.parse('Mar 1, 2022')-new Date(2022,2,1),Date.parse('5/6/49')-new Date(2049,4,6),Date.parse('2020-05-06T10:20')-new Date(2020,4,6,10,20),Date.parse('1 January 2000 12:00 AM')-new Date(2000,0,1)].join(' ')); // expect: 0 0 0 0
t(() => [Date.parse('foo'),Date.parse('2020-13-01'),Date.parse('2020 foo'),Date.parse('2020-05-06T10'),Date.parse('Mar 1 2022 24:01'),Date.parse('1 2 3 4'),Date.parse('')].join(' ')); // expect: NaN NaN NaN NaN NaN NaN NaN
t(() => (()=>{let d=new Date(2020,5,15,12);d.setYear(99);return d.getFullYear()+' '+d.getYear()})()); // expect: 1999 99
t(() => new Date(NaN)+' '+new Date(NaN).toUTCString()+' '+new Date(NaN).toLocaleString()); // expect: Invalid Date Invalid Date Invalid Date
t(() => new Date(2020,1,29,13,4,5).toLocaleString()+' '+new Date(2020,1,29).toLocaleDateString()+' '+new Date(2020,1,29,0,4,5).toLocaleTimeString()); // expect: 2/29/2020, 1:04:05 PM 2/29/2020 12:04:05 AM
t(() => new Date(2020,1,29).toDateString()); // expect: Sat Feb 29 2020
t(() => new Date(NaN).toISOString()); // expect: RangeError: Invalid time value
t(() => Date.prototype.getTime.call(1)); // expect: TypeError: this is not a Date object.
t(() => Date.prototype[Symbol.toPrimitive].call(1)); // expect: TypeError: Method Date.prototype [ @@toPrimitive ] called on incompatible receiver 1
t(() => new Date(0)[Symbol.toPrimitive]('x')); // expect: TypeError: Invalid hint: x
t(() => new Date(7)[Symbol.toPrimitive]('number')); // expect: 7
t(() => Date.prototype.toJSON.call({toISOString:1})); // expect: TypeError: toISOString is not a function
t(() => Object.prototype.toString.call(new Date)); // expect: [object Date]

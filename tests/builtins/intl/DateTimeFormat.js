// SPDX-License-Identifier: MIT
// Intl.DateTimeFormat and Date's toLocaleString. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(1704467045678)); // expect: Jan 5, 2024, 3:04 PM
t(() => ['full', 'long', 'medium', 'short'].map(s => new Intl.DateTimeFormat('de', { dateStyle: s, timeStyle: s, timeZone: 'Europe/Berlin' }).format(1704467045678)).join(' | ')); // expect: Freitag, 5. Januar 2024 um 16:04:05 Mitteleuropäische Normalzeit | 5. Januar 2024 um 16:04:05 MEZ | 05.01.2024, 16:04:05 | 05.01.24, 16:04
t(() => new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).formatRange(1704467045678, 1707275045000)); // expect: 1/5/2024 – 2/7/2024
t(() => JSON.stringify(new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).formatRangeToParts(1704467045678, 1707275045000))); // expect: [{"type":"month","value":"1","source":"startRange"},{"type":"literal","value":"/","source":"startRange"},{"type":"day","value":"5","source":"startRange"},{"type":"literal","value":"/","source":"startRange"},{"type":"year","value":"2024","source":"startRange"},{"type":"literal","value":" – ","source":"shared"},{"type":"month","value":"2","source":"endRange"},{"type":"literal","value":"/","source":"endRange"},{"type":"day","value":"7","source":"endRange"},{"type":"literal","value":"/","source":"endRange"},{"type":"year","value":"2024","source":"endRange"}]
t(() => new Intl.DateTimeFormat('en', { timeZone: 'UTC', hour: 'numeric' }).formatRange(1704467045678, 1704470645678)); // expect: 3 – 4 PM
t(() => new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).formatRange(1704467045678, 1704467045679)); // expect: January
t(() => JSON.stringify(new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).formatRangeToParts(1704467045678, 1704467045679))); // expect: [{"type":"month","value":"January","source":"shared"}]
t(() => JSON.stringify(new Intl.DateTimeFormat('en', { timeZone: 'UTC', timeStyle: 'full', dateStyle: 'full' }).formatToParts(1704467045678))); // expect: [{"type":"weekday","value":"Friday"},{"type":"literal","value":", "},{"type":"month","value":"January"},{"type":"literal","value":" "},{"type":"day","value":"5"},{"type":"literal","value":", "},{"type":"year","value":"2024"},{"type":"literal","value":" at "},{"type":"hour","value":"3"},{"type":"literal","value":":"},{"type":"minute","value":"04"},{"type":"literal","value":":"},{"type":"second","value":"05"},{"type":"literal","value":" "},{"type":"dayPeriod","value":"PM"},{"type":"literal","value":" "},{"type":"timeZoneName","value":"Coordinated Universal Time"}]
t(() => new Intl.DateTimeFormat('en', { weekday: 'long', era: 'short', year: 'numeric', month: 'long', day: '2-digit', timeZone: 'UTC' }).format(-1e15)); // expect: Tuesday, April 05, 29720 BC
t(() => new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 2, timeZoneName: 'short', timeZone: 'America/New_York' }).format(1704467045678)); // expect: 10:04:05.67 AM EST
t(() => ['short', 'long', 'shortOffset', 'longOffset', 'shortGeneric', 'longGeneric'].map(timeZoneName => new Intl.DateTimeFormat('en', { timeZoneName, timeZone: 'Asia/Tokyo' }).format(0)).join(' | ')); // expect: 1/1/1970, GMT+9 | 1/1/1970, Japan Standard Time | 1/1/1970, GMT+9 | 1/1/1970, GMT+09:00 | 1/1/1970, Japan Time | 1/1/1970, Japan Standard Time
t(() => ['narrow', 'short', 'long'].map(dayPeriod => new Intl.DateTimeFormat('en', { hour: 'numeric', dayPeriod, timeZone: 'UTC' }).format(1704467045678)).join(' | ')); // expect: 3 in the afternoon | 3 in the afternoon | 3 in the afternoon
t(() => ['h11', 'h12', 'h23', 'h24'].map(hourCycle => new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', hourCycle, timeZone: 'UTC' }).format(1000)).join(' | ')); // expect: 0:00 AM | 12:00 AM | 00:00 | 24:00
t(() => [true, false].map(hour12 => ['en', 'de', 'ja'].map(l => new Intl.DateTimeFormat(l, { timeStyle: 'short', hour12, timeZone: 'UTC' }).format(1704413000000))).join(' | ')); // expect: 12:03 AM,12:03 AM,午前12:03 | 00:03,00:03,0:03
t(() => new Intl.DateTimeFormat('en-u-ca-buddhist-nu-thai', { timeZone: 'UTC' }).format(1704467045678)); // expect: ๑/๕/๒๕๖๗ BE
t(() => JSON.stringify(new Intl.DateTimeFormat('zh-u-ca-chinese', { timeZone: 'UTC' }).formatToParts(1704467045678))); // expect: [{"type":"relatedYear","value":"2023"},{"type":"literal","value":"年"},{"type":"month","value":"十一月"},{"type":"day","value":"24"}]
t(() => new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'full', timeZone: 'UTC' }).format(1704467045678)); // expect: 令和6年1月5日金曜日
t(() => new Intl.DateTimeFormat('en', { calendar: 'hebrew', dateStyle: 'long', timeZone: 'UTC' }).format(1704467045678)); // expect: 24 Tevet 5784
t(() => JSON.stringify(new Intl.DateTimeFormat('ja', { timeZone: 'UTC', timeStyle: 'full', dateStyle: 'full', hour12: true }).resolvedOptions())); // expect: {"locale":"ja","calendar":"gregory","numberingSystem":"latn","timeZone":"UTC","hourCycle":"h12","hour12":true,"dateStyle":"full","timeStyle":"full"}
t(() => JSON.stringify(new Intl.DateTimeFormat('en-GB-u-hc-h11-ca-roc-nu-arab').resolvedOptions())); // expect: {"locale":"en-GB-u-ca-roc-hc-h11-nu-arab","calendar":"roc","numberingSystem":"arab","timeZone":"UTC","era":"narrow","year":"numeric","month":"2-digit","day":"2-digit"}
t(() => ['asia/kolkata', 'GMT', 'Etc/UTC', 'utc', 'US/Eastern', '+01:00', '-00:00', '+0530', '-08'].map(timeZone => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone)); // expect: Asia/Calcutta,UTC,UTC,UTC,America/New_York,+01:00,+00:00,+05:30,-08:00
t(() => new Intl.DateTimeFormat('en', { timeZone: '+05:45', timeStyle: 'long' }).format(0)); // expect: 5:45:00 AM GMT+5:45
t(() => new Intl.DateTimeFormat('en', { timeZone: 'x/y' })); // expect: RangeError: Invalid time zone specified: x/y
t(() => new Intl.DateTimeFormat('en', { timeZone: 'Etc/Unknown' })); // expect: RangeError: Invalid time zone specified: Etc/Unknown
t(() => new Intl.DateTimeFormat('en', { timeZone: '+1' })); // expect: RangeError: Invalid time zone specified: +1
t(() => new Intl.DateTimeFormat('en', { dateStyle: 'short', month: 'long' })); // expect: TypeError: Invalid option : option
t(() => new Date(0).toLocaleDateString('en', { timeStyle: 'short' })); // expect: TypeError: Invalid option : timeStyle
t(() => new Date(0).toLocaleTimeString('en', { dateStyle: 'short' })); // expect: TypeError: Invalid option : dateStyle
t(() => new Intl.DateTimeFormat('en', { fractionalSecondDigits: 4 })); // expect: RangeError: fractionalSecondDigits value is out of range.
t(() => new Intl.DateTimeFormat('en', { calendar: 'x' })); // expect: RangeError: Invalid calendar : x
t(() => new Intl.DateTimeFormat('en').format(NaN)); // expect: RangeError: Invalid time value
t(() => new Intl.DateTimeFormat('en').formatRange(undefined, 0)); // expect: TypeError: Invalid time value
t(() => new Intl.DateTimeFormat('en').formatRange(0, 9e15)); // expect: RangeError: Invalid time value
t(() => new Date(NaN).toLocaleString('de')); // expect: Invalid Date
t(() => new Date(1704467045678).toLocaleString() + ' | ' + new Date(1704467045678).toLocaleString('en-US') + ' | ' + new Date(1704467045678).toLocaleString('en-GB')); // expect: 1/5/2024, 3:04:05 PM | 1/5/2024, 3:04:05 PM | 05/01/2024, 15:04:05
t(() => new Date(1704467045678).toLocaleDateString('fr', { weekday: 'long', day: 'numeric', month: 'long' }) + ' | ' + new Date(1704467045678).toLocaleTimeString('es', { timeZone: 'America/Bogota', hour: '2-digit' })); // expect: vendredi 5 janvier | 10
t(() => new Date(-62198755200000).toLocaleDateString('en-US') + ' | ' + new Date(8.64e15).toLocaleDateString('en-US')); // expect: 1/1/2 | 9/13/275760
t(() => Intl.DateTimeFormat.call(Object.create(Intl.DateTimeFormat.prototype)) instanceof Intl.DateTimeFormat); // expect: true

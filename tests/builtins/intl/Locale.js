// SPDX-License-Identifier: MIT
// Intl.Locale, canonical tags and supported values. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => Intl.getCanonicalLocales(['EN-us', 'zh-hant-tw-u-nu-hanidec-ca-buddhist', 'sh', 'art-lojban', 'iw', 'de-DD', 'und-u-kn-true', 'en-t-DE-Latn-m0-true', 'ja-Latn-hepburn-heploc'])); // expect: en-US,zh-Hant-TW-u-ca-buddhist-nu-hanidec,sr-Latn,jbo,he,de-DE,und-u-kn,en-t-de-latn-m0-true,ja-Latn-alalc97
t(() => Intl.getCanonicalLocales(null)); // expect: TypeError: Cannot convert undefined or null to object
t(() => Intl.getCanonicalLocales([1])); // expect: TypeError: Language ID should be string or object.
t(() => Intl.getCanonicalLocales('en-u-foo-bar-ca-islamicc-rg-uszzzz-x-Y')); // expect: en-u-bar-foo-ca-islamic-civil-rg-uszzzz-x-y
t(() => new Intl.Locale('zh').maximize() + ' ' + new Intl.Locale('zh-Hant-TW').minimize() + ' ' + new Intl.Locale('und-DE').maximize()); // expect: zh-Hans-CN zh-TW de-Latn-DE
t(() => new Intl.Locale('en', { region: 'GB', calendar: 'gregory', hourCycle: 'h12', numeric: true, caseFirst: 'upper', numberingSystem: 'latn', collation: 'emoji', firstDayOfWeek: 3 })); // expect: en-GB-u-ca-gregory-co-emoji-fw-wed-hc-h12-kf-upper-kn-nu-latn
t(() => ['baseName', 'language', 'script', 'region', 'calendar', 'caseFirst', 'collation', 'firstDayOfWeek', 'hourCycle', 'numeric', 'numberingSystem'].map(k => new Intl.Locale('de-Latn-DE-1996-u-kn-co-phonebk-fw-tue')[k])); // expect: de-Latn-DE-1996,de,Latn,DE,,,phonebk,tue,,true,
t(() => JSON.stringify(new Intl.Locale('ar').getTextInfo()) + JSON.stringify(new Intl.Locale('de-AT').getTextInfo())); // expect: {"direction":"rtl"}{"direction":"ltr"}
t(() => JSON.stringify(new Intl.Locale('en-US').getWeekInfo()) + JSON.stringify(new Intl.Locale('fa').getWeekInfo()) + JSON.stringify(new Intl.Locale('de-u-fw-sat').getWeekInfo())); // expect: {"firstDay":7,"weekend":[6,7]}{"firstDay":6,"weekend":[5]}{"firstDay":6,"weekend":[6,7]}
t(() => new Intl.Locale('de').getHourCycles() + ' ' + new Intl.Locale('en').getHourCycles() + ' ' + new Intl.Locale('de').getCalendars() + ' ' + new Intl.Locale('ar-EG').getNumberingSystems()); // expect: h23 h12 gregory arab
t(() => new Intl.Locale('de').getCollations() + ' ' + new Intl.Locale('de-u-co-phonebk').getCollations() + ' ' + new Intl.Locale('de').getTimeZones() + ' ' + new Intl.Locale('de-CH').getTimeZones()); // expect: emoji,eor,phonebk phonebk undefined Europe/Zurich
t(() => new Intl.Locale()); // expect: TypeError: First argument to Intl.Locale constructor can't be empty or missing
t(() => Intl.Locale('en')); // expect: TypeError: Constructor Intl.Locale requires 'new'
t(() => new Intl.Locale(new Intl.Locale('de-u-nu-arab'), { numberingSystem: 'latn' })); // expect: de-u-nu-latn
t(() => Intl.supportedValuesOf('x')); // expect: RangeError: Invalid key : x
t(() => Object.prototype.toString.call(Intl) + Object.prototype.toString.call(new Intl.Locale('en'))); // expect: [object Intl][object Intl.Locale]
t(() => new Intl.Locale('')); // expect: RangeError: First argument to Intl.Locale constructor can't be empty or missing
t(() => new Intl.Locale('en', { language: 'x' })); // expect: RangeError: Incorrect locale information provided
t(() => new Intl.Locale('en', { hourCycle: 'h1' })); // expect: RangeError: Value h1 out of range for locale options property hourCycle

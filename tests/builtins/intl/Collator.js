// SPDX-License-Identifier: MIT
// Intl.Collator, Intl.PluralRules and what uses them. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => ['z', 'ä', 'a', 'Z'].sort(new Intl.Collator('de').compare)); // expect: a,ä,z,Z
t(() => ['z', 'ä', 'a', 'Z'].sort(new Intl.Collator('sv').compare)); // expect: a,z,Z,ä
t(() => ['a10', 'a9', 'A9'].sort(new Intl.Collator('en', { numeric: true, caseFirst: 'upper' }).compare)); // expect: A9,a9,a10
t(() => ['ä', 'ae', 'ad'].sort(new Intl.Collator('de-u-co-phonebk').compare)); // expect: ad,ae,ä
t(() => new Intl.Collator('en', { sensitivity: 'base' }).compare('a', 'Á') + ' ' + new Intl.Collator('en', { sensitivity: 'case' }).compare('a', 'Á') + ' ' + new Intl.Collator('en', { ignorePunctuation: true }).compare('a-b', 'ab')); // expect: 0 -1 0
t(() => JSON.stringify(new Intl.Collator('da').resolvedOptions())); // expect: {"locale":"da","usage":"sort","sensitivity":"variant","ignorePunctuation":false,"collation":"default","numeric":false,"caseFirst":"upper"}
t(() => JSON.stringify(new Intl.Collator('th').resolvedOptions())); // expect: {"locale":"th","usage":"sort","sensitivity":"variant","ignorePunctuation":true,"collation":"default","numeric":false,"caseFirst":"false"}
t(() => JSON.stringify(new Intl.Collator('de-u-co-phonebk-kn', { usage: 'search' }).resolvedOptions())); // expect: {"locale":"de-u-co-phonebk-kn","usage":"search","sensitivity":"variant","ignorePunctuation":false,"collation":"default","numeric":true,"caseFirst":"false"}
t(() => new Intl.Collator('en', { usage: 'x' })); // expect: RangeError: Value x out of range for Intl.Collator options property usage
t(() => Intl.Collator('de').compare.length); // expect: 2
t(() => 'a'.localeCompare('b', ['x_y'])); // expect: RangeError: Invalid language tag: x_y
t(() => 'a'.localeCompare('b', [1])); // expect: TypeError: Language ID should be string or object.
t(() => '\u0344'.localeCompare('\u0308\u0301', 'en')); // expect: 0
t(() => 'I'.toLocaleLowerCase('tr') + 'i'.toLocaleUpperCase(['az', 'en']) + 'ß'.toLocaleUpperCase()); // expect: ıİSS
t(() => [1, 2, 3, 4, 11, 22, 23].map(x => new Intl.PluralRules('en', { type: 'ordinal' }).select(x))); // expect: one,two,few,other,other,two,few
t(() => [0, 1, 2, 3, 11, 100].map(x => new Intl.PluralRules('ar').select(x))); // expect: zero,one,two,few,many,other
t(() => new Intl.PluralRules('fr', { notation: 'compact' }).select(1e6) + new Intl.PluralRules('en', { minimumFractionDigits: 1 }).select(1)); // expect: manyother
t(() => new Intl.PluralRules('sl').selectRange(102, 201)); // expect: few
t(() => new Intl.PluralRules('en').selectRange(1)); // expect: TypeError: Invalid endRange : undefined
t(() => JSON.stringify(new Intl.PluralRules('ar').resolvedOptions())); // expect: {"locale":"ar","type":"cardinal","notation":"standard","minimumIntegerDigits":1,"minimumFractionDigits":0,"maximumFractionDigits":3,"pluralCategories":["zero","one","two","few","many","other"],"roundingIncrement":1,"roundingMode":"halfExpand","roundingPriority":"auto","trailingZeroDisplay":"auto"}
t(() => Intl.PluralRules()); // expect: TypeError: Constructor Intl.PluralRules requires 'new'

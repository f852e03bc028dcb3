// SPDX-License-Identifier: MIT
// Intl.RelativeTimeFormat and Intl.ListFormat. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => [-2, -1, -0, 0, 1, 1.5].map(v => new Intl.RelativeTimeFormat('en').format(v, 'day')).join(' | ')); // expect: 2 days ago | 1 day ago | 0 days ago | in 0 days | in 1 day | in 1.5 days
t(() => [-2, -1, -0, 0, 1, 2].map(v => new Intl.RelativeTimeFormat('de', { numeric: 'auto' }).format(v, 'days')).join(' | ')); // expect: vorgestern | gestern | heute | heute | morgen | übermorgen
t(() => ['long', 'short', 'narrow'].map(style => new Intl.RelativeTimeFormat('en', { style }).format(-3, 'quarters')).join(' | ')); // expect: 3 quarters ago | 3 qtrs. ago | 3q ago
t(() => JSON.stringify(new Intl.RelativeTimeFormat('en').formatToParts(1000, 'days'))); // expect: [{"type":"literal","value":"in "},{"type":"integer","value":"1","unit":"day"},{"type":"group","value":",","unit":"day"},{"type":"integer","value":"000","unit":"day"},{"type":"literal","value":" days"}]
t(() => JSON.stringify(new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).formatToParts(1, 'days'))); // expect: [{"type":"literal","value":"tomorrow"}]
t(() => new Intl.RelativeTimeFormat('pl').format(1000, 'second') + new Intl.RelativeTimeFormat('ar-EG').format(12, 'year')); // expect: za 1000 sekundخلال ١٢ سنة
t(() => new Intl.RelativeTimeFormat('en').format(1, 'x')); // expect: RangeError: Invalid unit argument for Intl.RelativeTimeFormat.prototype.format() 'x'
t(() => new Intl.RelativeTimeFormat('en').format(Infinity, 'day')); // expect: RangeError: Value need to be finite number for Intl.RelativeTimeFormat.prototype.format()
t(() => Intl.RelativeTimeFormat()); // expect: TypeError: Constructor Intl.RelativeTimeFormat requires 'new'
t(() => JSON.stringify(new Intl.RelativeTimeFormat('en-u-nu-thai', { style: 'narrow' }).resolvedOptions())); // expect: {"locale":"en-u-nu-thai","style":"narrow","numeric":"always","numberingSystem":"thai"}
t(() => [[], ['a'], ['a', 'b'], ['a', 'b', 'c', 'd']].map(l => new Intl.ListFormat('en').format(l)).join(' | ')); // expect:  | a | a and b | a, b, c, and d
t(() => ['conjunction', 'disjunction', 'unit'].map(type => ['long', 'short', 'narrow'].map(style => new Intl.ListFormat('de', { type, style }).format(['ä', 'b', '漢'])).join(' | ')).join(' | ')); // expect: ä, b und 漢 | ä, b und 漢 | ä, b und 漢 | ä, b oder 漢 | ä, b oder 漢 | ä, b oder 漢 | ä, b und 漢 | ä, b und 漢 | ä, b und 漢
t(() => new Intl.ListFormat('es').format(['x', 'i']) + ' ' + new Intl.ListFormat('ja').format(new Set(['x', 'y', 'z']))); // expect: x e i x、y、z
t(() => JSON.stringify(new Intl.ListFormat('en').formatToParts(['a', 'b', 'c']))); // expect: [{"type":"element","value":"a"},{"type":"literal","value":", "},{"type":"element","value":"b"},{"type":"literal","value":", and "},{"type":"element","value":"c"}]
t(() => new Intl.ListFormat('en').formatToParts(Array(2000).fill('x')).length); // expect: 3999
t(() => new Intl.ListFormat('en').format([1])); // expect: TypeError: Iterable yielded 1 which is not a string
t(() => new Intl.ListFormat('en').format(null)); // expect: TypeError: object null is not iterable (cannot read property Symbol(Symbol.iterator))
t(() => new Intl.ListFormat('en', 1)); // expect: TypeError: invalid_argument
t(() => JSON.stringify(new Intl.ListFormat('en', { type: 'unit' }).resolvedOptions())); // expect: {"locale":"en","type":"unit","style":"long"}

// SPDX-License-Identifier: MIT
// Intl.DisplayNames and Intl.Segmenter. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => ['de', 'de-AT', 'zh-Hant', 'en-us', 'xyz'].map(c => new Intl.DisplayNames('en', { type: 'language' }).of(c)).join(' | ')); // expect: German | Austrian German | Traditional Chinese | American English | xyz
t(() => ['de-AT', 'zh-Hant'].map(c => new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(c)).join(' | ')); // expect: German (Austria) | Chinese (Traditional)
t(() => new Intl.DisplayNames('en', { type: 'currency', style: 'narrow' }).of('eur') + new Intl.DisplayNames('en', { type: 'currency', style: 'short' }).of('eur')); // expect: EuroEuro
t(() => ['long', 'short', 'narrow'].map(style => new Intl.DisplayNames('en', { type: 'dateTimeField', style }).of('weekOfYear')).join(' | ')); // expect: week | wk. | wk
t(() => new Intl.DisplayNames('en', { type: 'region' }).of('x')); // expect: RangeError: invalid_argument
t(() => new Intl.DisplayNames('en', { type: 'language' }).of('en-u-ca-roc')); // expect: RangeError: invalid_argument
t(() => new Intl.DisplayNames('en', { type: 'dateTimeField' }).of('x')); // expect: RangeError: invalid_argument
t(() => new Intl.DisplayNames('en', {})); // expect: TypeError: invalid_argument
t(() => new Intl.DisplayNames('en')); // expect: TypeError: invalid_argument
t(() => JSON.stringify(new Intl.DisplayNames('de', { type: 'language', fallback: 'none', style: 'short' }).resolvedOptions())); // expect: {"locale":"de","style":"short","type":"language","fallback":"none","languageDisplay":"dialect"}
t(() => JSON.stringify([...new Intl.Segmenter('en', { granularity: 'word' }).segment('Hi, you')])); // expect: [{"segment":"Hi","index":0,"input":"Hi, you","isWordLike":true},{"segment":",","index":2,"input":"Hi, you","isWordLike":false},{"segment":" ","index":3,"input":"Hi, you","isWordLike":false},{"segment":"you","index":4,"input":"Hi, you","isWordLike":true}]
t(() => [...new Intl.Segmenter('en').segment('a👨‍👩‍👧e\u0301🇩🇪x')].map(s => s.index + ':' + s.segment.length).join(' ')); // expect: 0:1 1:8 9:2 11:4 15:1
t(() => [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment('One. Two? Three')].map(s => s.segment).join('|')); // expect: One. |Two? |Three
t(() => [...new Intl.Segmenter('ja', { granularity: 'word' }).segment('吾輩は猫である')].map(s => s.segment).join('|')); // expect: 吾輩|は|猫|で|ある
t(() => JSON.stringify(new Intl.Segmenter('en', { granularity: 'word' }).segment('Hi, you').containing(5))); // expect: {"segment":"you","index":4,"input":"Hi, you","isWordLike":true}
t(() => JSON.stringify([-1, 0, 1, 2, 3].map(i => new Intl.Segmenter('en').segment(' \u{10000}').containing(i)))); // expect: [null,{"segment":" ","index":0,"input":" 𐀀"},{"segment":"𐀀","index":1,"input":" 𐀀"},{"segment":"𐀀","index":1,"input":" 𐀀"},null]
t(() => new Intl.Segmenter('en').segment('x')[Symbol.iterator]()[Symbol.toStringTag]); // expect: Segmenter String Iterator
t(() => JSON.stringify(new Intl.Segmenter('de', { granularity: 'word' }).resolvedOptions())); // expect: {"locale":"de","granularity":"word"}
t(() => new Intl.Segmenter('en', { granularity: 'line' })); // expect: RangeError: Value line out of range for Intl.Segmenter options property granularity

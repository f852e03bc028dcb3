// SPDX-License-Identifier: MIT
// Intl.NumberFormat, and Number's and BigInt's toLocaleString. Each line's text was recorded from Node 26.
function t(f) {
  try {
    print(String(f()).replace(/\n/g, '\\n'));
  } catch (e) {
    print(e.name + ': ' + e.message);
  }
}
t(() => new Intl.NumberFormat('de').format(1234567.891)); // expect: 1.234.567,891
t(() => new Intl.NumberFormat('en-IN').format(12345678)); // expect: 1,23,45,678
t(() => new Intl.NumberFormat('ar-EG').format(1234.5)); // expect: ١٬٢٣٤٫٥
t(() => new Intl.NumberFormat('en-u-nu-thai').format(1234.5)); // expect: ๑,๒๓๔.๕
t(() => [NaN, Infinity, -Infinity, -0, 0].map(new Intl.NumberFormat('en').format).join(' ')); // expect: NaN ∞ -∞ -0 0
t(() => new Intl.NumberFormat('en').format(123456789012345678901234567890n)); // expect: 123,456,789,012,345,678,901,234,567,890
t(() => new Intl.NumberFormat('en', { maximumFractionDigits: 20 }).format('1234567890123456789.123456789123')); // expect: 1,234,567,890,123,456,789.123456789123
t(() => ['0x10', ' 12 ', '', 'x', '1e1000', '-1e-400', '-Infinity'].map(x => new Intl.NumberFormat('en').format(x)).join(' ')); // expect: 16 12 0 NaN ∞ -0 -∞
t(() => new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }).format(-1234.5)); // expect: -1.234,50 €
t(() => new Intl.NumberFormat('ja', { style: 'currency', currency: 'jpy', currencyDisplay: 'name' }).format(1234.5)); // expect: 1,235円
t(() => new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', currencySign: 'accounting', signDisplay: 'exceptZero' }).format(-12)); // expect: ($12.00)
t(() => JSON.stringify(new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', currencySign: 'accounting' }).formatToParts(-1234.5))); // expect: [{"type":"literal","value":"("},{"type":"currency","value":"$"},{"type":"integer","value":"1"},{"type":"group","value":","},{"type":"integer","value":"234"},{"type":"decimal","value":"."},{"type":"fraction","value":"50"},{"type":"literal","value":")"}]
t(() => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(0.1234)); // expect: 12.3%
t(() => JSON.stringify(new Intl.NumberFormat('en', { style: 'unit', unit: 'percent' }).formatToParts(12))); // expect: [{"type":"integer","value":"12"},{"type":"unit","value":"%"}]
t(() => new Intl.NumberFormat('en', { style: 'unit', unit: 'kilometer-per-hour', unitDisplay: 'long' }).format(50)); // expect: 50 kilometers per hour
t(() => new Intl.NumberFormat('en', { notation: 'compact' }).format(1234567)); // expect: 1.2M
t(() => new Intl.NumberFormat('de', { notation: 'compact', compactDisplay: 'long' }).format(98765432)); // expect: 99 Millionen
t(() => JSON.stringify(new Intl.NumberFormat('en', { notation: 'scientific' }).formatToParts(0.000123))); // expect: [{"type":"integer","value":"1"},{"type":"decimal","value":"."},{"type":"fraction","value":"23"},{"type":"exponentSeparator","value":"E"},{"type":"exponentMinusSign","value":"-"},{"type":"exponentInteger","value":"4"}]
t(() => new Intl.NumberFormat('en', { notation: 'engineering' }).format(123456)); // expect: 123.456E3
t(() => new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(123456)); // expect: 123,000
t(() => new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingIncrement: 5 }).format(1.13)); // expect: 1.15
t(() => ['ceil', 'floor', 'expand', 'trunc', 'halfCeil', 'halfFloor', 'halfExpand', 'halfTrunc', 'halfEven'].map(roundingMode => new Intl.NumberFormat('en', { roundingMode, maximumFractionDigits: 0 }).format(-2.5)).join(' ')); // expect: -2 -3 -3 -2 -2 -3 -3 -2 -2
t(() => new Intl.NumberFormat('en', { roundingPriority: 'morePrecision', maximumFractionDigits: 2, maximumSignificantDigits: 2 }).format(4.321)); // expect: 4.32
t(() => new Intl.NumberFormat('en', { roundingPriority: 'lessPrecision', maximumFractionDigits: 2, maximumSignificantDigits: 2 }).format(4.321)); // expect: 4.3
t(() => new Intl.NumberFormat('en', { trailingZeroDisplay: 'stripIfInteger', minimumFractionDigits: 2 }).format(5) + new Intl.NumberFormat('en', { trailingZeroDisplay: 'stripIfInteger', minimumFractionDigits: 2 }).format(5.5)); // expect: 55.50
t(() => ['auto', 'always', 'min2', false].map(useGrouping => new Intl.NumberFormat('pl', { useGrouping }).format(1234)).join('|')); // expect: 1234|1 234|1234|1234
t(() => ['auto', 'never', 'always', 'exceptZero', 'negative'].map(signDisplay => [1, -1, 0, -0].map(new Intl.NumberFormat('en', { signDisplay }).format)).join('|')); // expect: 1,-1,0,-0|1,1,0,0|+1,-1,+0,-0|+1,-1,0,0|1,-1,0,0
t(() => new Intl.NumberFormat('en', { minimumIntegerDigits: 4, useGrouping: false }).format(7)); // expect: 0007
t(() => new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).formatRange(-1, 5)); // expect: -€1.00 – €5.00
t(() => JSON.stringify(new Intl.NumberFormat('en').formatRangeToParts(5, 5))); // expect: [{"type":"approximatelySign","value":"~","source":"shared"},{"type":"integer","value":"5","source":"shared"}]
t(() => JSON.stringify(new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }).formatRangeToParts(3, 1234n))); // expect: [{"type":"integer","value":"3","source":"startRange"},{"type":"decimal","value":",","source":"startRange"},{"type":"fraction","value":"00","source":"startRange"},{"type":"literal","value":"–","source":"shared"},{"type":"integer","value":"1","source":"endRange"},{"type":"group","value":".","source":"endRange"},{"type":"integer","value":"234","source":"endRange"},{"type":"decimal","value":",","source":"endRange"},{"type":"fraction","value":"00","source":"endRange"},{"type":"literal","value":" ","source":"shared"},{"type":"currency","value":"€","source":"shared"}]
t(() => new Intl.NumberFormat('en').formatRange('123456789012345678901', 987654321098765432109n)); // expect: 123,456,789,012,345,678,901–987,654,321,098,765,432,109
t(() => JSON.stringify(new Intl.NumberFormat('en', { notation: 'compact', style: 'currency', currency: 'USD' }).resolvedOptions())); // expect: {"locale":"en","numberingSystem":"latn","style":"currency","currency":"USD","currencyDisplay":"symbol","currencySign":"standard","minimumIntegerDigits":1,"minimumFractionDigits":0,"maximumFractionDigits":0,"minimumSignificantDigits":1,"maximumSignificantDigits":2,"useGrouping":"min2","notation":"compact","compactDisplay":"short","signDisplay":"auto","roundingIncrement":1,"roundingMode":"halfExpand","roundingPriority":"morePrecision","trailingZeroDisplay":"auto"}
t(() => JSON.stringify(new Intl.NumberFormat('de-u-nu-arab-co-phonebk', { style: 'unit', unit: 'liter' }).resolvedOptions())); // expect: {"locale":"de-u-nu-arab","numberingSystem":"arab","style":"unit","unit":"liter","unitDisplay":"short","minimumIntegerDigits":1,"minimumFractionDigits":0,"maximumFractionDigits":3,"useGrouping":"auto","notation":"standard","signDisplay":"auto","roundingIncrement":1,"roundingMode":"halfExpand","roundingPriority":"auto","trailingZeroDisplay":"auto"}
t(() => new Intl.NumberFormat('en', { style: 'x' })); // expect: RangeError: Value x out of range for Intl.NumberFormat options property style
t(() => new Intl.NumberFormat('en', { style: 'currency' })); // expect: TypeError: Currency code is required with currency style.
t(() => new Intl.NumberFormat('en', { style: 'currency', currency: 'xx' })); // expect: RangeError: Invalid currency code : xx
t(() => new Intl.NumberFormat('en', { style: 'unit', unit: 'foo' })); // expect: RangeError: Invalid unit argument for Intl.NumberFormat() 'foo'
t(() => new Intl.NumberFormat('en', { style: 'unit' })); // expect: TypeError: Invalid unit argument for Intl.NumberFormat() ''
t(() => new Intl.NumberFormat('en', { minimumFractionDigits: -1 })); // expect: RangeError: minimumFractionDigits value is out of range.
t(() => new Intl.NumberFormat('en', { roundingIncrement: 5, maximumSignificantDigits: 3 })); // expect: TypeError: RoundingType is not fractionDigits
t(() => new Intl.NumberFormat('en', { useGrouping: 'x' })); // expect: RangeError: Value x out of range for Intl.NumberFormat options property useGrouping
t(() => new Intl.NumberFormat('en').formatRange(1)); // expect: TypeError: Invalid end : undefined
t(() => new Intl.NumberFormat('en').formatRange(1, NaN)); // expect: RangeError: Invalid end : NaN
t(() => new Intl.NumberFormat('a_b')); // expect: RangeError: Invalid language tag: a_b
t(() => Intl.NumberFormat.supportedLocalesOf(['de', 'xx', 'zh-TW', 'en-u-nu-thai']).join()); // expect: de,zh-TW,en-u-nu-thai
t(() => Intl.NumberFormat.call(Object.create(Intl.NumberFormat.prototype)).format(1.5)); // expect: 1.5
t(() => (1234.5678).toLocaleString('fr', { minimumFractionDigits: 3 })); // expect: 1 234,568
t(() => [1e21, 0.1 + 0.2, 123456.789, -0, 1e-7].map(x => x.toLocaleString()).join('|')); // expect: 1,000,000,000,000,000,000,000|0.3|123,456.789|-0|0
t(() => (12345678901234567890n).toLocaleString('de')); // expect: 12.345.678.901.234.567.890

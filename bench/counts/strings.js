// Strings: concatenation, methods, templates, regular expressions, number formatting.
let s = 0, t = '';
for (let i = 0; i < 1500; i++) { t += `item ${i};`; s += t.charCodeAt(i) + String(i * 1.5).length; }
s += t.split(';').map((x) => x.trim().toUpperCase()).join('-').length + t.replace(/item (\d+)/g, '<$1>').length + t.indexOf('item 1400');
for (const m of t.matchAll(/(\d)\d*;/g)) s += +m[1];
console.log(s);

// The methods that run the matcher directly notice every way of changing %RegExp.prototype%, and that it was undone.
const original = RegExp.prototype.exec;
const all = () => [/b/.test('abc'), 'a-b'.split(/-/).join('|'), 'aa'.replace(/a/g, 'x'), 'xay'.search(/a/)].join();
console.log('start', all());
RegExp.prototype.exec = () => null;
console.log('exec', all());
RegExp.prototype.exec = original;
console.log('restored', all());
const flags = Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags');
Object.defineProperty(RegExp.prototype, 'flags', { configurable: true, get() { return 'y'; } });
console.log('flags', /a/.flags, all());
Object.defineProperty(RegExp.prototype, 'flags', flags);
console.log('restored', all());
const species = Object.getOwnPropertyDescriptor(RegExp, Symbol.species);
let made = 0;
Object.defineProperty(RegExp, Symbol.species, { configurable: true, get() { made++; return this; } });
console.log('species', all(), made);
Object.defineProperty(RegExp, Symbol.species, species);
console.log('restored', all(), made);
delete RegExp.prototype.exec;
try { /b/.test('abc'); } catch (e) { console.log(e.constructor.name); }
RegExp.prototype.exec = original;
console.log('restored', all());

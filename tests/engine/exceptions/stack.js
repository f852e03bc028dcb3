// SPDX-License-Identifier: MIT
function strip(s) { return s.replace(/\(?[^\s(]*stack\.js:/g, (m) => (m[0] === '(' ? '(' : '') + 'F:'); }
function a() { return new Error('msg'); }
function b() { return a(); }
var o = { m() { return b(); }, get g() { return a(); }, ['c' + 1]: function () { return a(); } };
class K { constructor() { this.e = a(); } static s() { return a(); } i() { return a(); } }
var show = (e) => print(strip(e.stack).split('\n').slice(0, 4).join('|'));
show(o.m());
show(o.g);
show(o.c1());
show(new K().e);
show(K.s());
show(new K().i());
show((() => a())());
show([1].map(function cb() { return a(); })[0]);
show([1].map(() => a())[0]);
function show2(e) { print(strip(e.stack).split('\n').slice(0, 2).join('|')); }
try { null.x; } catch (e) { show2(e); }
try { undefinedName; } catch (e) { show2(e); }
var e2 = new TypeError('tt'); e2.message = 'changed'; print(e2.stack.split('\n')[0]);
Error.stackTraceLimit = 1; print(b().message, a().stack.split('\n').length); Error.stackTraceLimit = 10;
var cap = {}; Error.captureStackTrace(cap); print(typeof cap.stack, cap.stack.split('\n')[0]);
function hidden() { var c = { name: 'N', message: 'M' }; Error.captureStackTrace(c, hidden); return c.stack; } print(strip(hidden()).split('\n').slice(0, 2).join('|'));
Error.prepareStackTrace = (err, sites) => sites.slice(0, 2).map((s) => [s.getFunctionName(), s.getLineNumber(), s.getColumnNumber(), s.isConstructor(), s.isNative(), s.getTypeName()].join(':')).join(' ');
print(b().stack); Error.prepareStackTrace = undefined;
async function as() { await null; return a(); } async function as2() { return await as(); }
as2().then((e) => print(strip(e.stack).split('\n').slice(0, 4).join('|')));
// expect: Error: msg|    at a (F:3:23)|    at b (F:4:23)|    at Object.m (F:5:24)
// expect: Error: msg|    at a (F:3:23)|    at get g (F:5:49)|    at F:9:8
// expect: Error: msg|    at a (F:3:23)|    at Object.c1 (F:5:89)|    at F:10:8
// expect: Error: msg|    at a (F:3:23)|    at new K (F:6:36)|    at F:11:6
// expect: Error: msg|    at a (F:3:23)|    at K.s (F:6:63)|    at F:12:8
// expect: Error: msg|    at a (F:3:23)|    at K.i (F:6:83)|    at F:13:14
// expect: Error: msg|    at a (F:3:23)|    at F:14:13|    at F:14:17
// expect: Error: msg|    at a (F:3:23)|    at cb (F:15:37)|    at Array.map (<anonymous>)
// expect: Error: msg|    at a (F:3:23)|    at F:16:20|    at Array.map (<anonymous>)
// expect: TypeError: Cannot read properties of null (reading 'x')|    at F:18:12
// expect: ReferenceError: undefinedName is not defined|    at F:19:7
// expect: TypeError: changed
// expect: msg 2
// expect: string Error
// expect: N: M|    at F:23:124
// expect: a:3:23:false:false: b:4:23:false:false:
// expect: Error: msg|    at a (F:3:23)|    at as (F:26:42)|    at async as2 (F:26:79)

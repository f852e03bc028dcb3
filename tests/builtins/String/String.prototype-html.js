// SPDX-License-Identifier: MIT
const caught = f => { try { return f(); } catch (e) { return e.name + ': ' + e.message; } };
print('x'.anchor('"a"') + 'x'.big() + 'x'.fontcolor('red') + 'x'.link('u') + 'x'.sub()); // expect: <a name="&quot;a&quot;">x</a><big>x</big><font color="red">x</font><a href="u">x</a><sub>x</sub>
print(caught(() => String.prototype.bold.call(undefined))); // expect: TypeError: String.prototype.bold called on null or undefined

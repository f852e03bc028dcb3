'use strict';
// The REPL as a program (-i) and as a module: results, errors, unfinished input, await, commands, completion.
const { spawnSync } = require('child_process');
const repl = require('repl');
const { PassThrough } = require('stream');

const input = `1+1
let x = { a: [1] }
x
_
function f() {
return 5 }
f()
nope
throw 5
throw new Error('q')
_error
.foo
({a
.break
{a:1}
;{a:1}
let x
const q = 1; q = 2
\`abc
def\`
/* c
*/ 5
import fs, { a as b } from "fs"
_ = 7
8
_
module.id
typeof require('fs').readFileSync
typeof os.cpus
class A { m() {
} }
new A
process.nextTick(() => { throw new TypeError('late') })
.help
`;
const { stdout, stderr, status } = spawnSync(process.execPath, ['-i'], { input, encoding: 'utf8', env: { ...process.env, NODE_REPL_HISTORY: '' } });
console.log(stdout.replace(process.version, 'VERSION'), stderr, status);
const awaited = spawnSync(process.execPath, ['-i'], { input: 'await Promise.resolve(9)\n', encoding: 'utf8' });
console.log(awaited.stdout.split('\n').slice(2).join('|'));

function start(options) {
  const from = new PassThrough();
  const to = new PassThrough();
  to.text = '';
  to.on('data', (data) => {
    to.text += data;
  });
  const server = repl.start({ prompt: '# ', input: from, output: to, terminal: false, ...options });
  return { server, from, to };
}

const { server, from, to } = start();
server.context.seven = 7;
server.context.proxy = new Proxy({ p: 1 }, { get() { console.log('a proxy ran'); } });
server.defineCommand('hey', { help: 'h', action(name) {
  this.output.write(`hey ${name}\n`);
  this.displayPrompt();
} });
from.write('seven * 6\n.hey you\nlet inner = (function() {\nreturn { one: 1, deep: [{ two: 2 }] };\n})()\n');
setTimeout(() => {
  for (const line of ['inner.o', 'inner.deep[0].t', 'sev', 'proxy.', 'nothing.x', '.he', 'require("node:fs/',
                      '"x".toUpper', 'seven.toF']) {
    server.complete(line, (error, [names, on]) => console.log(line, names.filter(Boolean).slice(0, 3), on));
  }
  server.close();
}, 50);
server.on('exit', () => {
  console.log(JSON.stringify(to.text));
  console.log(repl.isValidSyntax('1 +'), repl.isValidSyntax('1 + 1'), Object.keys(repl).join());
  try {
    repl.start({ breakEvalOnSigint: true, eval() {} });
  } catch (error) {
    console.log(error.code);
  }
  let count = 0;
  const custom = start({ eval: (code, context, file, callback) => callback(count++ ? null : new repl.Recoverable(new SyntaxError()), code), writer: (v) => `<${v}>`, ignoreUndefined: true });
  custom.from.write('a\nb\n');
  setTimeout(() => {
    console.log(JSON.stringify(custom.to.text));
    custom.server.close();
  }, 20);
});

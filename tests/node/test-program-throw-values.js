// What is printed when a program ends with something else than an Error.
const { spawnSync } = require('child_process');
for (const value of ['null', '"text"', 'Symbol("x")', '{ a: 1 }', '() => 1', 'new RangeError("far")']) {
  const { stderr, status } = spawnSync(process.execPath, ['-e', `\n  throw ${value}`]);
  console.log(status, stderr.toString().split('\n').filter((line) => !/^ {4}at /.test(line)));
}

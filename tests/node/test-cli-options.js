// SPDX-License-Identifier: MIT
'use strict';
// Options of the command line and of NODE_OPTIONS: refusal by name, negation, values, effects.
const { spawnSync } = require('child_process');

function run(args, env, input = '') {
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env }, input });
  const text = (s) => s.replaceAll(process.execPath, 'EXE').trim();
  console.log(args.join(' '), env ? JSON.stringify(env) : '', '->', result.status, text(result.stdout), text(result.stderr));
}

run(['--no-such-option']);
run(['--no-such-option', '--nor-this']);
run(['--title']);
run(['--no-title=x', '-p', '1']);
run(['--check', '-e', '1']);
run(['--unhandled-rejections=sometimes', '-p', '1']);
run(['--title=named', '-p', 'process.title']);
run(['--stack-trace-limit=3', '-p', 'Error.stackTraceLimit']);
run(['--stack_trace_limit=4', '-p', 'Error.stackTraceLimit']);
run(['--max-http-header-size=1234', '-p', 'require("http").maxHeaderSize']);
run(['--expose-gc', '-p', 'typeof gc']);
run(['--no-expose-gc', '-p', 'typeof gc']);
run(['--no-warnings', '-e', 'process.emitWarning("quiet")']);
run(['--import', 'data:text/javascript,console.log("first")', '-e', 'console.log("second")']);
run(['-c', '-'], undefined, 'throw 1');
run(['-p', 'process.execArgv.length'], { NODE_OPTIONS: '--stack-trace-limit=7' });
run(['-p', 'Error.stackTraceLimit'], { NODE_OPTIONS: '--stack-trace-limit=7' });
run(['--stack-trace-limit=8', '-p', 'Error.stackTraceLimit'], { NODE_OPTIONS: '--stack-trace-limit=7' });
run(['-p', 'process.title'], { NODE_OPTIONS: '--title="two words"' });
run(['-p', '1'], { NODE_OPTIONS: '--version' });
run(['-p', '1'], { NODE_OPTIONS: '"open' });

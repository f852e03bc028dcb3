'use strict';
// .ts, .mts and .cts files as programs, modules and -e sources; what Node refuses.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'culm-ts-')));
const files = {
  'cjs.ts': 'const fs: any = require("fs"); type T = 1;\nmodule.exports = { a: 1 as T };\nconsole.log(__filename.slice(-6), require("./c.cts").c, typeof fs)',
  'c.cts': 'exports.c = <T>(x: T): T => x; exports.d = 1 as number',
  'esm.ts': 'import { c, d } from "./c.cts"; import { m, type M } from "./m.mts";\nconst x: M = m; console.log(typeof c, d, x, import.meta.url.slice(-6))',
  'm.mts': 'export type M = string; export const m: M = "m"; export interface I {}',
  'throws.ts': 'interface A {}\nfunction f(a: string): never { throw new Error(a as any) }\nf("q")',
  'enum.ts': 'let a\nenum A { x }\nconsole.log(A)', 'bad.ts': 'let x: = 1', 'bad.mts': 'export let x: = 1',
  'pkg/package.json': '{"type":"module"}', 'pkg/x.ts': 'export const x: number = 1; console.log(typeof require, x)',
  'node_modules/p/package.json': '{"type":"module","exports":"./p.ts"}', 'node_modules/p/p.ts': 'export const p: number = 1',
  'usesp.mjs': 'import "p"', 'noext.cts': 'require("./cjs")', 'late.cts': 'import fs from "fs"', 'dynamic.ts': 'import("./m.mts").then((m: any) => console.log(m.m))',
};
for (const [name, text] of Object.entries(files)) {
  fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  fs.writeFileSync(path.join(dir, name), text);
}
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  const lines = stderr.replaceAll(dir, 'DIR').replace(/\(node:\d+\)/g, '(node)').split('\n');
  const kept = lines.filter((line) => line !== '' && !/^ {4}at .*(node:|native|<anonymous>|eval)|^Node\.js|^\(Use|--trace-warnings/.test(line));
  console.log('$', args.join(' '), status, stdout.trim());
  for (const line of kept.slice(0, 8)) console.log('   ', line);
}
for (const name of ['cjs.ts', 'throws.ts', 'enum.ts', 'bad.ts', 'pkg/x.ts', 'dynamic.ts']) run(name);
run('--no-warnings', 'esm.ts');
run('--no-strip-types', 'bad.ts');
run('-e', 'const x: number = 5; console.log(x)');
run('-p', 'const x: number = 5; x as any');
run('-e', 'import os from "os"; let x: number = 1; console.log(typeof os)');
run('--input-type=module-typescript', '-e', 'enum X {}');
run('--input-type=commonjs-typescript', '-e', 'const x: number = 5; console.log(typeof require)');
run('--input-type=commonjs', '-e', 'const x: number = 5');
run('-p', 'process.features.typescript');
run('--no-experimental-strip-types', '-p', 'process.features.typescript');
for (const name of ['usesp.mjs', 'late.cts', 'noext.cts']) {
  const { status, stderr } = spawnSync(process.execPath, [name], { cwd: dir, encoding: 'utf8' });
  console.log(name, status, /ERR_\w+|Failed to load the ES module|Cannot find module '.*'/.exec(stderr)?.[0]);
}
fs.rmSync(dir, { recursive: true });

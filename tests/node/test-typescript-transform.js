'use strict';
// What --experimental-transform-types turns into JavaScript: enums, namespaces, parameter properties, import =, export =.
const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'culm-tst-')));

function run(name, source, expected) {
  fs.writeFileSync(path.join(dir, name), source);
  if (expected === undefined) return;
  const { stdout, stderr } = spawnSync(process.execPath, ['--experimental-transform-types', '--no-warnings', name],
    { cwd: dir, encoding: 'utf8' });
  assert.strictEqual(stderr, '');
  assert.strictEqual(stdout.trim(), expected, source);
}

run('enum.ts', `enum E { A, B = 2, "c d", D = A | B, S = "x" as any, ['t'] = 3, default = 9, Z }
enum E { Y = D + 1, E = 77 }
const enum C { One = 1, Two }
function f() { enum E { Q } return E; }
declare enum Z { A }
console.log(JSON.stringify(E), C.Two, JSON.stringify(f()), typeof Z);`,
'{"0":"A","2":"D","3":"Y","9":"default","10":"Z","77":"E","A":0,"B":2,"c d":3,"D":2,"S":"x","t":3,"default":9,"Z":10,' +
  '"Y":3,"E":77} 2 {"0":"Q","Q":0} undefined');
run('namespace.ts', String.raw`namespace N {
  export const a = 1, { q, r: [s] } = { q: 2, r: [3] }; const hidden = 5;
  export function f(x: number): number { return x + hidden }
  export class K { v = a } export interface I {} export type T = 1; export let m = 1; export function inc() { m++ }
  export enum IE { X } export namespace Inner { export const deep = IE.X + 10 }
}
namespace A.B.C { export const x = 1 }
namespace A.B { export const y = 2 }
namespace Types { export type X = 1 }
class M { static s = 1 } namespace M { export const extra = 2 }
import alias = A.B;
console.log(N.a, N.q, N.s, N.f(1), new N.K().v, N.IE.X, N.Inner.deep, (N.inc(), N.m), Object.keys(N).sort().join());
console.log(JSON.stringify(A), M.s, M.extra, alias.y, <any>1);
try { throw new Error() } catch (e: any) { console.log(/:(\d+):\d+\)?$/.exec(e.stack.split('\n')[1])[1]) }`,
'1 2 3 6 1 0 10 2 IE,Inner,K,a,f,inc,m,q,s\n{"B":{"C":{"x":1},"y":2}} 1 2 2 1\n14');
run('class.ts', `class P { b = 1; constructor(private x: number, public readonly y = 2, protected z?: string) { 'use x'; this.b = this.x } }
class Q extends P { constructor(public w: number) { const t = 1; super(t, 5) } }
console.log(JSON.stringify([new P(3), new Q(4)]))`, '[{"b":3,"x":3,"y":2},{"b":1,"x":1,"y":5,"w":4}]');
run('lib.cts', 'import util = require("util"); export = { u: typeof util.inspect };');
run('use.cts', 'import x = require("./lib.cts"); console.log(x.u)', 'function');
run('lib.mts', 'export enum E { A } export enum E { B = 5 } export namespace N { export const v = 1 } export class K {}\n' +
  'export namespace K { export const z = N.v }');
run('use.mts', 'import * as t from "./lib.mts"; console.log(JSON.stringify(t), t.K.z)', '{"E":{"0":"A","5":"B","A":0,"B":5},"N":{"v":1}} 1');
run('module.ts', 'console.log(process.features.typescript)', 'transform');
fs.rmSync(dir, { recursive: true });
console.log('ok');

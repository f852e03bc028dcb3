'use strict';
// module.stripTypeScriptTypes(): types become spaces, everything else stays where it was.
const { stripTypeScriptTypes } = require('module');
process.removeAllListeners('warning');
process.on('warning', () => {});

const cases = [
  'let x: "é" = 1; let y: "日本" = 2; let z: "😀" = 3;',
  'let a /* é日 */ : /* é */ T = 1 // c',
  // Line ends and statements stay apart.
  'const f = async <\n T>(x: T) => x', 'const f = (x: T):\n T => x', 'function f() { return <\nT>(x: T) => x }',
  'let a = 1\ntype A = string\n(foo)()', 'let a = 1\ninterface A {}\n[1,2].forEach(x=>x)', 'let a = b as any\n(foo)()',
  'let a = 1;\ntype A = 1;\ntype B = 2\n(foo)', 'if (a) type X = 1; else interface Y {}', 'let a\ndeclare function f()\n(foo)',
  // Classes.
  'class A { a = 1\n public ["b"] = 2 }', 'class A { readonly *g() {} }', 'class A { static async *w() {} public *[q]() {} }',
  'class A { constructor(x: number); constructor(x: any) {} m(): void; m(a?: string): void {} }',
  'class A<T> extends B<T> implements C, D { x!: number; y?: string; [key: string]: any; declare z: 1; }',
  'export default abstract class A { abstract m(): void; protected abstract x: number; n() {} }',
  'class A { get: any\n foo() {}\n set?: x\n bar() {} }', 'class A { override m() {} }', 'class A { abstract m(): void }',
  'class A extends (B as any)<T> {} class C extends f<T>(x) {} class D extends E.F<G>.H {}',
  'class A { static { let x: number = 1 } #p?: number; accessor y: number = 1; "s"?: any; [x]?: any }',
  // Declarations without a value.
  'declare global { interface X {} } declare module "x" { export const y: number } declare namespace Z { let q }',
  'namespace X { export type A = 1 }', 'export default interface A { }', 'declare enum X { A } declare const y: number',
  // Imports and exports.
  'import type A from "a"; import { type D, E } from "d"; import G, { type H } from "h"; import type * as I from "i"',
  'import type from "x"; import { type } from "y"; import { type as as } from "q"; import { type as } from "r"; import type b = require("c")',
  'export type { A }; export type * from "c"; export { type E, F }; export declare const x: number; export type T = 1',
  // Expressions.
  'let v = a! + b!.c![d!]!(e!)!; a!++; (a as any) = 5; (a satisfies B).c = 1; for (const x of a as any[]) {}',
  'f<T>(y); new Foo<T>; f<T>`x`; a<b>c; a < b > c; a<b>; x = f<T>; (a < b, c > (d)); a<b>=c; a<b>?.(c)',
  'const x = a ? (b) : c => d; const y = a ? (b): c => d : e; a ? (b) : (c) : d => e',
  'const a = async<T>(x: T) => x; const b = async<T>(x); const o = { m<T>(x: T): T { return x }, async<T>() {} }',
  'function f(this: Foo, a?: number, { c }: any = {}): asserts a is string {} function g(this: any): this is B {}',
  'label: type: for(;;) {} type = 5; declare; abstract; namespace; module; type\nX = 5; global; interface\nFoo',
  'try {} catch (e: unknown) {} var x: Array<Array<number>>= 5; let a = <T,>(x) => x; using r: any = y',
  // Types.
  'let x: typeof import("y"); let z: import("a").B<C>; let u: unique symbol; let o: readonly string[]; let k: keyof T[number]',
  'let a: abstract new () => void; let c: <const T>(x: T) => x is T; let d: { new(): x; (): y; get a(): b; readonly e?: 1 }',
  'let a: `foo${string}`; let b: -1n; let c: [a: string, b?: number, ...c: any[]]; let d: A extends (infer U extends string)[] ? U : never',
  'let y: { +readonly [K in A as `x${K}`]-?: B; } | (() => void) & ((a) => b); let g: ({ a, b }: any, [c]) => d; let i: asserts',
  'type G<in out U, in V = 1, out W extends X ? Y : Z> = | A | B', 'function f<const T extends X = Y>() {}',
  // What is no TypeScript, or more than stripping can do.
  'let x: = 5\n', 'const x: number = ;', 'enum X { A }', 'export const enum X { A }', 'namespace X { export const a = 1 }', 'module X {}',
  'class A { constructor(private x: number) {} }', 'import x = require("x")', 'export import x = A.B', 'export = foo', 'let x = <T>y',
  'let a;\nlet b = <T>(\n  y);\nlet c', 'let v = a?.<T>', 'for (const x: any of y) {}', 'const x: number',
];
for (const source of cases) {
  let result;
  try {
    result = stripTypeScriptTypes(source);
  } catch (error) {
    result = `${error.code}\n${error.stack.split('\n    at')[0]}`;
  }
  console.log(`${source}\n${result}\n`);
}
console.log(stripTypeScriptTypes('let a: b', { sourceUrl: 'x.ts' }));
for (const options of [{ mode: 'transform' }, { sourceMap: true }, { sourceUrl: 1 }, 1]) {
  try {
    stripTypeScriptTypes('1', options);
  } catch (error) {
    console.log(error.code, error.message);
  }
}

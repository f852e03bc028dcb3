// @babel/core with preset-env: modern sources for an old engine, with source maps.
'use strict';
const babel = require('@babel/core');
const { read, report, tree } = require('./trees');

const options = { configFile: false, babelrc: false, sourceMaps: true, compact: false };
const presets = [[require('@babel/preset-env'), { targets: { ie: '11' }, modules: 'commonjs' }]];
for (const file of [...tree('rxjs/dist/esm/internal/observable', /^[a-f]\w*\.js$/), ...tree('express/lib', /(application|view)\.js$/), 'zod/v4/core/util.js']) {
  const { code, map } = babel.transformSync(read(file), { ...options, presets, filename: `/src/${file}` });
  report(file, code);
  report(`${file}.map`, JSON.stringify(map));
}
const source = `
class A extends (class { static #count = 0; static next() { return ++A.#count ?? this; } }) {
  #secret = new.target?.name; accessor = 1; static { this.x = super.toString?.(); }
  get [Symbol.toStringTag]() { return #secret in this ? \`\${this.#secret}\` : super.x; }
  async *items({ a = 1, ...rest } = {}, [b, , ...c] = []) { for await (const x of rest.list) yield* x ** b; }
}
label: for (const [k, v] of Object.entries({ ...globalThis })) { try { if (k?.[v]) continue label; } catch { break; } finally { v ||= 1n; } }
export default async () => { for (let i = 0; i < 3; i++) { setTimeout(() => i); await i; } return /(?<year>\\d{4})\\p{L}/dsu.exec("").groups?.year; };
export * as names from "x";
`;
console.log(babel.transformSync(source, { ...options, presets, filename: '/src/all.js' }).code);
for (const bad of ['let a; let a', 'class { }', 'a b', 'import x from y', 'await 1; return']) {
  try {
    babel.parseSync(bad, options);
  } catch (error) {
    console.log(error.message, error.code, error.reasonCode);
  }
}

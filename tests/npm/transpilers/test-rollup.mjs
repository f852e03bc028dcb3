// rollup 3 (version 4 needs a native addon): one graph of modules as one file in three formats, and as chunks.
import path from 'node:path';
import { rollup } from 'rollup';
import trees from './trees.js';

const { modules, report } = trees;
const warnings = [];
const onwarn = (warning) => warnings.push(`${warning.code}: ${warning.message.replaceAll(modules, '')}`);
const bundle = await rollup({ input: path.join(modules, 'rxjs/dist/esm/index.js'), external: ['tslib'], onwarn });
for (const format of ['es', 'cjs', 'umd']) {
  const { output } = await bundle.generate({ format, name: 'rx', exports: 'named', sourcemap: true, compact: format === 'umd' });
  report(format, output[0].code);
  report(`${format}.map`, String(output[0].map));
}
await bundle.close();

const files = {
  main: 'import { used } from "a"; import("b").then((m) => m.default()); export { used }; export * from "c";',
  other: 'import { used, unused } from "a"; console.log(used, import.meta.url);',
  a: 'import "c"; export const used = /* #__PURE__ */ f(1n); export function unused() { return class { #x; static {} } } function f(x) { return x ?? 1 }',
  b: 'import * as all from "a"; export default () => all["used"];',
  c: 'export let counter = 0; export { counter as again }; import { again } from "a"; if (false) counter++;',
};
const virtual = { name: 'virtual', resolveId: (id) => id, load: (id) => files[id] };
const chunks = await rollup({ input: ['main', 'other'], plugins: [virtual], onwarn });
for (const chunk of (await chunks.generate({ format: 'es', minifyInternalExports: true })).output) {
  console.log(chunk.fileName, chunk.exports, chunk.imports, Object.keys(chunk.modules));
  console.log(chunk.code);
}
console.log(warnings);
await rollup({ input: 'main', plugins: [{ ...virtual, load: () => 'let a = 1;\nlet a = 2' }] }).catch((error) => console.log(error.message, error.loc, error.frame));

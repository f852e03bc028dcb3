// terser: two passes of compressing and mangling, source maps, and properties.
import { minify } from 'terser';
import trees from './trees.js';

const { read, report, tree } = trees;
const files = [...tree('rxjs/dist/esm/internal/scheduler', /\.js$/), ...tree('express/lib', /response\.js$/), 'esprima/dist/esprima.js'];
for (const file of files) {
  const { code, map } = await minify({ [file]: read(file) }, { module: /esm/.test(file), compress: { passes: 2 }, sourceMap: true });
  report(file, code);
  report(`${file}.map`, map);
}
const source = 'class A { static x_ = 1; get y_() { return A.x_ + 0.1 + 1e21 + 0xff } } export const b = () => { if (!1) c(); return typeof new A().y_ === "number" ? void 0 : `${1 + 1}` }';
console.log((await minify(source, { module: true, mangle: { properties: { regex: /_$/ } }, compress: { unsafe: true } })).code);
console.log((await minify(source, { module: true, ecma: 5, format: { beautify: true, quote_style: 1, ascii_only: true } })).code);
await minify({ 'bad.js': 'a\nvar = 1' }).catch((error) => console.log(`${error}`, error.line, error.col, error.pos));

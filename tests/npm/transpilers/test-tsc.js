// tsc on a project: rxjs' sources checked and emitted with declarations and source maps; what it says of wrong programs.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { modules, report } = require('./trees');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-tsc-'));
const tsc = (options, files) => {
  const config = path.join(folder, 'tsconfig.json');
  fs.writeFileSync(config, JSON.stringify({ compilerOptions: { outDir: path.join(folder, 'out'), types: [], ...options }, files }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(modules, 'typescript/lib/tsc.js'), '-p', config, '--pretty', 'false']);
  console.log('tsc', status, `${stdout}${stderr}`.replaceAll(path.relative(process.cwd(), folder), 'FOLDER').replaceAll(folder, 'FOLDER'));
};
try {
  tsc({
    target: 'es2019', module: 'commonjs', strict: true, declaration: true, sourceMap: true, importHelpers: false, noEmitOnError: false,
    lib: ['es2019', 'dom'], sourceRoot: '/src', rootDir: path.join(modules, 'rxjs/src'), stripInternal: true,
  }, [path.join(modules, 'rxjs/src/internal/Observable.ts')]);
  for (const name of fs.readdirSync(path.join(folder, 'out'), { recursive: true }).sort()) {
    const file = path.join(folder, 'out', name);
    if (fs.statSync(file).isFile()) report(name, fs.readFileSync(file, 'utf8'));
  }
  fs.writeFileSync(path.join(folder, 'wrong.ts'), `
const a: string = 1;
interface Shape { kind: 'circle' | 'square'; size?: number }
function area(shape: Shape): number { switch (shape.kind) { case 'circle': return shape.size * 3; case 'sqare': return 1 } }
class Base<T extends object> { constructor(protected readonly value: T) {} }
class Derived extends Base<number> { override go() { return this.value.nothing; } }
type Deep<T> = { [K in keyof T]?: T[K] extends object ? Deep<T[K]> : T[K] };
const deep: Deep<{ a: { b: string } }> = { a: { b: 1, c: 2 } };
declare const list: readonly string[];
list.push('x');
for (const item of 5) item;
async function later() { await using x = list; return later().then((y: Map<string>) => y.undefined); }
enum E { A = 1, B = 'x'.length, C }
export const out = <T,>(x: T) => x satisfies E;
`);
  tsc({ strict: true, target: 'esnext', lib: ['esnext'], noEmit: true, noUncheckedIndexedAccess: true }, ['wrong.ts']);
} finally {
  fs.rmSync(folder, { recursive: true });
}

// webpack: a bundle with a lazy chunk, JSON, CommonJS and a loader; what it makes runs; errors are told.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import webpack from 'webpack';

const context = path.join(import.meta.dirname, 'fixtures/app');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-webpack-'));

function build(options) {
  return new Promise((resolve, reject) => {
    const compiler = webpack({ context, target: 'node', ...options });
    compiler.run((error, stats) => (error ? reject(error) : compiler.close(() => resolve(stats))));
  });
}

for (const [mode, hashFunction] of [['production', 'sha256'], ['development', 'md5']]) {
  const to = path.join(folder, `${mode}-${hashFunction}`);
  const stats = await build({ mode, entry: './index.js', output: { path: to, filename: '[name].[contenthash].js', chunkFormat: 'commonjs', hashFunction }, devtool: mode === 'production' ? 'source-map' : false });
  const { assets, errors, warnings } = stats.toJson({ all: false, assets: true, errors: true, warnings: true });
  console.log(mode, hashFunction, errors, warnings);
  for (const { name, size } of assets.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    console.log(' ', name, size, createHash('sha1').update(fs.readFileSync(path.join(to, name))).digest('hex'));
  }
  const main = assets.find((asset) => asset.name.startsWith('main') && asset.name.endsWith('.js')).name;
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(to, main)], { encoding: 'utf8' });
  console.log(' ', status, stdout.trim(), stderr);
}
const failed = await build({ mode: 'production', entry: './none.js', output: { path: folder, hashFunction: 'sha256' } });
console.log(failed.hasErrors(), failed.toJson({ all: false, errors: true }).errors.map((e) => e.message));
fs.rmSync(folder, { recursive: true });

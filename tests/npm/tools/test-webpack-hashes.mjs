// webpack with its default hash functions, which are WebAssembly.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import webpack from 'webpack';

const context = path.join(import.meta.dirname, 'fixtures/app');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'culm-webpack-'));
for (const hashFunction of ['xxhash64', 'md4']) {
  const output = { path: folder, filename: '[name].[contenthash].js', hashFunction };
  const stats = await new Promise((resolve, reject) => {
    const compiler = webpack({ context, mode: 'production', target: 'node', entry: './index.js', output });
    compiler.run((error, found) => (error ? reject(error) : compiler.close(() => resolve(found))));
  });
  console.log(hashFunction, stats.toJson({ all: false, assets: true }).assets.map((asset) => asset.name).sort());
}
fs.rmSync(folder, { recursive: true });

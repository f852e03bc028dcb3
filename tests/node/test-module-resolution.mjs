// Specifiers as the documentation resolves them: escapes, queries, deprecated slashes, and what is said of bad ones.
import { attempt, find } from './fixtures/resolution/main.mjs';

const tidy = (text) => `${text}`.replaceAll(/(file:\/\/)?\/\S*\/fixtures/g, 'FIXTURES');
process.on('warning', ({ code, message }) => console.log('warning', code, tidy(message)));

for (const specifier of ['pkg/escaped', 'pkg/query', 'pkg/double', 'pkg/sub/plain.js', 'pkg/sub//plain.js', 'legacy',
                         'pkg/sub/..%2Fx.js', 'pkg/outside', 'pkg/none', 'pkg', '@pkg', '%41', '#x', './missing', './',
                         './main%2emjs', './main%2fx.mjs', 'none', 'node:none', 'http://a.test/', 'odd:x',
                         'data:text/plain,x', 'data:text/javascript,import "./x"', 'data:text/javascript,import "none"',
                         '/']) {
  try {
    console.log(specifier, (await attempt(specifier)).default);
  } catch (error) {
    console.log(specifier, error.code, tidy(error.message));
  }
  await new Promise(setImmediate);
}
for (const specifier of ['pkg/query', './missing', './', 'node:none', 'odd:x', 'http://a.test/', 'fs']) {
  console.log(specifier, tidy(find(specifier)));
}

// module.registerHooks(): what each hook sees, chains, replaced sources of every kind, and what is refused.
import assert from 'node:assert';
import { createRequire, registerHooks } from 'node:module';

const require = createRequire(import.meta.url);
const base = new URL('.', import.meta.url).href;
const show = (value) => JSON.stringify(value, (key, each) => (key === 'conditions' ? each.slice().sort() : each))?.replaceAll(base, 'BASE/');

const log = registerHooks({
  resolve(specifier, context, next) {
    const result = next(specifier, context);
    console.log('resolve', specifier.replace(base, 'BASE/'), show(context), show(result));
    return result;
  },
  load(url, context, next) {
    const result = next(url, context);
    console.log('load', url.replace(base, 'BASE/'), show(context), result.format, result.source === null ? null : result.source.length > 0);
    return result;
  },
});
console.log(require('./fixtures/hooks/answer.cjs'), require('./fixtures/hooks/answer.json'), require('./fixtures/hooks/answer.mjs').answer);
console.log(typeof require('fs').open, typeof require('node:os').cpus, require.resolve('./fixtures/hooks/answer.cjs').endsWith('answer.cjs'));
console.log((await import('./fixtures/hooks/answer.cjs?1')).answer, (await import('./fixtures/hooks/answer.json?1', { with: { type: 'json' } })).default);
console.log((await import('node:path')).sep, (await import('data:text/javascript,export default 1')).default);
log.deregister();
console.log((await import('./fixtures/hooks/answer.mjs?2')).default);

// Sources from nowhere, in every format, by require and by import; the last registered hook runs first.
const sources = {
  'virtual:cjs': { format: 'commonjs', source: 'exports.kind = "cjs " + __filename' },
  'virtual:esm': { format: 'module', source: new TextEncoder().encode('export const kind = "esm " + import.meta.url') },
  'virtual:json': { format: 'json', source: new TextEncoder().encode('{"kind":"json"}').buffer },
  'virtual:none': { source: 'module.exports = { kind: "detected" }' },
};
const order = [];
const virtual = registerHooks({
  resolve: (specifier, context, next) => {
    order.push('first');
    return specifier.startsWith('virtual:') ? { url: specifier, shortCircuit: true } : next(specifier, context);
  },
  load: (url, context, next) => (sources[url] ? { ...sources[url], shortCircuit: true } : next(url, context)),
});
const second = registerHooks({
  resolve: (specifier, context, next) => {
    order.push('second');
    return next(specifier.replace('alias:', 'virtual:'));
  },
});
for (const kind of ['cjs', 'none']) console.log(require(`virtual:${kind}`).kind);
console.log((await import('alias:esm')).kind, (await import('alias:json', { with: { type: 'json' } })).default.kind);
console.log(order.slice(0, 2).join());
second.deregister();
virtual.deregister();
await import('virtual:esm2').catch((error) => console.log(error.code));

// A hook may stand in for a built-in module.
const builtin = registerHooks({
  load: (url, context, next) => (url === 'node:punycode' ? { format: 'commonjs', source: 'exports.mine = true', shortCircuit: true } : next(url, context)),
});
console.log(require('node:punycode').mine);
builtin.deregister();

for (const [name, hooks] of Object.entries({
  'no object': { resolve: () => 1 },
  'no url': { resolve: () => ({ shortCircuit: true }) },
  'not asked': { resolve: (specifier) => ({ url: 'virtual:x' }) },
  'bad source': { resolve: () => ({ url: 'virtual:x', shortCircuit: true }), load: () => ({ source: 1, format: 'commonjs', shortCircuit: true }) },
  'conditions': { resolve: (specifier, context, next) => next(specifier, { ...context, conditions: 'invalid' }) },
})) {
  const hook = registerHooks(hooks);
  try {
    require('anything');
  } catch (error) {
    console.log(`${name}:`, error.code, error.message);
  }
  hook.deregister();
}
assert.throws(() => registerHooks({ load: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });

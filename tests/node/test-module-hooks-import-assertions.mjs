// Hooks that still say importAssertions: it is importAttributes, with a warning.
// flags: --no-warnings

import { register } from 'node:module';

register(`data:text/javascript,${encodeURIComponent(`
  export function load(url, context, next) {
    if (url.startsWith('one:')) {
      return next('data:application/json,1', { importAssertions: { type: 'json' } });
    }
    if (url.startsWith('two:')) {
      context.importAssertions = { type: 'json' };
      return next('data:application/json,2', context);
    }
    return next(url, context);
  }
  export function resolve(specifier, context, next) {
    return /^(one|two):/.test(specifier) ? { url: specifier, shortCircuit: true } : next(specifier, context);
  }`)}`);

console.log((await import('one:')).default, (await import('two:')).default);

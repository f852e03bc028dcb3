// The globals that are loaded when first used are data properties, as everything that Node keeps there.
'use strict';
const shape = (name) => {
  const { get, set, value, ...attributes } = Object.getOwnPropertyDescriptor(globalThis, name);
  return [name, typeof value, get?.name, set?.name, attributes];
};
for (const name of ['URL', 'Response', 'ReadableStream', 'AbortController', 'TextEncoder', 'Blob', 'WebSocket', 'console', 'Performance',
  'atob', 'performance', 'process', 'Buffer', 'crypto', 'navigator']) {
  console.log(...shape(name));
}
console.log('Headers' in globalThis, Object.hasOwn(globalThis, 'File'), delete globalThis.FormData, typeof FormData);
globalThis.Request = 5;
console.log(Request, shape('Request'));
{
  class EventTarget {}
  console.log(new EventTarget() instanceof globalThis.EventTarget);
}
globalThis.Buffer = 6;
console.log(Buffer, typeof require('buffer').Buffer.from, shape('Buffer'));

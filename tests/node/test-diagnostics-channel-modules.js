// What require() and import() tell their tracing channels.
'use strict';
const dc = require('diagnostics_channel');

const seen = [];
const short = (value) => `${value}`.split('/').pop();
function listen(name) {
  const handlers = {};
  for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
    handlers[event] = (message) => seen.push(`${name} ${event}: ${Object.keys(message).map((key) => (
      key === 'error' ? `error ${message.error.code}` : key === 'result' ? `result ${typeof message.result}` : `${key} ${short(message[key])}`)).join(', ')}`);
  }
  const channel = dc.tracingChannel(name);
  channel.subscribe(handlers);
  return () => channel.unsubscribe(handlers);
}
function flush(what) {
  console.log(`-- ${what}\n${seen.splice(0).join('\n')}`);
}

(async () => {
  const stop = listen('module.require');
  require('path');
  flush('require');
  try {
    require('./does-not-exist');
  } catch {
    flush('require fails');
  }
  stop();
  require('path');
  flush('nobody listens');
  const stopImport = listen('module.import');
  await import('node:path');
  flush('import');
  await import('does-not-exist').catch(() => {});
  flush('import fails');
  stopImport();
  for (const wrong of [0, { start: '' }, undefined]) {
    try {
      dc.tracingChannel(wrong);
    } catch (e) {
      console.log(e.code, e.message);
    }
  }
})();

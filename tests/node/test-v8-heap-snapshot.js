// A heap snapshot is a graph in V8's format: what a program made is in it by name, and everything hangs on the root.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const v8 = require('v8');

class Remembered {
  constructor() {
    this.label = 'a label to be found';
  }
}
globalThis.remembered = new Remembered();

function check(text) {
  const { snapshot, nodes, edges, strings } = JSON.parse(text);
  const { node_fields: fields, node_types: [types], edge_types: [edgeTypes] } = snapshot.meta;
  const step = fields.length;
  let edge = 0;
  let found = 0;
  for (let at = 0; at < nodes.length; at += step) {
    const name = strings[nodes[at + 1]];
    const first = edge;
    edge += nodes[at + 4];
    if (name !== 'Remembered' || types[nodes[at]] !== 'object') continue;
    for (let k = first; k < edge; k++) {
      const to = edges[k * 3 + 2];
      if (edgeTypes[edges[k * 3]] === 'property' && strings[edges[k * 3 + 1]] === 'label') {
        if (strings[nodes[to + 1]] === 'a label to be found') found++;
      }
    }
  }
  console.log(nodes.length === snapshot.node_count * step, edges.length === edge * 3, found);
}

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'culm-heap-')), 'a.heapsnapshot');
console.log(v8.writeHeapSnapshot(file) === file);
check(fs.readFileSync(file, 'utf8'));
fs.rmSync(path.dirname(file), { recursive: true });
try {
  v8.writeHeapSnapshot('/no/such/folder/a.heapsnapshot');
} catch (error) {
  console.log(error.code, error.syscall);
}
process.removeAllListeners('warning');
console.log(v8.queryObjects(Remembered), v8.queryObjects(Remembered, { format: 'summary' }));
require('stream/consumers').text(v8.getHeapSnapshot()).then(check);

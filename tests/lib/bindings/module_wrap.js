// SPDX-License-Identifier: MIT
'use strict';

// Stand-in for the engine's modules, over vm.SourceTextModule (run the host with --experimental-vm-modules).

const vm = require('vm');

let importCallback;
let metaCallback;

const statuses = { unlinked: 0, linking: 1, linked: 2, evaluating: 3, evaluated: 4, errored: 5 };

class Record {
  constructor(module) {
    this.module = module;
    this.instantiated = false;
  }

  getRequests() {
    return this.module.moduleRequests.map(({ specifier, attributes }) => ({ specifier, attributes: { ...attributes } }));
  }

  link(records) {
    this.module.linkRequests(records.map((record) => record.module));
  }

  instantiate() {
    if (this.module.instantiate) this.module.instantiate();
    this.instantiated = true;
  }

  evaluate() {
    return this.module.evaluate().then(() => undefined);
  }

  getNamespace() {
    return this.module.namespace;
  }

  getStatus() {
    return statuses[this.module.status];
  }

  getError() {
    return this.module.error;
  }

  isGraphAsync() {
    return this.module.hasAsyncGraph();
  }

  setExport(name, value) {
    this.module.setExport(name, value);
  }
}

// An instantiated host module, because a host namespace is made of modules only.
function importModuleDynamically(specifier, referrer, attributes) {
  return importCallback(specifier, { ...attributes }, referrer?.identifier ?? referrer?.culmFilename);
}

module.exports = {
  compile(source, url) {
    return new Record(new vm.SourceTextModule(source, {
      identifier: url,
      initializeImportMeta(meta) {
        metaCallback(meta, url);
      },
      importModuleDynamically,
    }));
  },
  createSynthetic(url, names, evaluate) {
    return new Record(new vm.SyntheticModule(names, evaluate, { identifier: url }));
  },
  setImportModuleDynamicallyCallback(fn) {
    importCallback = fn;
  },
  setInitializeImportMetaObjectCallback(fn) {
    metaCallback = fn;
  },
  importFrom(filename, specifier, attributes) {
    return importCallback(specifier, { ...attributes }, filename);
  },
};

// SPDX-License-Identifier: MIT
'use strict';

// FormData  https://xhr.spec.whatwg.org/#interface-formdata

const { customInspectSymbol } = require('internal/util');
const { File, isBlob } = require('internal/blob');
const { illegalInvocation, makePairIterable, publish, requireArguments, toUSVString } =
  require('internal/fetch/webidl');

let entriesOf;
let isFormData;

// "create an entry": Blobs become Files.
function makeEntry(name, value, filename) {
  if (!isBlob(value)) return [name, value];
  const isFile = value instanceof File;
  if (!isFile || filename !== undefined) {
    const options = { type: value.type };
    if (isFile) options.lastModified = value.lastModified;
    value = new File([value], filename ?? (isFile ? value.name : 'blob'), options);
  }
  return [name, value];
}

function readValue(value, filename, hasFilename, where) {
  if (hasFilename || isBlob(value)) {
    if (!isBlob(value)) {
      const shown = typeof value === 'string' ? `""${value}""` : `"${String(value)}"`;
      throw new TypeError(`${where}: Expected value (${shown}) to be an instance of Blob.`);
    }
    return [value, hasFilename ? toUSVString(filename, `${where}: filename`) : undefined];
  }
  return [toUSVString(value, `${where}: value`), undefined];
}

class FormData {
  #entries = [];

  static {
    entriesOf = (form) => form.#entries;
    isFormData = (value) => typeof value === 'object' && value !== null && #entries in value;
  }

  constructor(form = undefined) {
    if (form !== undefined) {
      throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
    }
  }

  append(name, value, filename = undefined) {
    if (!isFormData(this)) throw illegalInvocation();
    requireArguments(arguments, 2, 'FormData.append');
    name = toUSVString(name, 'FormData.append: name');
    const [data, file] = readValue(value, filename, arguments.length > 2, 'FormData.append');
    this.#entries.push(makeEntry(name, data, file));
  }

  delete(name) {
    if (!isFormData(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'FormData.delete');
    name = toUSVString(name, 'FormData.delete: name');
    this.#entries = this.#entries.filter((entry) => entry[0] !== name);
  }

  get(name) {
    if (!isFormData(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'FormData.get');
    name = toUSVString(name, 'FormData.get: name');
    const found = this.#entries.find((entry) => entry[0] === name);
    return found === undefined ? null : found[1];
  }

  getAll(name) {
    if (!isFormData(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'FormData.getAll');
    name = toUSVString(name, 'FormData.getAll: name');
    return this.#entries.filter((entry) => entry[0] === name).map((entry) => entry[1]);
  }

  has(name) {
    if (!isFormData(this)) throw illegalInvocation();
    requireArguments(arguments, 1, 'FormData.has');
    name = toUSVString(name, 'FormData.has: name');
    return this.#entries.some((entry) => entry[0] === name);
  }

  set(name, value, filename = undefined) {
    if (!isFormData(this)) throw illegalInvocation();
    requireArguments(arguments, 2, 'FormData.set');
    name = toUSVString(name, 'FormData.set: name');
    const [data, file] = readValue(value, filename, arguments.length > 2, 'FormData.set');
    const made = makeEntry(name, data, file);
    const at = this.#entries.findIndex((entry) => entry[0] === name);
    if (at < 0) {
      this.#entries.push(made);
    } else {
      this.#entries = this.#entries.filter((entry, k) => k === at || entry[0] !== name);
      this.#entries[at] = made;
    }
  }

  [customInspectSymbol](depth, options) {
    if (!isFormData(this)) throw illegalInvocation();
    const { inspect } = require('internal/util/inspect');
    const shown = { __proto__: null };
    for (const [name, value] of this.#entries) {
      if (!(name in shown)) shown[name] = value;
      else if (Array.isArray(shown[name])) shown[name].push(value);
      else shown[name] = [shown[name], value];
    }
    options.depth ??= depth;
    const text = inspect(shown, options);
    return `FormData${text.slice(text.indexOf(']') + 1)}`;
  }
}
publish(FormData, ['append', 'delete', 'get', 'getAll', 'has', 'set']);
makePairIterable(FormData, (form) => {
  if (!isFormData(form)) throw illegalInvocation();
  return entriesOf(form);
});

module.exports = { FormData, entriesOf, isFormData };

// SPDX-License-Identifier: MIT
'use strict';

// SETTINGS: names and ids, limits, the packed form of the HTTP2-Settings header.

const { Buffer } = require('buffer');
const { isArrayBufferView } = require('internal/util/types');
const {
  codes: {
    ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH, ERR_HTTP2_INVALID_SETTING_VALUE, ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS,
    ERR_INVALID_ARG_TYPE,
  },
} = require('internal/errors');

const MAX_UINT32 = 2 ** 32 - 1;
const MAX_CUSTOM = 10;

// name, id, least, most; the order is that of Node's objects.
const rows = [
  ['headerTableSize', 1, 0, MAX_UINT32],
  ['enablePush', 2],
  ['initialWindowSize', 4, 0, 2 ** 31 - 1],
  ['maxFrameSize', 5, 16384, 2 ** 24 - 1],
  ['maxConcurrentStreams', 3, 0, MAX_UINT32],
  ['maxHeaderListSize', 6, 0, MAX_UINT32],
  ['enableConnectProtocol', 8],
];
const packedOrder = [1, 2, 3, 4, 5, 6, 8];

const defaults = {
  headerTableSize: 4096, enablePush: true, initialWindowSize: 65535, maxFrameSize: 16384,
  maxConcurrentStreams: MAX_UINT32, maxHeaderSize: 65535, maxHeaderListSize: 65535, enableConnectProtocol: false,
};

function getDefaultSettings() {
  return { __proto__: null, ...defaults };
}

function validateSettings(settings) {
  if (settings === undefined) return undefined;
  if (typeof settings !== 'object' || settings === null) throw new ERR_INVALID_ARG_TYPE('settings', 'Object', settings);
  if (settings.customSettings !== undefined) {
    const list = Object.entries(settings.customSettings);
    if (list.length > MAX_CUSTOM) throw new ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS();
    for (const [id, value] of list) {
      checkRange('customSettings:id', Number(id), 0, 0xffff);
      checkRange('customSettings:value', Number(value), 0, MAX_UINT32);
    }
  }
  for (const [name, , least, most] of rows) {
    if (least !== undefined) checkRange(name, settings[name], least, most);
  }
  checkRange('maxHeaderSize', settings.maxHeaderSize, 0, MAX_UINT32);
  for (const name of ['enablePush', 'enableConnectProtocol']) {
    const value = settings[name];
    if (value !== undefined && typeof value !== 'boolean') {
      throw new ERR_HTTP2_INVALID_SETTING_VALUE(name, value);
    }
  }
  return settings;
}

function checkRange(name, value, least, most) {
  if (value !== undefined && (typeof value !== 'number' || !(value >= least) || !(value <= most))) {
    throw new ERR_HTTP2_INVALID_SETTING_VALUE.RangeError(name, value, least, most);
  }
}

// [id, value, ...] of what is set, in the order of the ids.
function toPairs(settings) {
  const byId = new Map();
  for (const [name, id] of rows) {
    let value = settings[name];
    if (name === 'maxHeaderListSize') value ??= settings.maxHeaderSize;
    if (value !== undefined) byId.set(id, Number(value));
  }
  const out = [];
  for (const id of packedOrder) if (byId.has(id)) out.push(id, byId.get(id));
  for (const [id, value] of Object.entries(settings.customSettings ?? {})) {
    if (!packedOrder.includes(Number(id))) out.push(Number(id), Number(value));
  }
  return new Uint32Array(out);
}

function getPackedSettings(settings) {
  validateSettings(settings);
  const pairs = toPairs(settings ?? {});
  const out = Buffer.alloc(pairs.length * 3);
  for (let k = 0; k < pairs.length; k += 2) {
    out.writeUInt16BE(pairs[k], k * 3);
    out.writeUInt32BE(pairs[k + 1], k * 3 + 2);
  }
  return out;
}

function getUnpackedSettings(bytes, options = {}) {
  if (!isArrayBufferView(bytes) || bytes.length === undefined) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray'], bytes);
  }
  if (bytes.length % 6 !== 0) throw new ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH();
  const settings = {};
  for (let at = 0; at < bytes.length; at += 6) {
    const id = bytes[at] << 8 | bytes[at + 1];
    const value = (bytes[at + 2] * 2 ** 24) + (bytes[at + 3] << 16 | bytes[at + 4] << 8 | bytes[at + 5]);
    const row = rows.find((entry) => entry[1] === id);
    if (row === undefined) {
      (settings.customSettings ??= {})[id] = value;
    } else {
      settings[row[0]] = row[2] === undefined ? value !== 0 : value;
      if (id === 6) settings.maxHeaderSize = value;
    }
  }
  if (options?.validate) validateSettings(settings);
  return settings;
}

// The settings object of one side of a session.
function readSettings(read, custom) {
  const get = (id) => read(id) ?? 0;
  const out = {
    __proto__: null,
    headerTableSize: get(1),
    enablePush: Boolean(get(2)),
    initialWindowSize: get(4),
    maxFrameSize: get(5),
    maxConcurrentStreams: get(3),
    maxHeaderListSize: get(6),
    maxHeaderSize: get(6),
    enableConnectProtocol: Boolean(get(8)),
  };
  if (custom) out.customSettings = custom;
  return out;
}

module.exports = { getDefaultSettings, getPackedSettings, getUnpackedSettings, readSettings, toPairs, validateSettings };

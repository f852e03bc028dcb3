// SPDX-License-Identifier: MIT
'use strict';

// v8: the engine's serialisation format and its numbers. What would need V8 itself is refused by name.

const { promiseHooks } = require('internal/promise_hooks');
const { Buffer } = require('buffer');
const { kEnumerableProperty, setAttributes, setLength } = require('internal/util');
const { codes } = require('internal/errors');
const { validateString, validateUint32, webTypeError } = require('internal/validators');
const { Serializer, Deserializer } = internalBinding('serdes');
const { getHeapSnapshot, queryObjects, writeHeapSnapshot } = require('internal/heap_snapshot');
const binding = internalBinding('v8');

// --- serialisation ---------------------------------------------------------------------------------------------------

Serializer.prototype._getDataCloneError = Error;

const { releaseBuffer } = Serializer.prototype;
Object.defineProperty(Serializer.prototype, 'releaseBuffer', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  writable: true,
  value: { releaseBuffer() {
    return Buffer.from(Reflect.apply(releaseBuffer, this, []));
  } }.releaseBuffer,
});

// A view of the deserializer's own bytes.
Deserializer.prototype.readRawBytes = function readRawBytes(length) {
  const offset = this._readRawBytes(length);
  return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
};

// The numbers of the kinds of views, as Node writes them.
const viewTypes = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
                   Float64Array, DataView, Buffer, BigInt64Array, BigUint64Array, Float16Array];
const kBufferType = 10;

function viewTypeOf(view) {
  if (Buffer.isBuffer(view)) return kBufferType;
  const tag = Object.prototype.toString.call(view).slice(8, -1);
  return viewTypes.findIndex((type, k) => k !== kBufferType && type.name === tag);
}

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    const type = ArrayBuffer.isView(view) ? viewTypeOf(view) : -1;
    if (type === -1) {
      throw new this._getDataCloneError(`Unserializable host object: ${require('util').inspect(view)}`);
    }
    this.writeUint32(type);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const type = viewTypes[this.readUint32()];
    if (type === undefined) throw new Error('Unable to deserialize cloned data.');
    const length = this.readUint32();
    const offset = this._readRawBytes(length);
    const { buffer: source } = this;
    if (type === Buffer) return Buffer.from(source.buffer, source.byteOffset + offset, length);
    const size = type.BYTES_PER_ELEMENT ?? 1;
    const start = source.byteOffset + offset;
    if (start % size === 0) return new type(source.buffer, start, length / size);
    const copy = Uint8Array.prototype.slice.call(new Uint8Array(source.buffer, start, length));
    return new type(copy.buffer, copy.byteOffset, length / size);
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

function deserialize(buffer) {
  if (!ArrayBuffer.isView(buffer)) {
    throw webTypeError('buffer must be a TypedArray or a DataView');
  }
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

// Both stand as templates of V8 do: every method is enumerable and says that it takes no parameters.
for (const { prototype } of [Serializer, Deserializer]) {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name === 'constructor' || name === 'releaseBuffer' || name === 'readRawBytes' || name === '_getDataCloneError') continue;
    setAttributes(prototype, [name], kEnumerableProperty);
    if (typeof prototype[name] === 'function') setLength(prototype[name], 0);
  }
}

// --- the heap --------------------------------------------------------------------------------------------------------

const statisticNames = ['total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size',
                        'used_heap_size', 'heap_size_limit', 'malloced_memory', 'peak_malloced_memory', 'does_zap_garbage',
                        'number_of_native_contexts', 'number_of_detached_contexts', 'total_global_handles_size',
                        'used_global_handles_size', 'external_memory'];
const numbers = new Float64Array(statisticNames.length);
let peakMalloced = 0;

function getHeapStatistics() {
  binding.heapStatistics(numbers);
  const result = {};
  statisticNames.forEach((name, k) => {
    result[name] = numbers[k];
  });
  peakMalloced = Math.max(peakMalloced, result.malloced_memory);
  result.peak_malloced_memory = peakMalloced;
  result.total_allocated_bytes = result.used_heap_size;
  return result;
}

// One heap with young and old cells in the same blocks: one space has everything, the others are there and empty.
const spaceNames = ['read_only_space', 'new_space', 'old_space', 'code_space', 'shared_space', 'trusted_space',
                    'shared_trusted_space', 'new_large_object_space', 'large_object_space', 'code_large_object_space',
                    'shared_large_object_space', 'shared_trusted_large_object_space', 'trusted_large_object_space'];

function getHeapSpaceStatistics() {
  binding.heapStatistics(numbers);
  const { 0: total, 3: available, 4: used } = numbers;
  return spaceNames.map((name) => {
    const whole = name === 'old_space';
    return {
      space_name: name,
      space_size: whole ? total : 0,
      space_used_size: whole ? used : 0,
      space_available_size: whole ? available : 0,
      physical_space_size: whole ? total : 0,
    };
  });
}

function getHeapCodeStatistics() {
  return { code_and_metadata_size: 0, bytecode_and_metadata_size: 0, external_script_source_size: 0,
           cpu_profiler_metadata_size: 0 };
}

function setFlagsFromString(flags) {
  validateString(flags, 'flags');
  for (const flag of flags.split(/\s+/)) {
    const match = /^--(no-)?([\w-]+)(?:=(.*))?$/.exec(flag.replaceAll('_', '-'));
    const name = match?.[2];
    if (name === 'expose-gc') {
      binding.exposeGc(match[1] === undefined);
    } else if (name === 'stack-trace-limit') {
      Error.stackTraceLimit = Number(match[3]);
    } else if (flag !== '' && name !== 'harmony' && name !== 'jitless') {
      process._rawDebug(`Error: unrecognized flag ${flag}\nTry --help for options`);
    }
  }
}

// Collections between start() and stop().
class GCProfiler {
  #listener = undefined;
  #report = undefined;

  start() {
    if (this.#listener !== undefined) return;
    const report = this.#report = { version: 1, startTime: Date.now(), statistics: [] };
    const statistics = (total, used) => {
      const base = getHeapStatistics();
      const heapStatistics = {};
      for (const name of statisticNames) {
        if (name === 'does_zap_garbage' || name.startsWith('number_of')) continue;
        heapStatistics[name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())] = base[name];
      }
      Object.assign(heapStatistics, { totalHeapSize: total, totalPhysicalSize: total, usedHeapSize: used,
                                      totalAvailableSize: base.heap_size_limit - used });
      const heapSpaceStatistics = spaceNames.map((spaceName) => {
        const whole = spaceName === 'old_space';
        return { spaceName, spaceSize: whole ? total : 0, spaceUsedSize: whole ? used : 0,
                 spaceAvailableSize: whole ? total - used : 0, physicalSpaceSize: whole ? total : 0 };
      });
      return { heapStatistics, heapSpaceStatistics };
    };
    this.#listener = ({ major, duration, usedBefore, totalBefore, usedAfter, totalAfter }) => {
      report.statistics.push({ gcType: major ? 'MarkSweepCompact' : 'Scavenge',
                               beforeGC: statistics(totalBefore, usedBefore), cost: duration * 1000,
                               afterGC: statistics(totalAfter, usedAfter) });
    };
    require('internal/perf/gc').listen(this.#listener);
  }

  stop() {
    if (this.#listener === undefined) return undefined;
    require('internal/perf/gc').unlisten(this.#listener);
    this.#listener = undefined;
    const report = this.#report;
    report.endTime = Date.now();
    return report;
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

function cachedDataVersionTag() {
  return internalBinding('code_cache').tag();
}

function isStringOneByteRepresentation(content) {
  validateString(content, 'content');
  return binding.isOneByte(content);
}

function refuse(name) {
  return { [name](options) {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`v8.${name}()`);
  } }[name];
}

let limitIsSet = false;

function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
  if (limitIsSet || require('internal/options').getOptionValue('--heapsnapshot-near-heap-limit') > 0) return;
  limitIsSet = true;
  binding.snapshotNearHeapLimit(limit);
}

// There is no heap of C++ objects: its statistics are those of an empty one.
function getCppHeapStatistics(type = 'detailed') {
  require('internal/validators').validateOneOf(type, 'type', ['detailed', 'brief']);
  return { committed_size_bytes: 0, resident_size_bytes: 0, used_size_bytes: 0, space_statistics: [], type_names: [],
           detail_level: type };
}

function notBuilding() {
  throw new codes.ERR_NOT_BUILDING_SNAPSHOT();
}

const startupSnapshot = {
  addDeserializeCallback: notBuilding,
  addSerializeCallback: notBuilding,
  setDeserializeMainFunction: notBuilding,
  isBuildingSnapshot: () => false,
};

function takeCoverage() {
  if (process.env.NODE_V8_COVERAGE) require('internal/coverage/profile').take();
}

function stopCoverage() {
  if (process.env.NODE_V8_COVERAGE) require('internal/coverage/profile').stop();
}

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot,
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics,
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage,
  stopCoverage,
  serialize,
  writeHeapSnapshot,
  promiseHooks,
  queryObjects,
  startupSnapshot,
  setHeapSnapshotNearHeapLimit,
  GCProfiler,
  isStringOneByteRepresentation,
  startCpuProfile: refuse('startCpuProfile'),
  startHeapProfile: refuse('startHeapProfile'),
  setHeapProfileNearHeapLimit: refuse('setHeapProfileNearHeapLimit'),
};

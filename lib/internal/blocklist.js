// SPDX-License-Identifier: MIT
'use strict';

// net.SocketAddress and net.BlockList. An address is compared as a number of 128 bits, an IPv4 address as the IPv6 address
// that it is mapped to, so that ::ffff:1.2.3.4 is blocked where 1.2.3.4 is.

const { isIPv4, isIPv6 } = require('internal/net');
const { codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { validateArray, validateInt32, validateObject, validatePort, validateString, validateUint32 } = require('internal/validators');

const MAPPED = 0xffff00000000n; // ::ffff:0:0/96
const kInspect = Symbol.for('nodejs.util.inspect.custom');

function ipv4ToBigInt(text) {
  return BigInt(text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
}

// text: a valid address of its family.
function addressToBigInt(text, family) {
  if (family === 'ipv4') return MAPPED | ipv4ToBigInt(text);
  text = text.split('%')[0];
  const tail = text.slice(text.lastIndexOf(':') + 1);
  if (tail.includes('.')) {
    const bits = ipv4ToBigInt(tail);
    text = `${text.slice(0, -tail.length)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  }
  const [head, rest] = text.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = rest ? rest.split(':') : [];
  const gap = rest === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...new Array(gap).fill('0'), ...behind].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

const isMapped = (number) => number >> 32n === 0xffffn;

function validateFamily(family, name) {
  validateString(family, name);
  family = family.toLowerCase();
  if (family !== 'ipv4' && family !== 'ipv6') throw new codes.ERR_INVALID_ARG_VALUE(name, family);
  return family;
}

const isAddress = (text, family) => (family === 'ipv4' ? isIPv4(text) : isIPv6(text));

class SocketAddress {
  #address;
  #family;
  #port;
  #flowlabel;

  constructor(options = {}) {
    validateObject(options, 'options');
    const family = validateFamily(options.family ?? 'ipv4', 'options.family');
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    if (!isAddress(address, family)) throw new codes.ERR_INVALID_ADDRESS();
    this.#address = address;
    this.#family = family;
    this.#port = port | 0;
    this.#flowlabel = flowlabel;
  }

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  // `1.2.3.4:80`, `[::1]:80`, either without a port.
  static parse(input) {
    validateString(input, 'input');
    const found = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(input);
    if (!found) return undefined;
    const family = found[1] === undefined ? 'ipv4' : 'ipv6';
    const address = found[1] ?? found[2];
    const port = found[3] === '80' ? 0 : Number(found[3] ?? 0); // Node reads it as the authority of an http URL
    return isAddress(address, family) && port <= 0xffff ? new SocketAddress({ address, family, port }) : undefined;
  }

  get address() {
    return this.#address;
  }
  get family() {
    return this.#family;
  }
  get port() {
    return this.#port;
  }
  get flowlabel() {
    return this.#flowlabel;
  }

  toJSON() {
    return { address: this.#address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
  }

  [kInspect](depth, options) {
    return depth < 0 ? this : `SocketAddress ${inspect(this.toJSON(), { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

// An address given as a string or a SocketAddress.
function readAddress(value, family, name) {
  if (SocketAddress.isSocketAddress(value)) return value;
  validateString(value, name);
  return new SocketAddress({ address: value, family });
}

// `network/prefix`, of either family.
function readCidr(cidr) {
  validateString(cidr, 'cidr');
  const at = cidr.lastIndexOf('/');
  if (at < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  }
  const network = cidr.slice(0, at);
  const digits = cidr.slice(at + 1);
  const prefix = digits === '' ? NaN : Number(digits);
  if (!Number.isInteger(prefix)) throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'prefix length must be a valid integer');
  return { network, prefix, family: network.includes(':') ? 'ipv6' : 'ipv4' };
}

// Kinds of rules, in the order in which they are listed.
const ADDRESS = 0;
const SUBNET = 1;
const RANGE = 2;

const familyNames = { ipv4: 'IPv4', ipv6: 'IPv6' };

class BlockList {
  // { kind, text, family, first, last }: addresses, subnets, ranges; of each the latest first.
  #rules = [];

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #rules in value;
  }

  #add(kind, text, family, first, last) {
    if (kind === ADDRESS && this.#rules.some((rule) => rule.text === text)) return;
    const at = this.#rules.findIndex((rule) => rule.kind >= kind);
    this.#rules.splice(at < 0 ? this.#rules.length : at, 0, { kind, text, family, first, last });
  }

  addAddress(address, family = 'ipv4') {
    address = readAddress(address, family, 'address');
    const number = addressToBigInt(address.address, address.family);
    this.#add(ADDRESS, `Address: ${familyNames[address.family]} ${address.address}`, address.family, number, number);
  }

  addRange(start, end, family = 'ipv4') {
    const first = readAddress(start, family, 'start');
    const last = readAddress(end, family, 'end');
    const from = addressToBigInt(first.address, first.family);
    const to = addressToBigInt(last.address, last.family);
    if (from > to) throw new codes.ERR_INVALID_ARG_VALUE('start', first, 'must come before end');
    this.#add(RANGE, `Range: ${familyNames[first.family]} ${first.address}-${last.address}`, first.family, from, to);
  }

  addSubnet(network, prefix, family = 'ipv4') {
    network = readAddress(network, family, 'network');
    const width = network.family === 'ipv4' ? 32 : 128;
    validateInt32(prefix, 'prefix', 0, width);
    const rest = (1n << BigInt(width - prefix)) - 1n;
    const first = addressToBigInt(network.address, network.family) & ~rest;
    const text = `Subnet: ${familyNames[network.family]} ${network.address}/${prefix}`;
    this.#add(SUBNET, text, network.family, first, first | rest);
  }

  addCIDR(cidr) {
    const { network, prefix, family } = readCidr(cidr);
    this.addSubnet(network, prefix, family);
  }

  addCIDRs(cidrs) {
    validateArray(cidrs, 'cidrs');
    this.#addAll(cidrs, (list, cidr) => list.addCIDR(cidr));
  }

  addAddresses(addresses, family = 'ipv4') {
    validateArray(addresses, 'addresses');
    this.#addAll(addresses, (list, address) => list.addAddress(address, family));
  }

  // All of them, or none when one is wrong.
  #addAll(values, add) {
    const trial = new BlockList();
    for (const value of values) add(trial, value);
    for (const value of values) add(this, value);
  }

  // The latest rule of that text goes; it is no error when there is none.
  #remove(text) {
    const at = this.#rules.findIndex((rule) => rule.text === text);
    if (at >= 0) this.#rules.splice(at, 1);
  }

  removeAddress(address, family = 'ipv4') {
    address = readAddress(address, family, 'address');
    this.#remove(`Address: ${familyNames[address.family]} ${address.address}`);
  }

  removeRange(start, end, family = 'ipv4') {
    const first = readAddress(start, family, 'start');
    const last = readAddress(end, family, 'end');
    this.#remove(`Range: ${familyNames[first.family]} ${first.address}-${last.address}`);
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    network = readAddress(network, family, 'network');
    validateInt32(prefix, 'prefix', 0, network.family === 'ipv4' ? 32 : 128);
    this.#remove(`Subnet: ${familyNames[network.family]} ${network.address}/${prefix}`);
  }

  removeCIDR(cidr) {
    const { network, prefix, family } = readCidr(cidr);
    this.removeSubnet(network, prefix, family);
  }

  clear() {
    this.#rules = [];
  }

  get size() {
    return this.#rules.length;
  }

  check(address, family = 'ipv4') {
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      family = validateFamily(family, 'options.family');
      if (!isAddress(address, family)) return false;
      address = { address, family };
    }
    const number = addressToBigInt(address.address, address.family);
    return this.#rules.some((rule) => number >= rule.first && number <= rule.last &&
      (rule.family === address.family || (isMapped(number) && isMapped(rule.first) && isMapped(rule.last))));
  }

  get rules() {
    return this.#rules.map(({ text }) => text);
  }

  toJSON() {
    return this.rules;
  }

  // The texts of `rules`, as an array or its JSON.
  fromJSON(value) {
    const texts = typeof value === 'string' ? JSON.parse(value) : value;
    if (!Array.isArray(texts)) throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], value);
    for (const text of [...texts].reverse()) {
      const found = typeof text === 'string' && /^(Address|Range|Subnet): (IPv[46]) ([^-/\s]+)(?:[-/](\S+))?$/.exec(text);
      if (!found) continue; // what is no rule is passed over
      const [, kind, name, first, second] = found;
      const family = name.toLowerCase();
      if (kind === 'Address') this.addAddress(first, family);
      else if (kind === 'Range') this.addRange(first, second, family);
      else this.addSubnet(first, Number(second), family);
    }
  }

  [kInspect](depth, options) {
    return depth < 0 ? this : `BlockList ${inspect({ rules: this.rules }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

module.exports = { BlockList, SocketAddress };

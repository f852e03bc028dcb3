// SPDX-License-Identifier: MIT
'use strict';

// DOMException  webidl#idl-DOMException. An Error for the engine (it has a stack), with name and message on accessors.

const { codes } = require('internal/errors');

const legacyCodes = {
  __proto__: null,
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5,
  NoModificationAllowedError: 7, NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10,
  InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15,
  TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20, URLMismatchError: 21,
  QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

const legacyConstants = ['INDEX_SIZE_ERR', 'DOMSTRING_SIZE_ERR', 'HIERARCHY_REQUEST_ERR', 'WRONG_DOCUMENT_ERR',
  'INVALID_CHARACTER_ERR', 'NO_DATA_ALLOWED_ERR', 'NO_MODIFICATION_ALLOWED_ERR', 'NOT_FOUND_ERR', 'NOT_SUPPORTED_ERR',
  'INUSE_ATTRIBUTE_ERR', 'INVALID_STATE_ERR', 'SYNTAX_ERR', 'INVALID_MODIFICATION_ERR', 'NAMESPACE_ERR',
  'INVALID_ACCESS_ERR', 'VALIDATION_ERR', 'TYPE_MISMATCH_ERR', 'SECURITY_ERR', 'NETWORK_ERR', 'ABORT_ERR',
  'URL_MISMATCH_ERR', 'QUOTA_EXCEEDED_ERR', 'TIMEOUT_ERR', 'INVALID_NODE_TYPE_ERR', 'DATA_CLONE_ERR'];

// Private fields of an object that was made as an Error.
class Fields extends class {
  constructor(self) {
    return self;
  }
} {
  #name;
  #message;

  constructor(self, name, message) {
    super(self);
    this.#name = name;
    this.#message = message;
  }

  static #check(self) {
    if (typeof self !== 'object' || self === null || !(#name in self)) {
      throw new codes.ERR_INVALID_THIS('DOMException');
    }
  }

  static name(self) {
    Fields.#check(self);
    return self.#name;
  }

  static message(self) {
    Fields.#check(self);
    return self.#message;
  }
}

class DOMException {
  constructor(message = '', options = 'Error') {
    const isObject = options !== null && typeof options === 'object';
    const name = isObject ? ('name' in options ? `${options.name}` : 'Error') : `${options}`;
    const self = new Error();
    delete self.message;
    Object.setPrototypeOf(self, new.target.prototype);
    new Fields(self, name, `${message}`);
    if (isObject && 'cause' in options) {
      Object.defineProperty(self, 'cause', {
        __proto__: null, value: options.cause, configurable: true, writable: true, enumerable: false,
      });
    }
    Error.captureStackTrace(self, DOMException);
    return self;
  }

  get name() {
    return Fields.name(this);
  }

  get message() {
    return Fields.message(this);
  }

  get code() {
    return legacyCodes[Fields.name(this)] ?? 0;
  }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, {
  name: { __proto__: null, enumerable: true },
  message: { __proto__: null, enumerable: true },
  code: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'DOMException' },
});
legacyConstants.forEach((name, i) => {
  const desc = { __proto__: null, enumerable: true, value: i + 1 };
  Object.defineProperty(DOMException, name, desc);
  Object.defineProperty(DOMException.prototype, name, desc);
});

module.exports = { DOMException };

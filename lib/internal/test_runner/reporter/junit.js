// SPDX-License-Identifier: MIT
'use strict';

// JUnit's XML: tests with subtests are suites, the others are cases.

const { inspect } = require('internal/util/inspect');

function attribute(text) {
  return String(text).replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/\n/g, '&#10;');
}

function content(text) {
  return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

// Two hyphens would end a comment.
function comment(text) {
  return String(text).replace(/--/g, '&#45;&#45;');
}

function print(node, depth) {
  const by = '\t'.repeat(depth);
  if (node.comment !== undefined) return `${by}<!-- ${comment(node.comment)} -->\n`;
  const attributes = Object.entries(node.attributes).filter(({ 1: value }) => value !== undefined)
    .map(({ 0: key, 1: value }) => `${key}="${attribute(value)}"`).join(' ');
  if (node.text !== undefined) return `${by}<${node.tag} ${attributes}>\n${content(node.text)}\n${by}</${node.tag}>\n`;
  if (node.children.length === 0) return `${by}<${node.tag} ${attributes}/>\n`;
  const inner = node.children.map((child) => print(child, depth + 1)).join('');
  return `${by}<${node.tag} ${attributes}>\n${inner}${by}</${node.tag}>\n`;
}

function isFailure(node) {
  return node.failed === true || node.attributes?.failures > 0;
}

function isSkipped(node) {
  return node.attributes?.skipped > 0 || (node.children?.some((child) => child.tag === 'skipped') ?? false);
}

function close(node, data) {
  const { attributes } = node;
  attributes.time = (data.details.duration_ms / 1000).toFixed(6);
  const tests = node.children.filter((child) => child.comment === undefined);
  if (tests.length > 0) {
    node.tag = 'testsuite';
    attributes.disabled = 0;
    attributes.errors = 0;
    attributes.tests = tests.length;
    attributes.failures = tests.filter(isFailure).length;
    attributes.skipped = tests.filter(isSkipped).length;
    attributes.timestamp = node.started;
    attributes.hostname = require('os').hostname();
    return;
  }
  node.tag = 'testcase';
  attributes.classname = data.classname ?? 'test';
  attributes.file = data.file;
  if (data.skip !== undefined) {
    node.children.push({ tag: 'skipped', attributes: { type: 'skipped', message: data.skip }, children: [] });
  }
  if (data.todo !== undefined) {
    node.children.push({ tag: 'skipped', attributes: { type: 'todo', message: data.todo }, children: [] });
  }
}

function addFailure(node, error) {
  node.attributes.failure = error?.message ?? '';
  node.failed = true;
  node.children.push({
    tag: 'failure', attributes: { type: error?.failureType || error?.code, message: String(error?.message ?? '').trim() },
    text: inspect(error, { breakLength: 128 }), children: [],
  });
}

module.exports = async function* junit(source) {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n';
  const open = [];
  for await (const { type, data } of source) {
    switch (type) {
      case 'test:start': {
        const node = { tag: 'testcase', attributes: { name: data.name, time: undefined }, children: [],
          started: new Date().toISOString(), nesting: data.nesting };
        open.at(-1)?.children.push(node);
        open.push(node);
        break;
      }
      case 'test:pass':
      case 'test:fail': {
        let node = open.pop();
        if (node === undefined) node = { tag: 'testcase', attributes: { name: data.name }, children: [] };
        close(node, data);
        if (type === 'test:fail' && node.tag === 'testcase') addFailure(node, data.details.error);
        if (open.length === 0) yield print(node, 1);
        break;
      }
      case 'test:diagnostic':
      case 'test:log': {
        const parent = open.findLast((node) => node.nesting < data.nesting);
        const node = { comment: data.message };
        if (parent === undefined) {
          yield print(node, data.nesting + 1);
        } else {
          parent.children.push(node);
        }
        break;
      }
      default:
    }
  }
  yield '</testsuites>\n';
};

// SPDX-License-Identifier: MIT
'use strict';

// Which tests the command line's (or run()'s) name patterns and the `only` option leave out.

function matchesOne(patterns, test) {
  const full = test.namePath.join(' ');
  return patterns.some((pattern) => {
    // A global or sticky pattern keeps its position between calls.
    pattern.lastIndex = 0;
    if (pattern.test(test.name)) return true;
    pattern.lastIndex = 0;
    return pattern.test(full);
  });
}

// A suite is decided by what it holds: itself it only has to be able to hold something.
function isLeftOutByName(test) {
  const { namePatterns, skipPatterns, tagFilters } = test.root.config;
  if (skipPatterns !== null && matchesOne(skipPatterns, test)) return true;
  if (tagFilters !== null && !test.isSuite && !tagFilters.every((filter) => filter(test.tags))) return true;
  if (namePatterns === null) return false;
  for (let at = test; at.parent !== null; at = at.parent) {
    if (matchesOne(namePatterns, at)) return false;
  }
  return true;
}

// A suite that matches by itself runs although it is empty.
function suiteMatches(test) {
  const { namePatterns, tagFilters } = test.root.config;
  return namePatterns === null && tagFilters === null;
}

// Does something under `test` ask to run alone?
function holdsOnly(test) {
  return test.subtests.some((child) => child.only || holdsOnly(child));
}

// Is `test`, a child in a suite or of the root, left out because others ask to run alone?
function isLeftOutByOnly(test) {
  if (!test.root.config.only) return false;
  // The suites around it, from the inside: the first that says `only` decides for what is in it, except where
  // something in it says so for itself.
  if (test.only || holdsOnly(test)) return false;
  for (let at = test.parent; at.parent !== null; at = at.parent) {
    if (!at.isSuite) return false;
    if (holdsOnly(at)) return true;
    if (at.only) return false;
  }
  return true;
}

module.exports = { isLeftOutByName, isLeftOutByOnly, suiteMatches };

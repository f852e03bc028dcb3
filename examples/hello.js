// SPDX-License-Identifier: MIT
console.log('Hello from Culm', process.versions.culm);

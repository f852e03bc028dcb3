// An event bus over six CommonJS files.
require('./fixtures/bus/main.js');

// exit: 1
require('./fixtures/bus/none.js');

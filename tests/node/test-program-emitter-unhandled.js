// exit: 1
// An 'error' event without listener ends the process with Node's message.
const EventEmitter = require('events');
class Job extends EventEmitter {}
const job = new Job();
process.on('exit', (code) => console.log('exit', code));
job.emit('error', new TypeError('nobody listens'));

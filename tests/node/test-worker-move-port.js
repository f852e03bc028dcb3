// moveMessagePortToContext(): the port, its events and what comes are of the context; what cannot be made there is an error.
'use strict';
const { MessageChannel, MessagePort, moveMessagePortToContext, receiveMessageOnPort } = require('worker_threads');
const fs = require('fs');
const vm = require('vm');

function attempt(name, fn) {
  try {
    console.log(name, fn());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
}

async function main() {
  const context = vm.createContext({ console });
  const { port1, port2 } = new MessageChannel();
  const moved = moveMessagePortToContext(port2, context);
  context.port = moved;
  console.log(moved instanceof Object, moved instanceof MessagePort, vm.runInContext('port instanceof Object', context));
  console.log(typeof moved.on, typeof moved.addEventListener, typeof moved.postMessage, typeof moved.start);
  vm.runInContext(`
    port.onmessage = function(event) {
      console.log(this === port, event instanceof Object, event.data, event.data instanceof Object, Object.keys(event));
      console.log(event.ports instanceof Array, event.ports.length, event.target === port, event.type);
      if (event.data.port) {
        event.data.port.onmessage = ({ data }) => {
          console.log('second', data, data instanceof Object);
          event.data.port.close();
        };
        event.data.port.start();
      }
      port.postMessage({ answer: event.data.question });
    };
    port.onmessageerror = ({ data }) => console.log('error', data.code);
    port.start();`, context);
  const { port1: near, port2: far } = new MessageChannel();
  const file = await fs.promises.open(__filename);
  port1.postMessage(file, [file]);
  port1.postMessage({ question: [1, 2] });
  port1.postMessage({ port: far, question: 'last' }, [far]);
  near.postMessage({ over: 'there' });
  port1.on('message', (message) => {
    console.log('back', message, message instanceof Object);
    if (message.answer === 'last') port1.close();
  });

  attempt('no port', () => moveMessagePortToContext({}, context));
  attempt('no context', () => moveMessagePortToContext(port1, {}));
  attempt('nothing', () => moveMessagePortToContext());
  const other = new MessageChannel();
  const receiver = moveMessagePortToContext(other.port2, context);
  other.port1.postMessage({ y: 1 });
  console.log(receiveMessageOnPort(receiver), receiveMessageOnPort(receiver));
  other.port1.close();
}
main();

'use strict';
// The first stack trace of a process has the names that the later ones have.
const line = (stack) => stack.split('\n').find((each) => each.includes('_compile')).replace(/ \(.*/, '');
console.log(line(new Error('first').stack));
console.log(line(new Error('second').stack));

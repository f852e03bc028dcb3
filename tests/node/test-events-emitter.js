// SPDX-License-Identifier: MIT
'use strict';

// EventEmitter, and the functions around it.
// Each line is an expression and what Node 26 makes of it (as text), recorded. Silent when all agree.

const events = require('events');
const { inspect } = require('util');
const { check } = require('./fixtures/expressions');

check(() => ((()=>{const E=events,e=new E(),o=[];e.on('a',(...x)=>o.push(x));e.once('a',()=>o.push('once'));e.emit('a',1,2);e.emit('a',3);return o})()),
  "[ [ 1, 2 ], 'once', [ 3 ] ]");
check(() => ((()=>{const E=events,e=new E();try{e.emit('error',new Error('x'))}catch(x){return x.message}})()),
  "x");
check(() => ((()=>{const E=events,e=new E();try{e.emit('error','str')}catch(x){return [x.message,x.code,x.context]}})()),
  "[ \"Unhandled error. ('str')\", 'ERR_UNHANDLED_ERROR', 'str' ]");
check(() => ((()=>{const E=events,e=new E();try{e.emit('error',{a:1})}catch(x){return [x.message,x.code]}})()),
  "[ 'Unhandled error. ({ a: 1 })', 'ERR_UNHANDLED_ERROR' ]");
check(() => ((()=>{const E=events,e=new E();try{e.emit('error')}catch(x){return [x.message,x.code]}})()),
  "[ 'Unhandled error. (undefined)', 'ERR_UNHANDLED_ERROR' ]");
check(() => ((()=>{const E=events,e=new E();try{e.on('a')}catch(x){return [x.message,x.code]}})()),
  "[ 'The \"listener\" argument must be of type function. Received undefined', 'ERR_INVALID_ARG_TYPE' ]");
check(() => ((()=>{const E=events,e=new E();try{e.setMaxListeners(-1)}catch(x){return [x.message,x.code]}})()),
  "[ 'The value of \"setMaxListeners\" is out of range. It must be >= 0. Received -1', 'ERR_OUT_OF_RANGE' ]");
check(() => ((()=>{const E=events,e=new E(),o=[];e.on('newListener',(n,l)=>o.push(n,l.name));e.on('removeListener',(n,l)=>o.push('rm',n,l.name));e.on('x',function foo(){});e.once('y',function bar(){});e.emit('y');e.removeAllListeners('x');return o})()),
  "[ 'removeListener', '', 'x', 'foo', 'y', 'bar', 'rm', 'y', 'bar', 'rm', 'x', 'foo' ]");
check(() => ((()=>{const E=events,e=new E();const f=()=>{};e.on('a',f);e.prependListener('a',()=>{});e.on(Symbol('s'),f);return [e.eventNames(),e.listenerCount('a'),e.listenerCount('a',f),e.listeners('a').length,e.rawListeners('a').length]})()),
  "[ [ 'a', Symbol(s) ], 2, 1, 2, 2 ]");
check(() => ((()=>{const E=events,e=new E(),o=[];e.on(E.errorMonitor,x=>o.push('m',x));e.on('error',x=>o.push('e',x));e.emit('error',5);return o})()),
  "[ 'm', 5, 'e', 5 ]");
check(() => ((()=>{const E=events,e=new E(),o=[];e.on('a',()=>{o.push(1);e.on('a',()=>o.push(2))});e.emit('a');e.emit('a');return o})()),
  "[ 1, 1, 2 ]");
check(() => ((()=>{const E=events,e=new E(),o=[];const f=()=>o.push('f');e.on('a',()=>{o.push(1);e.off('a',f)});e.on('a',f);e.emit('a');e.emit('a');return o})()),
  "[ 1, 'f', 1 ]");
check(() => ((async()=>{const E=events,e=new E();setTimeout(()=>e.emit('a',1,2),1);return await E.once(e,'a')})()),
  "[ 1, 2 ]");
check(() => ((async()=>{const E=events,e=new E();setTimeout(()=>e.emit('error',new Error('q')),1);try{await E.once(e,'a')}catch(x){return x.message}})()),
  "q");
check(() => ((async()=>{const E=events,e=new E();setTimeout(()=>{e.emit('a',1);e.emit('a',2);e.emit('end')},1);const o=[];for await(const x of E.on(e,'a',{close:['end']}))o.push(x);return o})()),
  "[ [ 1 ], [ 2 ] ]");
check(() => ((async()=>{const E=events,e=new E({captureRejections:true}),o=[];e.on('a',async()=>{throw new Error('rej')});return await new Promise(r=>{e.on('error',x=>r(x.message));e.emit('a')})})()),
  "rej");
check(() => ((async()=>{const E=events,e=new E({captureRejections:true});e[E.captureRejectionSymbol]=(err,t,...a)=>{o.push(err.message,t,a)};const o=[];e.on('a',async()=>{throw new Error('rej')});e.emit('a',1);await new Promise(r=>setTimeout(r,5));return o})()),
  "[ 'rej', 'a', [ 1 ] ]");
check(() => (inspect(new events())),
  "EventEmitter {\n  _events: [Object: null prototype] {},\n  _eventsCount: 0,\n  _maxListeners: undefined,\n  Symbol(shapeMode): false,\n  Symbol(kCapture): false\n}");
check(() => (inspect(new (class Foo extends events{constructor(){super();this.x=1}}))),
  "Foo {\n  _events: [Object: null prototype] {},\n  _eventsCount: 0,\n  _maxListeners: undefined,\n  x: 1,\n  Symbol(shapeMode): false,\n  Symbol(kCapture): false\n}");
check(() => (events.defaultMaxListeners),
  "10");
check(() => (new events().getMaxListeners()),
  "10");
check(() => (events.getEventListeners(Object.assign(new events()).on('a',function f(){}),'a')),
  "[ [Function: f] ]");
check(() => ((()=>{const e=new events();e.on('a',()=>{});return events.listenerCount(e,'a')})()),
  "1");
check(() => ((()=>{const e=new events();return [e.emit('x'),e.removeAllListeners()===e,e.off('q',()=>{})===e,e.eventNames()]})()),
  "[ false, true, true, [] ]");
check(() => ((()=>{function Old(){events.call(this)};Object.setPrototypeOf(Old.prototype,events.prototype);const o=new Old();let n=0;o.on('a',()=>n++);o.emit('a');return n})()),
  "1");
check(() => ((()=>{const e=Object.create(events.prototype);let n=0;e.on('a',()=>n++);e.emit('a');return n})()),
  "1");
check(() => ((async()=>{const e=new events();const ac=new AbortController();const p=events.once(e,'a',{signal:ac.signal});ac.abort();try{await p}catch(x){return [x.name,x.code,x.message]}})()),
  "[ 'AbortError', 'ABORT_ERR', 'The operation was aborted' ]");
check(() => (new Promise(r=>{const e=new events();process.once('warning',w=>r([w.name,w.message,w.count,w.type]));for(let i=0;i<11;i++)e.on('zz',()=>{})})),
  "[ 'MaxListenersExceededWarning', 'Possible EventEmitter memory leak detected. 11 zz listeners added to [EventEmitter]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit', 11, 'zz' ]");
check(() => (new Promise(r=>{class Foo extends events{};const e=new Foo();e.setMaxListeners(1);process.once('warning',w=>r([w.name,w.message]));for(let i=0;i<3;i++)e.on(Symbol('zz'),()=>{});const s=Symbol('q');e.on(s,()=>{});e.on(s,()=>{})})),
  "[ 'MaxListenersExceededWarning', 'Possible EventEmitter memory leak detected. 2 Symbol(q) listeners added to [Foo]. MaxListeners is 1. Use emitter.setMaxListeners() to increase limit' ]");
check(() => ((()=>{const e=new events();e.on('error',()=>{});return e.emit('error')})()),
  "true");
check(() => ((()=>{const e=new events();e.once('a',function(){return this===e});const l=e.listeners('a')[0];const r=e.rawListeners('a')[0];return [l===r,r.listener===l]})()),
  "[ false, true ]");
check(() => ((()=>{const e=new events();const o=[];e.on('a',function(){o.push(this===e,arguments.length)});e.emit('a',1,2,3,4,5,6);return o})()),
  "[ true, 6 ]");

// SPDX-License-Identifier: MIT
'use strict';
// What an event, a target and a signal own, and that stopping, trust and dispatch go by it.
const own = (object) => Reflect.ownKeys(object).map((key) => `${String(key)} ${Object.getOwnPropertyDescriptor(object, key).enumerable}`).join(', ');
console.log(own(new Event('a')));
console.log(own(new EventTarget()));
console.log(own(new AbortController().signal));
const event = new Event('a', { cancelable: true, bubbles: true, composed: 1 });
console.log(event.isTrusted, 'isTrusted' in Event.prototype, event.cancelable, event.bubbles, event.composed, JSON.stringify(event), Object.keys(event).length);
class Typed extends Event { get type() { return 'other'; } }
const target = new EventTarget();
const log = [];
target.addEventListener('other', (e) => log.push('other', e.eventPhase, e.currentTarget === target));
target.addEventListener('a', (e) => { log.push('first'); e.preventDefault(); e.stopPropagation(); });
target.addEventListener('a', { handleEvent(e) { log.push('second', e.cancelBubble); e.stopImmediatePropagation(); } });
target.addEventListener('a', () => log.push('never'));
console.log(target.dispatchEvent(event), target.dispatchEvent(new Typed('a')), log.join(' '), event.target === target, event.currentTarget, event.eventPhase);
log.length = 0;
console.log(target.dispatchEvent(event), log.join(' '));
console.log(target.dispatchEvent(new Event('a')), log.join(' '));
for (const wrong of [() => new Event(), () => new Event('a', 5), () => Event.prototype.type, () => target.dispatchEvent({}), () => new Event(Symbol('s'))]) {
  try { wrong(); console.log('no error'); } catch (error) { console.log(error.name, error.code, error.message.split('\n')[0]); }
}
console.log(typeof event.timeStamp, event.timeStamp <= performance.now(), new Event('b').timeStamp >= event.timeStamp);
const controller = new AbortController();
controller.signal.onabort = (e) => console.log('aborted', e.isTrusted, e.type, e instanceof Event);
controller.abort('why');
console.log(controller.signal.aborted, controller.signal.reason, AbortSignal.any([controller.signal]).reason);

// Properties: own, inherited, accessors, keyed, additions, literals, deletion.
class A { get twice() { return this.x * 2; } set twice(v) { this.x = v / 2; } m() { return 1; } }
const o = Object.assign(new A(), { x: 1 }), keys = ['x', 'y', 'z'];
let s = 0;
for (let i = 0; i < 3000; i++) { o.x = i; o.twice = o.twice + 2; const n = { x: i, y: 2, z: 3 }; n.w = i; s += n[keys[i % 3]] + o.m() + ('x' in n ? 1 : 0); delete n.w; }
console.log(s);

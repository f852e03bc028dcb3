// SPDX-License-Identifier: MIT
// Array as a whole: each line's text was recorded from Node 26.
function show(v){ return typeof v==='object'&&v!==null ? (Array.isArray(v)? '['+Array.from({length:v.length},(_, i)=>i in v?show(v[i]):'<hole>').join(',')+']' : '{'+Object.keys(v).map(k=>k+':'+show(v[k])).join(',')+'}') : typeof v==='string'? "'"+v+"'" : Object.is(v,-0)?'-0':String(v); }
function t(name, f){ try { print(name + ' ' + show(f())); } catch (e) { print(name + ' ! ' + e.name + ': ' + e.message); } }
t('ctor', ()=>[Array(3), Array(1,2), new Array('3'), new Array(0)]); // expect: ctor [[<hole>,<hole>,<hole>],[1,2],['3'],[]]
t('ctorbad', ()=>Array(-1)); // expect: ctorbad ! RangeError: Invalid array length
t('ctorbad2', ()=>new Array(1.5)); // expect: ctorbad2 ! RangeError: Invalid array length
t('of', ()=>Array.of(7,8)); // expect: of [7,8]
t('isArray',()=>[Array.isArray([]),Array.isArray(new Proxy([],{})),Array.isArray({length:0})]); // expect: isArray [true,true,false]
t('from', ()=>Array.from('héllo')); // expect: from ['h','é','l','l','o']
t('from2',()=>Array.from({length:3},(v,i)=>i*2)); // expect: from2 [0,2,4]
t('from3',()=>Array.from(new Set([1,2,2,3]), x=>x+1)); // expect: from3 [2,3,4]
t('from4',()=>Array.from([1,,3])); // expect: from4 [1,undefined,3]
t('frombad',()=>Array.from([1],3)); // expect: frombad ! TypeError: number 3 is not a function
t('fromnull',()=>Array.from(null)); // expect: fromnull ! TypeError: object null is not iterable (cannot read property Symbol(Symbol.iterator))
t('push',()=>{var a=[1];return [a.push(2,3),a]}); // expect: push [3,[1,2,3]]
t('pushobj',()=>{var o={length:2};Array.prototype.push.call(o,'x');return o}); // expect: pushobj {2:'x',length:3}
t('pushfrozen',()=>Object.freeze([1]).push(2)); // expect: pushfrozen ! TypeError: Cannot add property 1, object is not extensible
t('pushhuge',()=>Array.prototype.push.call({length:2**53-1},1)); // expect: pushhuge ! TypeError: Pushing 1 elements on an array-like of length 9007199254740991 is disallowed, as the total surpasses 2**53-1
t('pop',()=>{var a=[1,2];return [a.pop(),a.pop(),a.pop(),a]}); // expect: pop [2,1,undefined,[]]
t('pophole',()=>{var a=[1,,];return [a.pop(),a]}); // expect: pophole [undefined,[1]]
t('shift',()=>{var a=[1,2,3];return [a.shift(),a]}); // expect: shift [1,[2,3]]
t('shifthole',()=>{var a=[,2,,4];return [a.shift(),a]}); // expect: shifthole [undefined,[2,<hole>,4]]
t('shiftobj',()=>{var o={0:'a',2:'c',length:3};Array.prototype.shift.call(o);return o}); // expect: shiftobj {1:'c',length:2}
t('unshift',()=>{var a=[3,,5];return [a.unshift(1,2),a]}); // expect: unshift [5,[1,2,3,<hole>,5]]
t('unshift0',()=>[].unshift()); // expect: unshift0 0
t('unshiftobj',()=>{var o={0:'a',2:'c',length:3};Array.prototype.unshift.call(o,'z');return o}); // expect: unshiftobj {0:'z',1:'a',3:'c',length:4}
t('splice',()=>{var a=[1,2,3,4,5];return [a.splice(1,2,'a','b','c'),a]}); // expect: splice [[2,3],[1,'a','b','c',4,5]]
t('splice2',()=>{var a=[1,2,3];return [a.splice(-1),a,a.splice(),a.splice(0),a]}); // expect: splice2 [[3],[],[],[1,2],[]]
t('splicehole',()=>{var a=[1,,3,,5];return [a.splice(1,3),a]}); // expect: splicehole [[<hole>,3,<hole>],[1,5]]
t('spliceend',()=>{var a=[1];a.length=5;return [a.splice(3,1,'x','y'),a]}); // expect: spliceend [[<hole>],[1,<hole>,<hole>,'x','y',<hole>]]
t('spliceobj',()=>{var o={0:1,1:2,2:3,length:3};return [Array.prototype.splice.call(o,0,2,'q'),o]}); // expect: spliceobj [[1,2],{0:'q',1:3,length:2}]
t('slice',()=>[[1,2,3,4].slice(1,-1),[1,,3].slice(),[1,2].slice(5),Array.prototype.slice.call('abc',1)]); // expect: slice [[2,3],[1,<hole>,3],[],['b','c']]
t('concat',()=>[1].concat(2,[3,[4]],{length:1,0:'x',[Symbol.isConcatSpreadable]:true},[,5])); // expect: concat [1,2,3,[4],'x',<hole>,5]
t('join',()=>[[1,null,undefined,'a',[2,[3]]].join(),[1,2].join('--'),[].join(),[,].join(),[1,2,3].join('')]); // expect: join ['1,,,a,2,3','1--2','','','123']
t('cycle',()=>{var a=[1];a.push(a,2);return a.join()}); // expect: cycle '1,,2'
t('toString',()=>String([1,[2,3]])+Array.prototype.toString.call({join:()=>'J'})+Array.prototype.toString.call({})); // expect: toString '1,2,3J[object Object]'
t('joinsym',()=>[Symbol()].join()); // expect: joinsym ! TypeError: Cannot convert a Symbol value to a string
t('reverse',()=>[[1,2,3].reverse(),[1,,3,4].reverse(),[,1].reverse()]); // expect: reverse [[3,2,1],[4,3,<hole>,1],[1,<hole>]]
t('indexOf',()=>[[1,2,3,2].indexOf(2),[1,2].indexOf(2,-1),[NaN].indexOf(NaN),[,].indexOf(undefined),['a'].indexOf('a',5),[1,2,1].lastIndexOf(1),[1,2,1].lastIndexOf(1,-2),[1].lastIndexOf(1,-5),[0].indexOf(-0)]); // expect: indexOf [1,1,-1,-1,-1,2,0,-1,0]
t('includes',()=>[[NaN].includes(NaN),[,].includes(undefined),[1].includes(2),[1,2].includes(1,1)]); // expect: includes [true,true,false,false]
t('find',()=>[[1,2,3].find(x=>x>1),[1,2,3].findIndex(x=>x>1),[1,2,3].findLast(x=>x<3),[1,2,3].findLastIndex(x=>x>5),[,1].find(x=>x===undefined)]); // expect: find [2,1,2,-1,undefined]
t('forEach',()=>{var r=[];[1,,3].forEach(function(v,k,o){r.push(v,k,o.length,this.q)},{q:9});return r}); // expect: forEach [1,0,3,9,3,2,3,9]
t('forEachBad',()=>[1].forEach(1)); // expect: forEachBad ! TypeError: number 1 is not a function
t('forEachNull',()=>Array.prototype.forEach.call(null)); // expect: forEachNull ! TypeError: Array.prototype.forEach called on null or undefined
t('mapBad',()=>[].map({})); // expect: mapBad ! TypeError: object is not a function
t('map',()=>[1,,3].map(x=>x*2)); // expect: map [2,<hole>,6]
t('filter',()=>[1,2,,4].filter(x=>x>1)); // expect: filter [2,4]
t('some',()=>[[1].some(x=>x),[].some(x=>x),[].every(x=>x),[1,0].every(x=>x)]); // expect: some [true,false,true,false]
t('reduce',()=>[[1,2,3].reduce((a,b)=>a+b),[1,2,3].reduceRight((a,b)=>a+'-'+b),[].reduce((a,b)=>a,7),[1,2].reduce((a,b,i,o)=>a+i+o.length,'')]); // expect: reduce [6,'3-2-1',7,'0212']
t('reduceEmpty',()=>[].reduce((a,b)=>a)); // expect: reduceEmpty ! TypeError: Reduce of empty array with no initial value
t('reduceHole',()=>[,,].reduce((a,b)=>a)); // expect: reduceHole ! TypeError: Reduce of empty array with no initial value
t('flat',()=>[[1,[2,[3,[4]]]].flat(),[1,[2,[3,[4]]]].flat(Infinity),[1,,[2,,3]].flat(),[[1]].flat(0)]); // expect: flat [[1,2,[3,[4]]],[1,2,3,4],[1,2,3],[[1]]]
t('flatMap',()=>[1,2].flatMap(x=>[x,[x]])); // expect: flatMap [1,[1],2,[2]]
t('flatMapBad',()=>[].flatMap(1)); // expect: flatMapBad ! TypeError: number 1 is not a function
t('fill',()=>[[1,2,3].fill(0),[1,2,3].fill(0,1,-1),Array(3).fill('a'),Array.prototype.fill.call({length:2},1)]); // expect: fill [[0,0,0],[1,0,3],['a','a','a'],{0:1,1:1,length:2}]
t('copyWithin',()=>[[1,2,3,4,5].copyWithin(0,3),[1,2,3,4,5].copyWithin(1,0,3),[1,,3,4].copyWithin(0,1)]); // expect: copyWithin [[4,5,3,4,5],[1,1,2,3,5],[<hole>,3,4,4]]
t('sort',()=>[[3,1,2].sort(),[10,9,1].sort(),['b',undefined,'a',,'c'].sort(),[3,1,2].sort((a,b)=>b-a),[5,2,8,1,9,3,7,4,6,0,11,15,13,12].sort((a,b)=>a-b)]); // expect: sort [[1,2,3],[1,10,9],['a','b','c',undefined,<hole>],[3,2,1],[0,1,2,3,4,5,6,7,8,9,11,12,13,15]]
t('sortStable',()=>[[1,'a'],[0,'b'],[1,'c'],[0,'d'],[1,'e'],[0,'f'],[1,'g'],[0,'h'],[1,'i'],[0,'j'],[1,'k']].sort((a,b)=>a[0]-b[0]).map(x=>x[1]).join('')); // expect: sortStable 'bdfhjacegik'
t('sortBad',()=>[].sort(1)); // expect: sortBad ! TypeError: The comparison function must be either a function or undefined: 1
t('sortNull',()=>[].sort(null)); // expect: sortNull ! TypeError: The comparison function must be either a function or undefined: null
t('sortThrow',()=>[2,1].sort(()=>{throw new Error('x')})); // expect: sortThrow ! Error: x
t('sortbig',()=>{var a=[];for(var i=0;i<5000;i++)a.push((i*7919)%5003);a.sort((x,y)=>x-y);for(i=1;i<a.length;i++)if(a[i-1]>a[i])return false;return true}); // expect: sortbig true
t('sortnan',()=>[2,1,3].sort(()=>NaN)); // expect: sortnan [2,1,3]
t('sortobj',()=>Array.prototype.sort.call({0:'b',1:'a',3:'z',length:4})); // expect: sortobj {0:'a',1:'b',2:'z',length:4}
t('toX',()=>{var a=[3,1,,2];return [a.toReversed(),a.toSorted(),a.toSpliced(1,1,'x','y'),a.with(0,9),a.with(-1,8),a]}); // expect: toX [[2,undefined,1,3],[1,2,3,undefined],[3,'x','y',undefined,2],[9,1,undefined,2],[3,1,undefined,8],[3,1,<hole>,2]]
t('withBad',()=>[1].with(5,1)); // expect: withBad ! RangeError: Invalid index : 5
t('withBad2',()=>[1].with(-2,1)); // expect: withBad2 ! RangeError: Invalid index : -2
t('at',()=>[[1,2,3].at(-1),[1].at(5),[1].at(-5),[1,2].at('1')]); // expect: at [3,undefined,undefined,2]
t('iter',()=>[[...[1,,2]],[...[7,8].keys()],[...[7,8].entries()],[...'ab']]); // expect: iter [[1,undefined,2],[0,1],[[0,7],[1,8]],['a','b']]
t('iter2',()=>{var it=[1][Symbol.iterator]();return [it.next(),it.next(),it.next(),Object.prototype.toString.call(it)]}); // expect: iter2 [{value:1,done:false},{value:undefined,done:true},{value:undefined,done:true},'[object Array Iterator]']
t('iterbad',()=>[][Symbol.iterator]().next.call({})); // expect: iterbad ! TypeError: Method Array Iterator.prototype.next called on incompatible receiver #<Object>
t('species',()=>{class B extends Array{} var b=B.from([1,2]); return [b instanceof B, b.map(x=>x) instanceof B, b.slice() instanceof B, b.concat() instanceof B, b.length, b.filter(x=>x>1).length, new B(3).length, b.splice(0,1) instanceof B]}); // expect: species [true,true,true,true,2,1,3,true]
t('species2',()=>{var a=[1,2];a.constructor={[Symbol.species]:function(n){this.n=n}};return [a.slice(1),a.map(x=>x)]}); // expect: species2 [{0:2,n:1,length:1},{0:1,1:2,n:2}]
t('species3',()=>{var a=[1,2];a.constructor=undefined;return a.slice(1)}); // expect: species3 [2]
t('speciesbad',()=>{var a=[1];a.constructor=1;return a.slice()}); // expect: speciesbad ! TypeError: object.constructor[Symbol.species] is not a constructor
t('proto',()=>{Array.prototype[1]='P';try{return [[1,,3].map(x=>x),[1,,3].indexOf('P'),[1,,3].slice(),[0,,2].sort()]}finally{delete Array.prototype[1]}}); // expect: proto [[1,'P',3],1,[1,'P',3],[0,2,'P']]
t('unscopables',()=>Object.keys(Array.prototype[Symbol.unscopables])); // expect: unscopables ['at','copyWithin','entries','fill','find','findIndex','findLast','findLastIndex','flat','flatMap','includes','keys','toReversed','toSorted','toSpliced','values']
t('lens',()=>Object.getOwnPropertyNames(Array.prototype).map(k=>k+(typeof Array.prototype[k]==='function'?Array.prototype[k].length:''))); // expect: lens ['length','constructor1','at1','concat1','copyWithin2','fill1','find1','findIndex1','findLast1','findLastIndex1','lastIndexOf1','pop0','push1','reverse0','shift0','unshift1','slice2','sort1','splice2','includes1','indexOf1','join1','keys0','entries0','values0','forEach1','filter1','flat0','flatMap1','map1','every1','some1','reduce1','reduceRight1','toReversed0','toSorted1','toSpliced2','with2','toLocaleString0','toString0']
t('vals',()=>Array.prototype.values===Array.prototype[Symbol.iterator]); // expect: vals true
t('len',()=>{var a=[1,2,3];a.length=1;a[5]=1;return [a,a.length]}); // expect: len [[1,<hole>,<hole>,<hole>,<hole>,1],6]
t('lenbad',()=>{[].length=-1}); // expect: lenbad ! RangeError: Invalid array length
t('proxy',()=>{var log=[];var p=new Proxy([1,2],{get(t,k,r){log.push(String(k));return Reflect.get(t,k,r)}});p.map(x=>x);return log}); // expect: proxy ['map','length','constructor','0','1']
t('del',()=>{var a=[1,2,3];delete a[1];return [a,a.length,1 in a]}); // expect: del [[1,<hole>,3],3,false]
t('destr',()=>{var [a,,b=5,...c]=[1,2,undefined,4,5];return [a,b,c]}); // expect: destr [1,5,[4,5]]
t('spread',()=>Math.max(...[1,5,3])); // expect: spread 5
t('grow',()=>{var a=[1,2,3];a.forEach((x,i)=>{if(i<2)a.push(x)});return a}); // expect: grow [1,2,3,1,2]
t('shrink',()=>{var a=[1,2,3,4],r=[];a.forEach(x=>{r.push(x);a.pop()});return r}); // expect: shrink [1,2]
t('toLocale',()=>[1,null,'a'].toLocaleString()); // expect: toLocale '1,,a'
t('groupBy',()=>Object.groupBy([1,2,3],x=>x%2?'odd':'even')); // expect: groupBy {odd:[1,3],even:[2]}

// prettier: its parsers for scripts, types, style, markup and data, and its printer of each.
import prettier from 'prettier';
import trees from './trees.js';

const { read, report, tree } = trees;
const files = [
  ...tree('express/lib', /(application|request|utils)\.js$/),
  ...tree('rxjs/src/internal', /^(Observable|Subject)\.ts$/),
  ...tree('rxjs/src/internal/operators', /^[s-t]\w*\.ts$/).slice(0, 12),
  'lodash/_createWrap.js',
  'zod/package.json',
  'rxjs/README.md',
];
for (const file of files) report(file, await prettier.format(read(file), { filepath: file, printWidth: 100, singleQuote: true }));
const format = async (parser, text) => console.log(await prettier.format(text, { parser }));
await format('css', '@media (max-width:100px){a{color:RED;b:calc(1px+2px)}}\n.a,.b>c~d{grid-template-areas:"a b" "c d"}');
await format('scss', '$map:(a:1,b:2);@mixin m($x...){@if $x==1{&:hover{a:$x}}@else{b:c}}');
await format('html', '<!doctype html><div class="a   b"><p>x<b>y</b> z</p><script>let a=1</script><style>a{b:c}</style><pre>\n a</pre></div>');
await format('vue', '<template><div v-for="a in b" :key="a.id" @click="f(a,b)">{{a|x}}</div></template><script setup>const a=1</script>');
await format('yaml', 'a:   1\nb:\n    - c\n    - &x {d:  1}\n# c\ne: |\n   text\n');
await format('graphql', 'query Q($a:Int=1){a(b:$a){...F @include(if:true) c}} fragment F on T{d}');
await format('markdown', '* a\n* b\n\n| a | b |\n|--|:-:|\n| 日本 | c |\n\n```js\nlet a\n```');
await format('babel', 'a=>b=>c; <div {...a} b={`x${1}`}>{/*c*/}text {" "}</div>; x = a ? b : c ? d : e; foo(function(){return 1}, ...args)');
await prettier.format('let a = (', { parser: 'babel' }).catch((error) => console.log(error.message));
await prettier.format('let a: = 1', { parser: 'typescript' }).catch((error) => console.log(error.message));

// ejs, pug and handlebars.
'use strict';
const path = require('node:path');
const Handlebars = require('handlebars');
const pug = require('pug');

const data = { title: 'News & <more>', items: [{ kind: 'new', text: 'a < b', n: 1 }, { kind: 'old', text: 'xé"\'', n: 2 }] };
const fixture = (name) => path.join(__dirname, 'fixtures', name);

async function main() {
  const ejs = await import('ejs').then((m) => m.default ?? m);
  console.log(await ejs.renderFile(fixture('page.ejs'), data));
  console.log(ejs.render('<%= a %>|<%- a %>|<? b ?>', { a: '<&>' }));
  console.log(await ejs.render('<%= await later %>', { later: Promise.resolve('async') }, { async: true }));
  console.log(ejs.compile('<p><%= locals.x ?? 1 %></p>', { client: true, strict: true })({ x: 2 }));
  try {
    ejs.render('line 1\n<%= missing.value %>\n', {});
  } catch (error) {
    console.log(error.name, error.message);
  }

  console.log(pug.renderFile(fixture('page.pug'), { ...data, pretty: true }));
  console.log(pug.render('p(style={color: "red"} checked)= [1, 2].map((n) => n * factor).join()', { factor: 3 }));
  console.log(pug.compileClient('p= name', { name: 'tpl', compileDebug: false }).length);
  for (const wrong of ['p(', 'p\n  b\n p', 'p= a b', 'include none.pug']) {
    try {
      pug.render(wrong, { filename: 'inline.pug' });
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  try {
    pug.render('p\n  b= nothing.here', {});
  } catch (error) {
    console.log(error.name, error.message);
  }

  Handlebars.registerHelper('loud', (text) => `${text}!`.toUpperCase());
  Handlebars.registerHelper('wrap', function wrap(options) {
    return `[${options.fn({ ...this, extra: options.hash.extra })}|${options.inverse(this)}]`;
  });
  Handlebars.registerPartial('row', '<li>{{@index}} {{text}} {{{text}}} {{../title}}</li>');
  const template = Handlebars.compile(`{{!-- none --}}<h1>{{loud title}}</h1>
{{#each items}}
  {{> row}}
{{else}}
  none
{{/each}}
{{#with (lookup items 1)}}{{kind}}{{/with}}
{{#if missing}}yes{{else if title}}no{{/if}} {{#unless missing}}absent{{/unless}}
{{#wrap extra=5}}{{extra}}{{else}}inverse{{/wrap}} {{items.length}} {{items.[0].n}} {{__proto__}} {{constructor}}
{{#each map as |value key|}}{{key}}={{value}}{{#unless @last}},{{/unless}}{{/each}}`);
  console.log(template({ ...data, map: { x: 1, y: [2] } }));
  console.log(Handlebars.precompile('{{a}}').length);
  for (const wrong of ['{{#if a}}', '{{a', '{{nohelper 1}}']) {
    try {
      Handlebars.compile(wrong)({});
    } catch (error) {
      console.log(error.message);
    }
  }
}

main();

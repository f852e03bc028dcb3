// cheerio and jsdom.
'use strict';
const cheerio = require('cheerio');
const { JSDOM, VirtualConsole } = require('jsdom');

const page = `<!doctype html><html lang=en><head><title>T &amp; T</title><meta charset=utf-8></head>
<body class="a b"><div id=main><p>one<p>two <b>bold</b><ul><li data-x=1>1<li data-x="2" class=on>2</ul></div>
<table><tr><td>cell</table><form><input name=q value="x y"><select name=s><option value=1>a<option selected>b</select>
<textarea name=t>\ntext</textarea></form><svg><path d="M0 0"/></svg></body></html>`;

function parse() {
  const $ = cheerio.load(page);
  console.log($('title').text(), $('#main p').length, $('li.on').prev().data('x'), $('li:nth-child(2)').attr('data-x'));
  $('ul').append('<li>3</li>').addClass('list').find('li').each((k, e) => void $(e).attr('id', `n${k}`));
  console.log($('#main').html());
  console.log($('form').serializeArray(), $('form').serialize());
  console.log($.html().length, $('p').map((k, e) => $(e).text()).get(), $('td').closest('tbody').is('table > *'));
  console.log($.extract({ items: ['li'], first: { selector: 'li', value: 'data-x' } }));
  console.log(cheerio.load('<a><b/>x</a>', { xml: true }).xml());
}

async function browse() {
  const virtualConsole = new VirtualConsole();
  virtualConsole.on('log', (...args) => console.log('page:', ...args));
  virtualConsole.on('jsdomError', (error) => console.log('jsdomError:', error.type, error.message.split('\n')[0]));
  const dom = new JSDOM(page.replace('</body>', `<script>
    console.log(document.readyState, this === window, typeof setTimeout, location.href);
    document.body.append(Object.assign(document.createElement('i'), { textContent: 'made' }));
    customElements.define('x-y', class extends HTMLElement { connectedCallback() { this.innerHTML = '<u>up</u>'; } });
    document.body.insertAdjacentHTML('beforeend', '<x-y></x-y>');
    setTimeout(() => { console.log('timer', new Date(0).getTime()); window.done(); }, 1);
    missing();
  </script></body>`), { url: 'https://example.org/a/b?c', runScripts: 'dangerously', pretendToBeVisual: true, virtualConsole });
  const { window } = dom;
  const { document } = window;
  await new Promise((resolve) => (window.done = resolve));
  console.log(document.title, document.querySelector('x-y').outerHTML, document.querySelectorAll('p')[1].childNodes.length);
  const seen = [];
  new window.MutationObserver((records) => seen.push(...records.map((r) => [r.type, r.target.id, r.attributeName]))).observe(document.body, { attributes: true, childList: true, subtree: true });
  const main = document.getElementById('main');
  main.addEventListener('click', (event) => seen.push(['click', event.target.tagName, event.eventPhase, event.isTrusted]));
  main.firstChild.click();
  main.firstChild.remove();
  main.setAttribute('style', 'color: RED; margin: 1px 2px');
  await null;
  console.log(seen, main.style.color, main.style.marginLeft, window.getComputedStyle(main).display);
  console.log(new window.FormData(document.forms[0]).get('t'), document.forms[0].elements.s.value, new window.URL('x', document.baseURI).href);
  console.log(document.evaluate('count(//li)', document, null, 1, null).numberValue, main instanceof window.HTMLDivElement, main instanceof window.Node);
  document.cookie = 'k=v; path=/';
  window.localStorage.setItem('a', 'b');
  console.log(document.cookie, window.localStorage.length, window.navigator.userAgent.includes('jsdom'));
  console.log(window.eval('[] instanceof Array'), window.Array === Array, window.eval('1 + 1'));
  for (const wrong of [() => document.querySelector('a['), () => document.createElement('1'), () => main.appendChild(document)]) {
    try {
      wrong();
    } catch (error) {
      console.log(error.name, error.message, error instanceof window.DOMException);
    }
  }
  console.log(new window.XMLSerializer().serializeToString(document.querySelector('svg')));
  console.log(dom.serialize().length, JSDOM.fragment('<p>x</p>').firstChild.outerHTML);
  window.close();
}

parse();
browse();

/**
 * All that the page cannot do without a script: bring the visitor's platform to the front, complete the curl
 * lines where the page does not know its own address, copy to the clipboard (which plain http lacks).
 */
export const script = `
'use strict';
(async () => {
  const told = document.querySelector('p#told');
  let timer;
  const tell = (text) => {
    told.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { told.textContent = ''; }, 2500);
  };
  const copy = async (code) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent);
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (!document.execCommand('copy')) throw new Error();
    selection.removeAllRanges();
  };
  for (const url of document.querySelectorAll('[data-url]')) {
    url.textContent = url.closest('.file').querySelector('a').href;
    url.closest('.copy').hidden = false;
  }
  for (const box of document.querySelectorAll('.copy')) {
    const code = box.querySelector('code');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', box.dataset.label);
    button.addEventListener('click', () => {
      copy(code).then(() => tell('Copied'), () => tell('Could not copy: select the text instead'));
    });
    box.append(button);
  }
  const agent = navigator.userAgent;
  const hints = navigator.userAgentData;
  const os = /Android/.test(agent) ? 'android'
    : /iPhone|iPad/.test(agent) ? 'ios'
    : /Windows/.test(agent) ? 'windows'
    : /Mac OS X/.test(agent) ? 'darwin'
    : (/FreeBSD|OpenBSD|NetBSD|Linux/.exec(agent) || [''])[0].toLowerCase();
  let architecture = /aarch64|arm64/i.test(agent) ? 'arm64'
    : /armv\\d/i.test(agent) ? 'arm'
    : os === 'darwin' ? ''
    : /x86_64|x64|amd64/i.test(agent) ? 'amd64'
    : /i\\d86/.test(agent) ? '386' : '';
  if (hints && hints.getHighEntropyValues) {
    const { architecture: family, bitness } = await hints.getHighEntropyValues(['architecture', 'bitness']).catch(() => ({}));
    const known = { arm64: 'arm64', arm32: 'arm', x8664: 'amd64', x8632: '386' };
    architecture = known[String(family) + bitness] || architecture;
  }
  for (const list of document.querySelectorAll('.platforms')) {
    const rank = ({ dataset }) => (dataset.os !== os ? 2 : dataset.architecture === architecture ? 0 : 1);
    const cards = [...list.children];
    list.append(...cards.sort((a, b) => rank(a) - rank(b)));
    const [first] = cards;
    if (rank(first) > 0) continue;
    first.classList.add('yours');
    const badge = document.createElement('span');
    badge.className = 'badge';
    badge.textContent = 'Your platform';
    first.querySelector('h3').append(badge);
  }
})();
`.trim();

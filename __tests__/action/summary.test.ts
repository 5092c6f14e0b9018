import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Answer, memory, refuse, startFake } from '../repository/registry/fake.ts';
import { type ActionEnded, runAction } from '../support/alba.ts';
import { githubPage } from '../support/github-page.ts';
import { describeWith, findTool } from '../support/tools.ts';

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const hostile = `<img src=x onerror="document.title='owned'">'&quot; [a](b) \`c\` **d** é.txt`;
const digest = /^[0-9a-f]{12}$/;

/** A folder to leave pictures in, for who wants to look at them. */
const { ALBA_SCREENSHOTS: pictures } = process.env;

describeWith(['chromium'], 'the page of a run', () => {
  const temporary = useTemporary();
  let browser: Browser;
  beforeAll(async () => {
    makeArtifacts(join(temporary.path, 'docker'));
    for (const [platform, name] of [
      ['linux/amd64', 'albatros'],
      ['linux/arm64', 'albatros'],
      ['windows/amd64', 'albatros.exe'],
      ['darwin/arm64', hostile],
      ['darwin/arm64', `share/${'a-very-long-folder/'.repeat(5)}${'x'.repeat(120)}.dat`],
    ] as const) {
      const path = join(temporary.path, 'df', platform, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `#!/bin/sh ${platform} ${name}\n`.repeat(1000));
    }
    browser = await chromium.launch({ executablePath: findTool('chromium') ?? '', args: flags.split(' ') });
  });
  afterAll(() => browser?.close());

  const act = (inputs: Record<string, string>): Promise<ActionEnded> =>
    runAction({ artifacts: 'docker/', ...inputs }, { cwd: temporary.path });

  /** The page at both widths: nothing is out of view at the width of GitHub's, and no text beside the page in a narrow one. */
  async function look(name: string, { summary }: ActionEnded): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 400, height: 800 } });
    await page.setContent(githubPage(summary));
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(400);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}-narrow.png`), fullPage: true });
    await page.setViewportSize({ width: 980, height: 800 });
    if (pictures) await page.screenshot({ path: join(pictures, `${name}-wide.png`), fullPage: true });
    expect(await overflowing(page)).toEqual([]);
    expect(await page.title()).toBe('');
    return page;
  }

  /** What is read there; a number and its unit are held together by another space. */
  const texts = async (page: Page, selector: string): Promise<string[]> =>
    (await page.locator(selector).allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));

  it('of a container: what to pull, platforms, targets, links and digests', async () => {
    await using registry = await startFake(memory());
    const target = `docker://${registry.host}/organisation/albatros\nfile://./${'a-long-name-of-a-bucket/'.repeat(4)}site`;
    const ended = await act({ tag: 'albatros:0.9\nalbatros:latest', target });
    expect(ended.code, ended.stdout).toBe(0);
    const page = await look('container', ended);
    expect(await texts(page, 'h2')).toEqual(['Published albatros:0.9, latest']);
    expect(await texts(page, 'pre')).toEqual([`docker pull ${registry.host}/organisation/albatros:0.9`]);
    expect(await texts(page, 'table:nth-of-type(1) td:nth-child(1)')).toEqual([
      'linux/386',
      'linux/amd64',
      'linux/arm/v7',
      'linux/arm64',
    ]);
    for (const text of await texts(page, 'table:nth-of-type(1) code')) expect(text).toMatch(digest);
    const targets = await texts(page, 'table:nth-of-type(2) tr');
    expect(targets).toHaveLength(3);
    expect(targets[1]).toMatch(/albatros\s+4\.9 kB\s+0 B$/);
    expect(await page.innerText('main')).toMatch(/9\.\d kB sent, 0 B already there, in \d+(\.\d)? s\./);
    const references = (ended.outputs.references ?? '').split('\n');
    expect(await texts(page, 'main > ul > li')).toEqual(references);
    const platforms = Object.values<string>(JSON.parse(ended.outputs.platforms ?? ''));
    const inFull = await texts(page, 'details code');
    expect(inFull).toEqual([ended.outputs.digest, ...platforms]);

    const again = await act({ tag: 'albatros:0.9', target });
    expect(await texts(await look('container-again', again), 'table:nth-of-type(1) td:nth-child(3)')).toEqual(
      Array(4).fill('already there'),
    );
  });

  it('of a dry run: no line to copy, and what would be sent', async () => {
    const page = await look(
      'dry',
      await act({ tag: 'albatros:0.9', target: 'oci:./dry', 'dry-run': 'true' }),
    );
    expect(await texts(page, 'h2')).toEqual(['Dry run of dry:0.9']);
    expect(await texts(page, 'pre')).toEqual([]);
    expect(await page.innerText('main')).toContain('nothing was written. 4.9 kB would be sent');
  });

  it('of a container that one target refuses the tag of: the error, what is published and what is not', async () => {
    const store = memory();
    const site = join(temporary.path, 'partial/v2/albatros/manifests/0.9');
    const answer: Answer = async (request, response) => {
      if (request.method !== 'PUT' || !request.path.endsWith('/manifests/0.9'))
        return store(request, response);
      await vi.waitFor(() => stat(join(site, '../../tags/list')), { timeout: 20_000 });
      return refuse(response, 403, 'DENIED', `the tag 0.9 is immutable ${hostile}`);
    };
    await using registry = await startFake(answer);
    const target = `file://./partial\ndocker://${registry.host}/albatros`;
    const ended = await act({ tag: 'albatros:0.9', target });
    expect(ended.code).toBe(1);
    const page = await look('container-failed', ended);
    expect(await texts(page, 'h2')).toEqual(['Published in part: albatros:0.9']);
    expect((await texts(page, 'main > p'))[0]).toMatch(
      /^Not at docker:.*, or not with all tags: .* 403 Forbidden: DENIED: the tag 0\.9 is immutable <img/,
    );
    const index = JSON.parse(await readFile(site, 'utf8'));
    expect(index.manifests).toHaveLength(4);
    const { references = '', digest: published } = ended.outputs;
    expect(references).toMatch(/partial#albatros:0\.9@/);
    expect(references.endsWith(`${published}`)).toBe(true);
    expect(await texts(page, 'main > ul > li')).toEqual([references]);
    expect(await texts(page, 'pre')).toEqual([]);
  });

  it('of a container that gets one of its tags refused: that it is published in part, and as what', async () => {
    const store = memory();
    await using registry = await startFake((request, response) =>
      request.method === 'PUT' && request.path.endsWith('/manifests/latest')
        ? refuse(response, 403, 'DENIED', 'the tag latest is immutable')
        : store(request, response),
    );
    const where = `${registry.host}/albatros`;
    const ended = await act({ tag: 'albatros:0.9\nalbatros:latest', target: `docker://${where}` });
    expect(ended.code).toBe(1);
    const page = await look('container-partly', ended);
    expect(await texts(page, 'h2')).toEqual(['Published in part: albatros:0.9']);
    expect((await texts(page, 'main > p'))[0]).toContain('the tag latest is immutable');
    expect(ended.outputs.references).toBe(`${where}:0.9@${ended.outputs.digest}`);
    expect(await texts(page, 'main > ul > li')).toEqual([ended.outputs.references]);
  });

  it('of a container that no target takes: the error, and what was sent in vain', async () => {
    const store = memory();
    await using registry = await startFake((request, response) =>
      request.method === 'PUT' && request.path.endsWith('/manifests/0.9')
        ? refuse(response, 403, 'DENIED', `the tag 0.9 is immutable ${hostile}`)
        : store(request, response),
    );
    const ended = await act({ tag: 'albatros:0.9', target: `docker://${registry.host}/albatros` });
    expect(ended).toMatchObject({ code: 1, outputs: {} });
    const page = await look('container-refused', ended);
    expect(await texts(page, 'h2')).toEqual(['Failed: albatros:0.9']);
    expect((await texts(page, 'main > p'))[0]).toContain(
      '403 Forbidden: DENIED: the tag 0.9 is immutable <img',
    );
    expect(await texts(page, 'td')).toEqual([
      `docker://${registry.host}/albatros`,
      'not published: no tag was changed',
      '4.9 kB',
    ]);
  });

  it('of a call that is wrong: all that is wrong with it, and that nothing was published', async () => {
    const ended = await act({ artifacts: '', tag: 'app:x', target: 'gopher://x', format: 'zip' });
    expect(ended.code).toBe(1);
    const page = await look('usage', ended);
    expect(await texts(page, 'h2')).toEqual(['Failed: app:x']);
    expect((await texts(page, 'li')).join('\n')).toMatch(/no artifacts.*\n.*gopher.*\n.*zip/);
    expect(await page.innerText('main')).toContain('Nothing was published');
    expect(ended.outputs).toEqual({});
    const unknown = await act({ command: 'container fetch' });
    expect(await texts(await look('unknown', unknown), 'main > p')).toContainEqual(
      expect.stringMatching(/^command "container fetch" is unknown: expected container push, .*doctor$/),
    );
  });

  it('of a static release: its page, platforms, targets, and files with links', async () => {
    const ended = await act({
      command: 'static push',
      artifacts: 'df/',
      tag: 'albatros:0.9',
      target: 'file://./download',
      page: 'true',
      'public-url': 'https://download.example.org',
    });
    expect(ended.code, ended.stdout).toBe(0);
    const page = await look('static', ended);
    const root = 'https://download.example.org/df-dist-v1/albatros';
    expect(await texts(page, 'h2')).toEqual(['Published albatros:0.9']);
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.textContent]));
    expect(links.slice(0, 2)).toEqual([
      [`${root}/index.html`, `${root}/index.html`],
      [`${root}/0.9`, `${root}/0.9`],
    ]);
    expect(links.slice(2).map(([, text]) => text)).toContain(`darwin/arm64/${hostile}`);
    for (const [href] of links) expect(URL.canParse(href ?? '')).toBe(true);
    expect(JSON.parse(ended.outputs.metadata ?? '').page).toBe(`${root}/index.html`);
    const later = await act({
      command: 'static push',
      artifacts: 'df/',
      tag: 'albatros:0.10',
      target: 'file://./download',
    });
    expect(JSON.parse(later.outputs.metadata ?? '').page).toBe(
      `file://${join(temporary.path, 'download')}/df-dist-v1/albatros/index.html`,
    );
  });

  it('of a static release that tells of itself: date, source, the line that installs it, and notes', async () => {
    const notes =
      '## 1.1.0\r\n\r\n- **Faster**: `app --fast`\r\n- <b>x</b>\r\n \t\r\nMore, [told](https://example.org)\u202e.\r\n';
    await writeFile(join(temporary.path, 'CHANGELOG.md'), notes);
    const inputs = {
      ...{ command: 'static push', artifacts: 'df/', tag: 'told:1.1.0', target: 'file://./told' },
      'public-url': 'https://download.example.org',
    };
    const told = { notes: 'CHANGELOG.md', 'source-url': 'https://example.org/org/app', installer: 'true' };
    const env = { SOURCE_DATE_EPOCH: '1795823999' };
    const cwd = temporary.path;
    const ended = await runAction({ ...inputs, ...told }, { cwd, env });
    expect(ended.code, ended.stdout).toBe(0);
    const page = await look('static-told', ended);
    expect((await texts(page, 'main > p')).slice(0, 3)).toEqual([
      'The tag: https://download.example.org/df-dist-v1/told/1.1.0, of 2026-11-27',
      'Its source: https://example.org/org/app',
      'To install the newest release:',
    ]);
    const line = 'curl -fsSL https://download.example.org/df-dist-v1/told/install.sh | sh';
    expect(await texts(page, 'pre')).toEqual([line]);
    expect(await texts(page, '.notes li')).toEqual(['Faster: app --fast', '<b>x</b>']);
    expect(await texts(page, '.notes p')).toEqual(['More, told\\u202e.']);
    const later = await runAction({ ...inputs, tag: 'told:1.2.0' }, { cwd, env });
    expect(await texts(await look('static-later', later), 'pre')).toEqual([line]);
    expect(JSON.parse(later.outputs.metadata ?? '')).not.toHaveProperty('notes');
  });

  it('of a static release that fails at one target: what is published and what is not', async () => {
    const tag = join(temporary.path, 'second/df-dist-v1/albatros/0.9');
    await mkdir(tag, { recursive: true });
    await symlink('linux', join(tag, 'linux'));
    const inputs = { command: 'static push', artifacts: 'df/', tag: 'albatros:0.9' };
    const ended = await act({ ...inputs, target: 'file://./second' });
    expect(ended.code).toBe(1);
    const page = await look('static-failed', ended);
    expect(await texts(page, 'h2')).toEqual(['Failed: albatros:0.9']);
    expect(await texts(page, 'td')).toEqual([
      `file://${tag}`,
      'not published: no tag was changed',
      'not known',
    ]);
    expect(await page.innerText('main > p')).toContain('symbolic links lead back to themselves');
    await rm(join(temporary.path, 'second'), { recursive: true });
    await writeFile(join(temporary.path, 'second'), 'no folder');
    const early = await act({ ...inputs, target: 'file://./second' });
    expect(await (await look('static-early', early)).innerText('main')).toMatch(
      /Nothing was published, and no target was changed\. It failed after /,
    );
  });

  it('of a release by digest alone says so, with the digest in the line to copy', async () => {
    await using registry = await startFake(memory());
    const ended = await act({ tag: 'albatros', target: `docker://${registry.host}/organisation/albatros` });
    const page = await look('by-digest', ended);
    expect(await texts(page, 'h2')).toEqual(['Published albatros by digest, no tag']);
    expect((await texts(page, 'main > p > code'))[0]).toBe(
      `docker pull ${registry.host}/organisation/albatros@${ended.outputs.digest}`,
    );
    expect(ended.stdout).toContain(`[by digest, no tag] ${registry.host}/organisation/albatros\n`);
  });

  it('of many files folds them up, and is never longer than GitHub shows', async () => {
    const tree = join(temporary.path, 'many/linux/amd64');
    for (let count = 0; count < 250; count += 1) {
      const path = join(tree, `${"'".repeat(150)}/`.repeat(5), `file-${count}`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${count}`);
    }
    const ended = await act({
      command: 'static push',
      artifacts: 'many/',
      tag: 'many:1',
      target: 'file://./many-out',
      'public-url': 'https://download.example.org',
    });
    expect(ended.code, ended.stdout.slice(-1000)).toBe(0);
    expect(ended.summary.length).toBeLessThan(1024 * 1024);
    const page = await look('many', ended);
    expect(await texts(page, 'summary')).not.toContain('Digests in full');
    expect(await page.innerText('main')).toContain('The rest is too long for this page.');
  });
});

/** Elements that have more to show than there is room for, without their children. */
function overflowing(page: Page): Promise<string[]> {
  return page
    .locator('main, main *')
    .evaluateAll((all) =>
      all
        .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth)
        .map((element) => `${element.tagName}: ${element.textContent.slice(0, 80)}`),
    );
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from '../../src/serve/serve.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { describeWith, findTool } from '../support/tools.ts';
import { publish, readFiles, writeTree } from './support.ts';

const hostile = `<img src=x onerror="document.title='owned'">'&quot; #1?%41 é.txt`;
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

describeWith(['chromium'], 'the page in a browser', () => {
  const temporary = useTemporary();
  let site: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;

  beforeAll(async () => {
    const root = await writeTree(path.join(temporary.path, 'df'), {
      'linux/amd64/albatros': `#!${'amd64 '.repeat(1000)}`,
      [`linux/amd64/${hostile}`]: 'harmless',
      'darwin/arm64/albatros': '#!darwin',
      'windows/amd64/albatros.exe': 'windows',
    });
    const storage = new FilesystemStorage(path.join(temporary.path, 'out'));
    const files = await readFiles(root);
    await publish(storage, '0.9', files);
    await publish(storage, '0.10', files);
    site = await serve(path.join(temporary.path, 'out'), { port: 0 });
    browser = await chromium.launch({
      executablePath: findTool('chromium') ?? '',
      args: [...flags.split(' ')],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** The page, and all that it asked for or complained about. */
  const visit = async (options: Parameters<Browser['newContext']>[0] = {}) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${site.url}/df-dist-v1/albatros/index.html`);
    return { context, page, requests, complaints };
  };
  const download = async (page: Page, name: string): Promise<Buffer> => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).first().click();
    return readFile(await (await waiting).path());
  };

  it('downloads the bytes that were published, whatever their name', async () => {
    const { context, page, requests, complaints } = await visit();
    const bytes = await download(page, 'albatros');
    expect(bytes.toString()).toBe(`#!${'amd64 '.repeat(1000)}`);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    expect(await page.locator('li.file code').allTextContents()).toContain(digest);
    expect((await download(page, hostile)).toString()).toBe('harmless');
    expect(await page.title()).toBe('albatros: downloads');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(`${site.url}/df-dist-v1/albatros/`))).toEqual([]);
    await context.close();
  });

  it("brings the visitor's platform to the front, with a curl line that works and can be copied", async () => {
    const { context, page } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    const first = page.locator('section section.platform').first();
    expect(await first.getAttribute('class')).toContain('yours');
    expect(await first.locator('h3 code').textContent()).toBe('linux/amd64');
    const copy = page.getByRole('button', { name: 'Copy the curl line for albatros', exact: true }).first();
    await copy.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `curl -fL -o albatros ${site.url}/df-dist-v1/albatros/0.10/linux/amd64/albatros && chmod +x albatros`,
    );
    await context.close();
  });

  it('folds older releases, and works without a script', async () => {
    const { context, page } = await visit({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 640 },
    });
    const older = page.locator('details');
    expect(await older.locator('summary').allTextContents()).toEqual(['0.9 3 platforms']);
    await older.locator('summary').click();
    const link = older.getByRole('link', { name: 'albatros', exact: true }).first();
    expect(await link.isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(await page.locator('.copy:visible code').first().textContent()).toMatch(/^sha256:/);
    await context.close();
  });

  it.each([
    { width: 320, colorScheme: 'light' as const },
    { width: 1440, colorScheme: 'dark' as const },
  ])('fits a window of $width in $colorScheme', async ({ width, colorScheme }) => {
    const { context, page } = await visit({ viewport: { width, height: 800 }, colorScheme });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(colorScheme === 'dark' ? 'rgb(16, 19, 23)' : 'rgb(246, 247, 249)');
    await context.close();
  });
});

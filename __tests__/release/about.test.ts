import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notesFor } from '../../src/release/about.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { writeTree } from './support.ts';

const temporary = useTemporary();
const changelog = `# Changelog

## Unreleased

## [1.1.0] - 2026-11-28

- **Faster**: twice as fast, see [the figures](https://example.org/figures) and \`app --fast\`
- <script>alert(1)</script> stays what it is

### Mended

Nothing [else](javascript:alert(1)).

## 1.0.0

First.
`;

async function given(name: string): Promise<string> {
  const cwd = join(temporary.path, name);
  await mkdir(cwd);
  await writeTree(join(cwd, 'df'), {
    'linux/amd64/app': '#!app',
    'linux/amd64/app.asc': 'armour',
    'linux/amd64/app.sigstore.json': '{}',
    'linux/amd64/lone.sig': 'of nothing',
  });
  await writeFile(join(cwd, 'CHANGELOG.md'), changelog);
  return cwd;
}

const push = async (cwd: string, tag: string, ...more: string[]) => {
  const words = ['static', 'push', '--json', '--page', '-t', `app:${tag}`, ...more, 'df', 'file://./out'];
  const ended = await runAlba(words, { cwd, env: { SOURCE_DATE_EPOCH: '1795823999' } });
  const read = (key: string) => readFile(join(cwd, 'out/df-dist-v1/app', key), 'utf8');
  return {
    ended,
    page: () => read('index.html'),
  };
};

describe('a release that tells of itself', () => {
  it('shows date, the notes of its version and its source on the page, and no markup of theirs', async () => {
    const cwd = await given('told');
    const source = 'https://example.org/org/app/tree/v1.1.0';
    const pushed = await push(cwd, '1.1.0', '--notes', 'CHANGELOG.md', '--source-url', source);
    expect(pushed.ended, pushed.ended.stderr).toMatchObject({ code: 0 });
    const page = await pushed.page();
    expect(page).toContain('<time class="size" datetime="2026-11-27T23:59:59Z">2026-11-27</time>');
    expect(page).toContain(`<a href="${source}" aria-label="Source of 1.1.0">Source</a>`);
    expect(page).toContain(
      '<li><b>Faster</b>: twice as fast, see <a href="https://example.org/figures">the figures</a>',
    );
    expect(page).toContain('<code>app --fast</code>');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).toContain('[else](javascript:alert(1))');
    expect(page).not.toContain('First.');
  });

  it('keeps notes and date as long as its files stay, has no new digest then, and loses them with its files', async () => {
    const cwd = await given('kept');
    const first = await push(cwd, '1.0.0', '--notes', 'CHANGELOG.md');
    const { digest } = JSON.parse(first.ended.stdout);
    const again = await push(cwd, '1.0.0');
    expect(JSON.parse(again.ended.stdout)).toMatchObject({ digest, pushedBytes: 0 });
    expect(await again.page()).toContain('<p>First.</p>');
    await writeFile(join(cwd, 'df/linux/amd64/app'), '#!another');
    const other = await push(cwd, '1.0.0');
    expect(await other.page()).not.toContain('First.');
    expect(await other.page()).not.toContain('<time');
  });

  it('has the digest that it had without, where nothing is told of it', async () => {
    const cwd = await given('untold');
    const { ended } = await push(cwd, '1.0.0');
    // As it was before releases could tell of themselves.
    expect(JSON.parse(ended.stdout).digest).toBe(
      'sha256:64e9f5e8a41aca430a58e7279947d178b9b292ce0e7ee7c8abb2ce01c04e4e1f',
    );
  });

  it('has its signatures beside its files, and one of nothing as a file', async () => {
    const cwd = await given('signed');
    const page = await (await push(cwd, '1.0.0')).page();
    expect(page).toMatch(
      /<bdi>app<\/bdi><\/a><a class="size" href="\.\/1\.0\.0\/linux\/amd64\/app\.asc" aria-label="app\.asc" download>\.asc<\/a><a[^>]*download>\.sigstore\.json<\/a>/,
    );
    expect(page.match(/<li class="file">/g)).toHaveLength(2);
    expect(page).toContain('<bdi>lone.sig</bdi>');
  });

  it('is refused with what is missing: a heading, a file, a URL of the web', async () => {
    const cwd = await given('refused');
    const none = await push(cwd, '3.0', '--notes', 'CHANGELOG.md');
    expect(none.ended.stderr).toContain(
      'CHANGELOG.md is a changelog, and has no heading for 3.0: expected "## 3.0"',
    );
    const missing = await push(cwd, '1.0.0', '--notes', 'NOTES.md');
    expect(missing.ended.stderr).toMatch(/notes NOTES\.md does not exist in /);
    const script = await push(cwd, '1.0.0', '--source-url', 'javascript:alert(1)');
    expect(script.ended.stderr).toContain('is no URL of the web');
    await expect(none.page()).rejects.toThrow('ENOENT');
  });
});

describe('the notes of a tag', () => {
  it.each([
    ['v1.1.0', '# 1.1.0\nNew\n# 1.0.0\nOld', 'New'],
    [
      '1.1.0',
      '## v1.1.0 (2026)\r\n\r\nNew\r\n\r\n### Mended\r\n\r\nA lot\r\n## 1.0',
      'New\n\n### Mended\n\nA lot',
    ],
    ['1.1.0', 'Only of this', 'Only of this'],
    ['1.1.0', '## What is new\n\nThis', '## What is new\n\nThis'],
  ])('%s in %j', (tag, text, notes) => {
    expect(notesFor(tag, text, 'CHANGELOG.md')).toBe(notes);
  });

  it('are an error where they are empty, and no other version that begins alike', () => {
    expect(() => notesFor('1.1', '## 1.1\n\n## 1.0\nOld', 'CHANGELOG.md')).toThrow('says nothing of 1.1');
    expect(() => notesFor('1.1', '## 1.1.0\nNew', 'CHANGELOG.md')).toThrow('no heading for 1.1');
    // What is not released yet is no news of a release.
    expect(() => notesFor('1.1', '# Changelog\n## [Unreleased]\nSoon', 'CHANGELOG.md')).toThrow(
      'no heading for 1.1',
    );
  });
});

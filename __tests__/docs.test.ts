import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const posix = (path: string): string => path.split(sep).join('/');
const pages = globSync('{*.md,docs/**/*.md,bench/*.md,examples/*.md}', { cwd: root }).map(posix).sort();

const read = (page: string): string => readFileSync(join(root, page), 'utf8');
const exists = (pattern: string): boolean => globSync(pattern, { cwd: root }).length > 0;
/** The text without its blocks of code; what stands in them is no Markdown. */
const prose = (page: string): string => read(page).replace(/^ *```[\s\S]*?^ *```$/gm, '');
/** Without code between backticks, too. */
const words = (page: string): string => prose(page).replace(/`[^`\n]+`/g, '');
/** What a pattern finds in the text, each with the page that it stands on. */
const find = (pattern: RegExp, text: (page: string) => string): { page: string; found: string }[] =>
  pages.flatMap((page) => [...text(page).matchAll(pattern)].map(([, found = '']) => ({ page, found })));

/** The anchors that GitHub gives the headings of a page; a second heading of one name gets a number. */
function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^#+ +(.+?) *$/gm)].map(([, heading = '']) => {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = text.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count > 0 ? `${anchor}-${count}` : anchor;
  });
}

/** Whether a link leads to a file, or a folder, of the repository, and to an anchor that is on it. */
function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix(relative(root, join(root, dirname(page), path)));
  if (target.startsWith('..') || !exists(target)) return false;
  return anchor === undefined || (target.endsWith('.md') && anchorsOf(target).includes(anchor));
}

it('finds the pages that there are', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['CONTRIBUTING.md', 'README.md', 'TROUBLESHOOTING.md', 'docs/architecture.md']),
  );
});

it('leads by every link of a page to a file and a heading that are there', () => {
  const links = find(/\]\(\s*([^)\s]+)[^)]*\)/g, words).filter(({ found }) => !/^\w+:/.test(found));
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter(({ page, found }) => !leadsSomewhere(page, found))).toEqual([]);
});

it('names only files that are there', () => {
  const paths = find(/`((?:__tests__|assembly|bench|demo|docs|scripts|src)\/[^`\s]*)`/g, prose);
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter(({ found }) => !/[<…]/.test(found) && !exists(found))).toEqual([]);
});

it('names only scripts that package.json has', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
  const named = find(/\bnpm run ([\w-]+)/g, read);
  expect(named.filter(({ found }) => !Object.hasOwn(scripts, found))).toEqual([]);
});

it('lists every decision', () => {
  const listed = [...read('docs/decisions/README.md').matchAll(/\]\(([\w-]+\.md)\)/g)].map(
    ([, name]) => name,
  );
  const there = globSync('*.md', { cwd: join(root, 'docs/decisions') }).filter(
    (name) => name !== 'README.md',
  );
  expect(listed.toSorted()).toEqual(there.toSorted());
});

/** Blocks of YAML that a shell or a JavaScript is made of: the line of the key, and all that is further in. */
function scriptsIn(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const key = /^(\s*(?:[-#*]\s+)*)(?:run|script):(?=\s|$)/.exec(line)?.[1];
    if (key === undefined) return [];
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((next) => next.trim() !== '' && next.search(/\S/) <= key.length);
    return [[line, ...rest.slice(0, end < 0 ? undefined : end)].join('\n')];
  });
}

it('teaches no script that an expression is pasted into: a tag, a branch, an output may be code', () => {
  const files = globSync('{*.md,*.yml,docs/**/*.md,bench/**/*.md,demo/**/*,.github/**/*.yml}', {
    cwd: root,
  }).map(posix);
  expect(files).toEqual(expect.arrayContaining(['README.md', 'action.yml', '.github/workflows/e2e.yml']));
  const scripts = files.flatMap((file) => scriptsIn(read(file)).map((script) => ({ file, script })));
  expect(scripts.length).toBeGreaterThan(10);
  expect(scripts.filter(({ script }) => script.includes('${{'))).toEqual([]);
});

it.each([
  'run: echo EXPRESSION',
  '- run: echo "EXPRESSION"',
  'run: |\n  one\n\n  two EXPRESSION\nwith:\n  a: b',
  '    - run: >-\n        one\n        EXPRESSION',
  '- name: x\n  run: one\n    EXPRESSION',
  '  script: |\n    return EXPRESSION',
])('finds an expression in a script: %j', (text) => {
  expect(scriptsIn(text).some((script) => script.includes('EXPRESSION'))).toBe(true);
});

it('takes what stands beside a script for none', () => {
  const text =
    '- env:\n    A: EXPRESSION\n  run: |\n    echo "$A"\n  with:\n    tag: EXPRESSION\nruns:\n  using: EXPRESSION';
  expect(scriptsIn(text)).toEqual(['  run: |\n    echo "$A"']);
});

it('names for each line of docs/trust.md a test that is there', () => {
  const rows = read('docs/trust.md')
    .split('\n')
    .filter((line) => /^\| (?!---|what )/.test(line) && line.split(' | ').length >= 5);
  expect(rows.length).toBeGreaterThan(12);
  expect(rows.filter((row) => !/`__tests__\//.test(row))).toEqual([]);
  const named = rows.flatMap((row) => [...row.matchAll(/`(__tests__\/[^`]+)`, "([^"]+)"/g)]);
  expect(
    named.filter(([, file = '', title = '']) => !read(file).includes(title)).map(([all]) => all),
  ).toEqual([]);
});

it('tells of every variable of the environment that the sources name', () => {
  const page = read('docs/environment.md');
  const sources = globSync('src/**/*.ts', { cwd: root }).map((path) => read(path));
  const named = sources.flatMap((text) => [
    ...[...text.matchAll(/\benv(?:ironment)?\.([A-Z][A-Z0-9_]+)\b/g)].map(([, name = '']) => name),
    ...[...text.matchAll(/\{([^{}]*)\} = (?:process\.)?env;/g)].flatMap(
      ([, list = '']) => list.match(/\b[A-Z][A-Z0-9_]{1,}\b/g) ?? [],
    ),
    ...(text.match(/(?<=')(?:AWS|GITHUB|RUNNER|ACTIONS|DOCKER)_[A-Z0-9_]+(?=')/g) ?? []),
  ]);
  // Said to the SDK, not read.
  const ours = new Set(['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'INPUT_COMMAND']);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !ours.has(name) && !page.includes(`\`${name}\``))).toEqual([]);
});

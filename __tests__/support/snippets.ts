import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A block of YAML on a page, as a reader copies it. */
export interface Snippet {
  readonly page: string;
  readonly text: string;
}

/** What a snippet says. All scalars are texts. */
export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

/** One step of a job, as far as tests play it. */
export interface Step {
  readonly uses: string;
  readonly run: string;
  readonly with: Readonly<Record<string, string>>;
}

/** All pages for readers, with their texts, but for the changelog: that may name what was there once. */
export function pages(): ReadonlyMap<string, string> {
  const paths = globSync('{*.md,docs/**/*.md}', { cwd: root }).map((path) => path.split(sep).join('/'));
  const present = paths.filter((path) => path !== 'CHANGELOG.md').sort();
  return new Map(present.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Every block of YAML of every page, those in lists, too. */
export function snippets(): Snippet[] {
  return [...pages()].flatMap(([page, text]) =>
    [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^\1```$/gm)].map(([, indent = '', block = '']) => ({
      page,
      text: block.replace(new RegExp(`^${indent}`, 'gm'), ''),
    })),
  );
}

/** The first snippet that has this text. */
export function snippetWith(text: string): Snippet {
  const found = snippets().find((snippet) => snippet.text.includes(text));
  if (!found) throw new Error(`no page has a snippet with ${text}`);
  return found;
}

/** Reads the YAML that the pages are written in: mappings, lists, texts in one line or after `|`, comments. */
export function parseYaml(text: string): Yaml {
  const lines = text.split('\n').map((line) => line.replace(/(^| +)#.*$/, ''));
  return parseLines(lines.filter((line) => line.trim() !== ''));
}

function parseLines(lines: readonly string[]): Yaml {
  const depth = lines[0]?.search(/\S/) ?? 0;
  const entries: [string, ...string[]][] = [];
  for (const line of lines) {
    if (line.search(/\S/) === depth) entries.push([line.slice(depth)]);
    else entries.at(-1)?.push(line);
  }
  const isList = entries.every(([first]) => first.startsWith('- '));
  if (isList) {
    return entries.map(([first, ...rest]) => parseLines([' '.repeat(depth + 2) + first.slice(2), ...rest]));
  }
  const pairs = entries.map(([first, ...rest]) => {
    const [, key, value = ''] = /^([\w-]+):(?: (.*))?$/.exec(first) ?? [];
    return key === undefined ? undefined : ([key, readValue(value.trim(), rest)] as const);
  });
  const found = pairs.filter((pair) => pair !== undefined);
  return found.length > 0 ? Object.fromEntries(found) : lines.map((line) => line.trim()).join(' ');
}

function readValue(value: string, rest: readonly string[]): Yaml {
  if (value === '|') {
    const depth = rest[0]?.search(/\S/) ?? 0;
    return rest.map((line) => line.slice(depth)).join('\n');
  }
  return value === '' && rest.length > 0 ? parseLines(rest) : value.replace(/^"(.*)"$/, '$1');
}

/** The steps of a snippet, in order: of a workflow with one job, of a job, or a list of steps. */
export function stepsIn({ text }: Snippet): Step[] {
  const found = findSteps(parseYaml(text));
  return found.map((step) => ({
    uses: textIn(step, 'uses'),
    run: textIn(step, 'run'),
    with: Object.fromEntries(
      Object.entries(memberOf(step, 'with') ?? {}).map(([name, value]) => [name, `${value}`]),
    ),
  }));
}

function findSteps(yaml: Yaml): readonly Yaml[] {
  if (Array.isArray(yaml)) return yaml;
  const jobs = memberOf(yaml, 'jobs');
  if (jobs === undefined) return findSteps(memberOf(yaml, 'steps') ?? []);
  const [job = '', ...others] = Object.values(jobs);
  if (others.length > 0) throw new Error('a workflow with several jobs');
  return findSteps(job);
}

function memberOf(yaml: Yaml, name: string): Yaml | undefined {
  if (typeof yaml === 'string' || Array.isArray(yaml)) return undefined;
  return Object.entries(yaml).find(([key]) => key === name)?.[1];
}

function textIn(yaml: Yaml, name: string): string {
  return `${memberOf(yaml, name) ?? ''}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A value of YAML as the workflows of the documents are written: maps, lists, texts, blocks after `|`. */
export type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

/** The first workflow below a heading of a page, as it is printed there. */
export function workflowIn(page: string, heading: string): Yaml {
  const text = readFileSync(join(import.meta.dirname, '..', '..', page), 'utf8');
  const [, after = ''] = text.split(`\n${heading}\n`);
  const [, block] = /```yaml\n([\s\S]*?)```/.exec(after) ?? [];
  if (block === undefined) throw new Error(`${page} has no workflow below "${heading}"`);
  return parseYaml(block.split('\n'));
}

/** A whole file. */
export function workflowOf(path: string): Yaml {
  return parseYaml(readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8').split('\n'));
}

/** What lies at a path of keys; a text where nothing does is a mistake of the test's. */
export function at(value: Yaml, ...path: readonly string[]): Yaml {
  return path.reduce<Yaml>((found, key) => {
    const next = typeof found === 'object' && !isList(found) ? found[key] : undefined;
    if (next === undefined) throw new Error(`there is no ${path.join('.')} in ${JSON.stringify(value)}`);
    return next;
  }, value);
}

/** The items of a list. */
export function itemsOf(value: Yaml): readonly Yaml[] {
  if (isList(value)) return value;
  throw new Error(`${JSON.stringify(value)} is no list`);
}

/** The texts of a map, each with its expressions evaluated: `${{ github.ref_name }}` is what `context` has under that. */
export function textsIn(map: Yaml, context: Readonly<Record<string, string>>): Record<string, string> {
  const entries = typeof map === 'object' && !isList(map) ? Object.entries(map) : [];
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      String(value).replace(/\$\{\{ *(.*?) *\}\}/g, (_, name: string) => context[name] ?? ''),
    ]),
  );
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

function parseYaml(lines: readonly string[]): Yaml {
  const own = lines.filter((line) => line.trim() !== '' && !/^ *#/.test(line));
  const indent = indentOf(own[0] ?? '');
  const items = own.reduce<string[][]>((parts, line) => {
    if (indentOf(line) === indent) parts.push([line.slice(indent)]);
    else parts.at(-1)?.push(line.slice(indent));
    return parts;
  }, []);
  if (items.every(([first = '']) => first.startsWith('- '))) {
    return items.map(([first = '', ...rest]) => {
      const value = first.slice(2);
      return /^[\w-]+:( |$)/.test(value)
        ? parseYaml([value, ...rest.map((line) => line.slice(2))])
        : parseScalar(value);
    });
  }
  return Object.fromEntries(
    items.map(([first = '', ...rest]) => {
      const [, key = '', value = ''] = /^([^:]+):(?: +(.*))?$/.exec(first) ?? [];
      if (value === '|') return [key, rest.map((line) => line.trim()).join('\n')];
      const text = parseScalar(value);
      return [key, text === '' && rest.length > 0 ? parseYaml(rest) : text];
    }),
  );
}

function parseScalar(text: string): string {
  return text
    .replace(/(^|\s)#.*$/, '')
    .trim()
    .replace(/^"(.*)"$/, '$1');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

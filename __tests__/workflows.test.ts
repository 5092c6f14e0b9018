import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pages } from './support/snippets.ts';

const root = join(import.meta.dirname, '..');
const workflows = globSync('.github/**/*.{yml,yaml}', { cwd: root }).sort();

/** What the steps of our workflows use, with its comment. */
const used = workflows.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^[ -]*uses: *(.*)$/gm)].map(([, text = '']) => ({
    file,
    text,
  })),
);
const pinned = /^([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # v(\d+)\.\d+\.\d+$/;

/** Actions of others and their majors, as pages write them: in steps and in sentences. */
const named = [...pages()].flatMap(([page, text]) =>
  [...text.matchAll(/\b([\w.-]+\/[\w./-]+)@v(\d+)/g)].map(([, action = '', major = '']) => ({
    page,
    action,
    major,
  })),
);

it('pins every action that a workflow of ours uses to a commit, with its version beside it', () => {
  expect(used.length).toBeGreaterThan(8);
  const others = used.filter(({ text }) => !text.startsWith('./'));
  expect(others.filter(({ text }) => !pinned.test(text))).toEqual([]);
});

it('pins one commit of an action everywhere', () => {
  const commits = new Set(used.map(({ text }) => text));
  const names = [...commits].map((text) => pinned.exec(text)?.[1] ?? text);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

it('names one major of an action on all pages, which is the one that our workflows use', () => {
  expect(named.length).toBeGreaterThan(20);
  const ours = used.flatMap(({ file, text }) => {
    const [, action, , major] = pinned.exec(text) ?? [];
    return action && major ? [{ page: file, action, major }] : [];
  });
  const all = [...named, ...ours];
  const first = new Map(all.toReversed().map(({ action, major }) => [action, major]));
  expect(all.filter(({ action, major }) => first.get(action) !== major)).toEqual([]);
});

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { run } from '../support/run.ts';
import { type Snippet, snippets } from '../support/snippets.ts';
import { describeWith } from '../support/tools.ts';

const root = join(import.meta.dirname, '..', '..');
const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

const on = 'on: push\n';
const job = 'jobs:\n  copied:\n    runs-on: ubuntu-latest\n';
/** What a part of a job may have before it. */
const before =
  '- id: alba\n  uses: org/alba-action@v1\n  with:\n    artifacts: images/\n    target: oci:layout:1.0\n';

/** The workflow that a reader makes of a snippet; undefined where it is less than a step. */
function workflowOf({ text }: Snippet): string | undefined {
  if (/^on:/m.test(text) && /^jobs:$/m.test(text)) return text;
  if (/^steps:$/m.test(text)) {
    const has = /\bid: alba$/m.test(text)
      ? text
      : text.replace(/^steps:$/m, `steps:\n${indented(before, 2)}`);
    return on + job + indented(has, 4);
  }
  if (/^ *- (?:uses|run):/.test(text)) {
    const depth = text.search(/\S/);
    const steps = indented(before, 6) + indented(text.replaceAll(new RegExp(`^ {${depth}}`, 'gm'), ''), 6);
    return `${on}${job}    steps:\n${steps}`;
  }
  if (/^concurrency:$/m.test(text)) return `${on}${text}${job}    steps:\n${indented(before, 6)}`;
  return undefined;
}

function indented(text: string, depth: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(depth));
}

describe('snippets of the pages', () => {
  it('are workflows or steps of one, but for the one that is a part of a step', () => {
    expect(snippets().length).toBeGreaterThan(25);
    const rest = snippets().filter((snippet) => workflowOf(snippet) === undefined);
    expect(rest).toMatchObject([
      { page: 'docs/pipelines.md', text: expect.stringMatching(/^ *artifacts: \|/) },
    ]);
  });
});

// Each is as good as what a reader copies from it.
describeWith(['actionlint'], 'workflows and steps on the pages, and examples', () => {
  beforeAll(async () => {
    const folder = at('.github/workflows');
    await Promise.all([mkdir(folder, { recursive: true }), mkdir(at('.git')), mkdir(at('dist'))]);
    await writeFile(at('dist/index.js'), '');
    await writeFile(at('action.yml'), await readFile(join(root, 'action.yml'), 'utf8'));
    for (const [count, snippet] of snippets().entries()) {
      const name = `${snippet.page.replace(/\W/g, '-')}-${count}.yml`;
      const workflow = workflowOf(snippet)?.replaceAll('org/alba-action@v1', './');
      if (workflow !== undefined) await writeFile(join(folder, name), workflow);
    }
    for (const name of (await readdir(join(root, 'examples'))).filter((file) => file.endsWith('.yml'))) {
      const workflow = await readFile(join(root, 'examples', name), 'utf8');
      await writeFile(join(folder, `example-${name}`), workflow.replaceAll('org/alba-action@v1', './'));
    }
  });

  it('are right, and give inputs that there are', async () => {
    expect(await run('actionlint', ['-shellcheck=', '-pyflakes='], { cwd: temporary.path })).toBe('');
  });
});

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { run } from '../support/run.ts';
import { describeWith } from '../support/tools.ts';

const root = join(import.meta.dirname, '..', '..');
const documents = ['README.md', 'TROUBLESHOOTING.md', 'docs/pipelines.md', 'docs/registries.md'];

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

// Each is as good as what a reader copies from it.
describeWith(['actionlint'], 'workflows in documents', () => {
  let count: number;
  beforeAll(async () => {
    const folder = at('.github/workflows');
    await Promise.all([mkdir(folder, { recursive: true }), mkdir(at('.git')), mkdir(at('dist'))]);
    await writeFile(at('dist/index.js'), '');
    await writeFile(at('action.yml'), await readFile(join(root, 'action.yml'), 'utf8'));
    count = 0;
    for (const document of documents) {
      for (const workflow of workflowsIn(await readFile(join(root, document), 'utf8'))) {
        count += 1;
        const name = `${document.replace(/\W/g, '-')}-${count}.yml`;
        await writeFile(join(folder, name), workflow.replaceAll('org/alba-action@v1', './'));
      }
    }
  });

  it('are right, and give inputs that there are', async () => {
    expect(count).toBeGreaterThan(8);
    expect(await run('actionlint', ['-shellcheck=', '-pyflakes='], { cwd: temporary.path })).toBe('');
  });
});

describe('TROUBLESHOOTING.md', () => {
  it('quotes what the source says', async () => {
    const text = await readFile(join(root, 'TROUBLESHOOTING.md'), 'utf8');
    const [ours = ''] = text.split('## In workflows');
    const quoted = [...ours.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) => codesIn(cell));
    expect(quoted.length).toBeGreaterThan(60);
    const source = await readSource();
    const pieces = quoted.flatMap((message) => message.split(/…|; /)).map((piece) => piece.trim());
    expect(pieces.filter((piece) => !source.includes(piece))).toEqual([]);
  });
});

describe('links between documents', () => {
  it('lead somewhere', async () => {
    const texts = new Map<string, string>();
    const more = (await readdir(join(root, 'docs'))).map((name) => `docs/${name}`);
    for (const document of new Set([...documents, ...more])) {
      if (document.endsWith('.md')) texts.set(document, await readFile(join(root, document), 'utf8'));
    }
    for (const [document, text] of texts) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [path = '', anchor] = target.split('#');
        const found = path === '' ? document : join(document, '..', path);
        const linked = texts.get(found) ?? (await readFile(join(root, found), 'utf8').catch(() => undefined));
        expect(linked, `${document}: ${target}`).toBeDefined();
        if (anchor) expect(anchorsIn(linked ?? ''), `${document}: ${target}`).toContain(anchor);
      }
    }
  });
});

/** Whole workflows; parts of one are left out. */
function workflowsIn(text: string): string[] {
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, block = '']) => block)
    .filter((block) => /^jobs:$/m.test(block) && /^on:/m.test(block));
}

/** What a cell has as code. */
function codesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** All of src, and the statuses that servers answer. */
async function readSource(): Promise<string> {
  const entries = await readdir(join(root, 'src'), { recursive: true });
  const files = entries.filter((name) => name.endsWith('.ts')).map((name) => join(root, 'src', name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const statuses = [401, 403, 413, 429].map((status) => `answered ${status}`);
  return [...texts, ...statuses].join('\n');
}

/** As GitHub makes them of headings. */
function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

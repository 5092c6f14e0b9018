import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const documents = ['README.md', 'TROUBLESHOOTING.md', 'docs/pipelines.md', 'docs/registries.md'];

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

import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Node } from '../../src/content/content.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { isDocument } from '../../src/oci/media-type.ts';
import { openLayout } from '../../src/repository/layout.ts';
import { run } from '../support/run.ts';
import { itWith } from '../support/tools.ts';
import { makeRelease, platforms, publish } from './release.ts';

const refName = 'org.opencontainers.image.ref.name';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'alba-layout-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

async function directory(): Promise<string> {
  return join(await mkdtemp(join(parent, 'root-')), 'made/when/missing');
}

async function entries(path: string): Promise<Descriptor[]> {
  const index = JSON.parse(await readFile(join(path, 'index.json'), 'utf8')) as { manifests: Descriptor[] };
  return index.manifests;
}

function all(node: Node): Node[] {
  return [node, ...node.children.flatMap(all)];
}

describe('an OCI layout', () => {
  it('holds what was published, and gives it back', async () => {
    const path = await directory();
    const release = makeRelease('one', true);
    await publish(openLayout(path), release, ['1.0', 'latest']);
    expect(JSON.parse(await readFile(join(path, 'oci-layout'), 'utf8'))).toEqual({
      imageLayoutVersion: '1.0.0',
    });
    expect(await entries(path)).toEqual(
      ['1.0', 'latest'].map((tag) => ({ ...release.descriptor, annotations: { [refName]: tag } })),
    );
    const layout = openLayout(path);
    expect(await layout.tags()).toEqual(['1.0', 'latest']);
    expect(await layout.resolve('1.0')).toEqual(release.descriptor);
    expect(await layout.resolve('2.0')).toBeUndefined();
    for (const { descriptor } of all(release)) {
      expect(digestOf(await buffer(await layout.fetch(descriptor)))).toBe(descriptor.digest);
    }
    expect(await publish(openLayout(path), release, ['1.0', 'latest'])).toBe(0);
    expect(layout.reference('1.0', 'sha256:ab')).toBe(`oci:${path}:1.0@sha256:ab`);
    expect((await readdir(path)).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('finds by its digest what its index lists and what that leads to', async () => {
    const path = await directory();
    const release = makeRelease('one', true);
    await publish(openLayout(path), release, ['1.0']);
    const layout = openLayout(path);
    const documents = all(release).filter(({ descriptor }) => isDocument(descriptor.mediaType));
    expect(documents.length).toBeGreaterThan(2);
    for (const { descriptor } of documents) {
      const found = await layout.resolve(descriptor.digest);
      expect(found).toMatchObject({ digest: descriptor.digest, size: descriptor.size });
    }
    expect(await layout.resolve(digestOf(Buffer.from('elsewhere')))).toBeUndefined();
  });

  it('is empty where there is none', async () => {
    const layout = openLayout(await directory());
    const { descriptor } = makeRelease('one');
    expect(await layout.tags()).toEqual([]);
    expect(await layout.resolve('1.0')).toBeUndefined();
    expect(await layout.exists(descriptor)).toBe(false);
    await expect(layout.fetch(descriptor)).rejects.toThrow(descriptor.digest);
  });

  it('keeps what others wrote, and moves a tag', async () => {
    const path = await directory();
    const [one, two] = [makeRelease('one'), makeRelease('two')];
    const foreign = {
      ...two.descriptor,
      annotations: { 'io.containerd.image.name': 'x:1', [refName]: 'theirs' },
      data: 'e30=',
    };
    await mkdir(path, { recursive: true });
    const theirs = { schemaVersion: 2, manifests: [foreign], annotations: { of: 'theirs' } };
    await writeFile(join(path, 'index.json'), JSON.stringify(theirs));
    await publish(openLayout(path), one, ['1.0']);
    await publish(openLayout(path), two, ['1.0']);
    const index = JSON.parse(await readFile(join(path, 'index.json'), 'utf8')) as object;
    expect(index).toEqual({
      ...theirs,
      manifests: [foreign, { ...two.descriptor, annotations: { [refName]: '1.0' } }],
    });
  });

  it('lists a release without a tag once, until it gets one', async () => {
    const path = await directory();
    const release = makeRelease('one');
    const layout = openLayout(path);
    await publish(layout, release, []);
    await layout.tag(release, []);
    await layout.tag(release, []);
    expect(await entries(path)).toEqual([release.descriptor]);
    await layout.tag(release, ['1.0']);
    await layout.tag(release, []);
    expect(await entries(path)).toEqual([{ ...release.descriptor, annotations: { [refName]: '1.0' } }]);
  });

  it('keeps the tags of all who write at once', async () => {
    const path = await directory();
    const release = makeRelease('one');
    const tags = Array.from({ length: 30 }, (_, number) => `tag${number}`);
    await Promise.all(tags.map((tag) => publish(openLayout(path), release, [tag])));
    expect(await openLayout(path).tags()).toEqual([...tags].sort());
  });

  it('is not locked for ever by a writer who was killed', async () => {
    const path = await directory();
    const release = makeRelease('one');
    await publish(openLayout(path), release, ['1.0']);
    const lock = join(path, '.alba-lock');
    await writeFile(lock, '');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await publish(openLayout(path), release, ['2.0']);
    expect(await openLayout(path).tags()).toEqual(['1.0', '2.0']);
  });

  it('takes no blob that is not what its descriptor says, and no broken index', async () => {
    const path = await directory();
    const layout = openLayout(path);
    const { descriptor } = makeRelease('one');
    await expect(layout.push({ descriptor, open: () => Readable.from([Buffer.from('{}')]) })).rejects.toThrow(
      /damaged/,
    );
    expect(await layout.exists(descriptor)).toBe(false);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'index.json'), '{"schemaVersion":2,');
    await expect(publish(layout, makeRelease('one'), ['1'])).rejects.toThrow(/index\.json is not JSON/);
  });

  itWith(['skopeo'], 'is read by skopeo', async () => {
    const path = await directory();
    const release = makeRelease('one', true);
    await publish(openLayout(path), release, ['1.0', '2.0']);
    const raw = await run('skopeo', ['inspect', '--raw', `oci:${path}:2.0`]);
    expect(digestOf(Buffer.from(raw))).toBe(release.descriptor.digest);
    const copied = join(parent, 'copied');
    await run('skopeo', ['--insecure-policy', 'copy', '--all', `oci:${path}:1.0`, `oci:${copied}:x`]);
    expect((await openLayout(copied).resolve('x'))?.digest).toBe(release.descriptor.digest);
    expect(release.children).toHaveLength(2 * platforms.length);
  });
});

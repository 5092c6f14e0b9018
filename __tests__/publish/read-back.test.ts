import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/content/content.ts';
import { ensureContent, ensureTags, type WrittenPlace } from '../../src/publish/read-back.ts';
import { openLayout } from '../../src/repository/layout.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { silent } from '../fixtures/silent.ts';
import { type Call, MemoryStorage, Wrapped } from '../fixtures/storages.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { makeRelease, publish } from '../repository/release.ts';

const temporary = useTemporary();
const release = makeRelease('one');
const other = makeRelease('other');

/** A place whose warnings can be read. */
function placeOf(repository: Repository): WrittenPlace & { readonly warnings: string[] } {
  const warnings: string[] = [];
  const progress = { ...silent, warn: (line: string) => void warnings.push(line) };
  return { repository, concurrency: 4, progress, warnings };
}

describe('content that was written to a bucket', () => {
  it('is asked for once each, and never listed with all else that lies there', async () => {
    const calls: Call[] = [];
    const storage = new Wrapped(new MemoryStorage(), (call, work) => {
      calls.push(call);
      return work();
    });
    const repository = openStatic(storage, 'app');
    await publish(repository, release, []);
    calls.length = 0;
    const place = placeOf(repository);
    await ensureContent([release], place);
    expect(new Set(calls.map(({ kind }) => kind))).toEqual(new Set(['head']));
    expect(new Set(calls.map(({ key }) => key)).size).toBe(calls.length);
    expect(place.warnings).toEqual([]);
  });

  it('is sent once more where it is lost, what it points to before it', async () => {
    const writes: string[] = [];
    const inner = new MemoryStorage();
    const storage = new Wrapped(inner, (call, work) => {
      if (call.kind === 'put') writes.push(call.key);
      return work();
    });
    const repository = openStatic(storage, 'app');
    await publish(repository, release, []);
    const [image] = release.children;
    const lost = [image?.children[1], image, release].map((node) => node?.descriptor.digest);
    for (const folder of ['blobs', 'manifests']) {
      for (const digest of lost) await inner.delete(`v2/app/${folder}/${digest}`);
    }
    writes.length = 0;
    const place = placeOf(repository);
    await ensureContent([release], place);
    expect(writes.map((key) => key.split('/').at(-1))).toEqual(lost);
    expect(place.warnings).toEqual([
      `s3://memory lacks ${lost[0]} and 2 items more, which it took in: sent once more`,
    ]);
  });
});

describe('a tag that was written', () => {
  it('stays as another publisher has moved it since, which is told', async () => {
    const repository = openStatic(new MemoryStorage(), 'app');
    await publish(repository, release, []);
    const written = await repository.tag(release, ['1']);
    await publish(repository, other, ['1']);
    const place = placeOf(repository);
    await ensureTags(release, written, place);
    expect(await repository.resolve('1')).toEqual(other.descriptor);
    expect(place.warnings).toEqual([
      `another publisher has moved s3://memory/app:1 to ${other.descriptor.digest} since`,
    ]);
  });

  const opens: readonly (readonly [what: string, open: (name: string) => Repository])[] = [
    ['bucket', (name) => openStatic(new MemoryStorage(), name)],
    ['layout', (name) => openLayout(join(temporary.path, name))],
  ];
  it.each(opens)('comes with what it named before, where it did not name that: %s', async (_, open) => {
    const repository = open('before');
    const tag = async (node: Node, ...tags: string[]) => {
      await publish(repository, node, []);
      return [...(await repository.tag(node, tags))];
    };
    expect(await tag(release, '1', '2')).toEqual([
      ['1', undefined],
      ['2', undefined],
    ]);
    expect(await tag(release, '1', '2')).toEqual([]);
    expect(await tag(other, '1')).toEqual([['1', release.descriptor.digest]]);
    expect(await tag(other, '1', '2')).toEqual([['2', release.descriptor.digest]]);
  });

  it('is written once more where a layout has lost its list', async () => {
    const folder = join(temporary.path, 'lost');
    const repository = openLayout(folder);
    await publish(repository, release, []);
    const written = await repository.tag(release, ['1']);
    await rm(join(folder, 'index.json'));
    const place = placeOf(repository);
    await ensureTags(release, written, place);
    expect(await repository.resolve('1')).toMatchObject({ digest: release.descriptor.digest });
    expect(place.warnings).toEqual([`oci:${folder}:1 was written and is not there: sent once more`]);
  });
});

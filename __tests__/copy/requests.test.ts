import { expect, it } from 'vitest';
import type { Node } from '../../src/content/content.ts';
import { formatDocument } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { copyRepository } from '../../src/publish/copy/copy-repository.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { silent } from '../fixtures/silent.ts';
import { MemoryStorage } from '../fixtures/storages.ts';
import { makeReferrer, pushAll } from '../repository/referrer.ts';
import { type Answer, memory, openApp, refuse, startFake } from '../repository/registry/fake.ts';
import { blobOf, makeRelease, publish } from '../repository/release.ts';

const copyAll = (source: Repository, target: Repository) =>
  copyRepository({
    ...{ source, heldBy: undefined, target, platforms: undefined },
    ...{ wanted: { kind: 'many', choices: [] }, concurrency: 4, dryRun: false, check: false },
    ...{ progress: silent, abort: new AbortController() },
  });

it('a copy that goes on where it was asks a registry as often for each release, however many there are', async () => {
  const asked: number[] = [];
  for (const count of [4, 16]) {
    await using server = await startFake(memory());
    await using target = openApp(server.host);
    const source = openStatic(new MemoryStorage(), 'app');
    for (let at = 0; at < count; at += 1) {
      const release = makeRelease(`${at}`);
      await publish(source, release, [`1.${at}`]);
      await publish(target, release, []);
    }
    await using fresh = openApp(server.host);
    const before = server.seen.length;
    const { tags } = await copyAll(source, fresh);
    expect(tags).toHaveLength(count);
    asked.push((server.seen.length - before) / count);
  }
  const [few = 0, many = 0] = asked;
  expect(many).toBeLessThanOrEqual(few + 1);
});

/** An index about something. */
function indexAbout({ descriptor }: Node, children: readonly Node[]): Node {
  const { mediaType, digest, size } = descriptor;
  const document = formatDocument({
    ...{
      schemaVersion: 2,
      mediaType: mediaTypes.oci.index,
      manifests: children.map((one) => one.descriptor),
    },
    subject: { mediaType, digest, size },
  });
  return { ...blobOf(mediaTypes.oci.index, document), children };
}

/** A registry that takes nothing about what it does not have. */
function strict(): Answer {
  const plain = memory();
  return (request, response) => {
    const { method, path, body } = request;
    if (path.includes('/referrers/')) return refuse(response, 404);
    const digest = method === 'PUT' && /"subject":\{[^}]*"digest":"([^"]+)"/.exec(`${body}`)?.[1];
    if (digest && !plain.blobs.has(digest)) return refuse(response, 404, 'MANIFEST_UNKNOWN');
    return plain(request, response);
  };
}

it('what is about a manifest within an index that is about a release goes after that index', async () => {
  await using server = await startFake(strict());
  await using target = openApp(server.host, { retries: { count: 0, firstDelay: 1, longestDelay: 1 } });
  const source = openStatic(new MemoryStorage(), 'app');
  const release = makeRelease('one');
  await publish(source, release, ['1.0']);
  const [part] = makeRelease('report').children;
  if (!part) throw new Error('no images');
  const report = indexAbout(release, [part]);
  const signature = makeReferrer(part.descriptor, 'signature');
  await pushAll(source, report);
  await pushAll(source, signature);
  expect((await copyAll(source, target)).referrers).toBe(2);
  const puts = server.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path.split('/').at(-1));
  expect(puts.indexOf(signature.descriptor.digest)).toBeGreaterThan(puts.indexOf(report.descriptor.digest));
});

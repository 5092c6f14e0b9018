import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { containerPush } from '../../../src/commands/container/push.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Answer, refuse, startFake } from '../../repository/registry/fake.ts';
import { requestOf } from './request.ts';

const temporary = useTemporary();
const image = makeImage({ os: 'linux', architecture: 'amd64' });

/** A registry that holds nothing, and answers uploads so. */
function onUpload(answer: Answer): Answer {
  return (request, response) =>
    request.method === 'POST' ? answer(request, response) : refuse(response, 404);
}

describe('a push that fails', () => {
  it('does not wait for another target that asks for patience', { timeout: 10_000 }, async () => {
    let tell = (): void => {};
    const isWaiting = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await using busy = await startFake(
      onUpload((_, response) => refuse(response, 503, '', '', { 'retry-after': '60' })),
    );
    await using forbidden = await startFake(
      onUpload(async (_, response) => {
        await isWaiting;
        refuse(response, 403, 'DENIED');
      }),
    );
    const artifacts = [await temporary.write('image.tar', dockerArchive(image))];
    const targets = [busy, forbidden].map(({ host }) => `docker://${host}/app:1`);
    const request = await requestOf({ artifacts, targets }, temporary.path);
    await expect(containerPush(request, { ...silent, warn: tell })).rejects.toThrow(/403 Forbidden: DENIED/);
  });

  it('lets go of where an artifact is published when another is not', async () => {
    const artifacts = [await temporary.write('image.tar', dockerArchive(image))];
    const published = { artifacts, targets: ['file://./bucket'], tags: ['app:1'] };
    await containerPush(await requestOf(published, temporary.path), silent);
    await using bucket = await startFake(({ path }, response) =>
      readFile(join(temporary.path, decodeURIComponent(path))).then(
        (bytes) => response.end(bytes),
        () => refuse(response, 404, 'NoSuchKey'),
      ),
    );
    await using empty = await startFake((_, response) => refuse(response, 404));
    const parameters = `endpoint=${bucket.url}&s3ForcePathStyle=true&region=any&anonymous=true`;
    const references = [`s3://bucket?${parameters}#app:1`, `docker://${empty.host}/app:1`];
    const request = await requestOf({ artifacts: references, targets: ['oci:./layout:1'] }, temporary.path);
    await expect(containerPush(request, silent)).rejects.toThrow(`${empty.host}/app:1 is not there`);
    expect(bucket.seen.length).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await bucket.connections()).toBe(0), { timeout: 1_000 });
  });
});

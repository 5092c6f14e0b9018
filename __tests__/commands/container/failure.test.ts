import { describe, expect, it } from 'vitest';
import { containerPush } from '../../../src/commands/container/push.ts';
import { silent } from '../../../src/content/progress.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
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
});

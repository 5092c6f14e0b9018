import { expect, it } from 'vitest';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { blobOf, failureOf, memory, openApp, refuse, startFake } from './fake.ts';

const manifest = blobOf('{"schemaVersion":2}', mediaTypes.oci.manifest);
const tags = Array.from({ length: 12 }, (_, at) => `build-${at}`);

/** Registries that answer once so many requests are there at the same time, and so never to who sends fewer. */
function patient(count: number) {
  const registry = memory();
  const waiting: (() => void)[] = [];
  let peak = 0;
  return {
    get peak() {
      return peak;
    },
    answer: async (...[request, response]: Parameters<typeof registry>) => {
      if (request.method === 'PUT') {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          peak = Math.max(peak, waiting.length);
          if (waiting.length >= count) for (const go of waiting.splice(0)) go();
        });
      }
      return registry(request, response);
    },
  };
}

it('writes several tags at once, and no more than it may', async () => {
  const { answer, ...state } = patient(4);
  await using server = await startFake(answer);
  await using app = openApp(server.host);
  const written = await app.tag(manifest, tags, 4);
  expect([...written.keys()].sort()).toEqual([...tags].sort());
  expect(state.peak).toBeLessThanOrEqual(4);
});

it('tells that a tag was refused when no other is under way any more', async () => {
  let running = 0;
  const registry = memory();
  await using server = await startFake((request, response) => {
    if (request.path.endsWith('/build-1') && request.method === 'PUT') {
      return refuse(response, 403, 'DENIED', 'this tag is kept');
    }
    running += 1;
    response.once('close', () => {
      running -= 1;
    });
    return registry(request, response);
  });
  await using app = openApp(server.host);
  const failure = await failureOf(app.tag(manifest, tags, 4));
  expect(failure.message).toContain('this tag is kept');
  await expect.poll(() => running).toBe(0);
  const seen = server.seen.length;
  expect(await app.resolve('build-11')).toBeUndefined();
  expect(server.seen).toHaveLength(seen + 1);
});

it('looks at a tag when it is written, whatever it named before', async () => {
  await using server = await startFake(memory());
  await using app = openApp(server.host);
  await app.push(manifest);
  await app.tag(manifest, ['1']);
  await using again = openApp(server.host);
  await again.resolve('1');
  const other = blobOf('{"schemaVersion":2,"annotations":{}}', mediaTypes.oci.manifest);
  await app.push(other);
  await app.tag(other, ['1']);
  expect([...(await again.tag(manifest, ['1']))]).toEqual([['1', other.descriptor.digest]]);
});

import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { leaf } from '../../../src/content/content.ts';
import { Copier } from '../../../src/content/copy.ts';
import { silent } from '../../fixtures/silent.ts';
import { type Answer, blobOf, memory, openApp, refuse, startFake } from './fake.ts';

/** A registry that does not answer more requests at once than `most`, and keeps each for a moment. */
function busy(most: number, headers: Record<string, string> = {}) {
  const registry = memory();
  const state = { running: 0, refused: 0 };
  const answer: Answer = async (request, response) => {
    state.running += 1;
    try {
      if (state.running > most) {
        state.refused += 1;
        return refuse(response, 429, 'TOOMANYREQUESTS', '', headers);
      }
      await delay(10);
      return registry(request, response);
    } finally {
      state.running -= 1;
    }
  };
  return { answer, state, blobs: registry.blobs };
}

function copierTo(app: ReturnType<typeof openApp>): Copier {
  const abort = new AbortController();
  const options = { concurrency: undefined, dryRun: false, progress: silent, abort };
  return new Copier(app, { ...options, onCopied: () => {} });
}

const blobs = Array.from({ length: 150 }, (_, at) => leaf(blobOf(`blob ${at}`)));

describe('a registry that answers 429', () => {
  it('is sent fewer requests at once, so that nothing has to be tried again and again', async () => {
    const { answer, state, blobs: stored } = busy(8);
    await using server = await startFake(answer);
    await using app = openApp(server.host, { retries: { count: 4, firstDelay: 20, longestDelay: 2_000 } });
    const copier = copierTo(app);
    await Promise.all(blobs.map((blob) => copier.copy(blob)));
    for (const { descriptor } of blobs) expect(stored.has(descriptor.digest)).toBe(true);
    expect(state.refused).toBeLessThan(80);
  });

  it('is sent nothing before the time that it asks to wait', async () => {
    const times: number[] = [];
    const registry = memory();
    await using server = await startFake((request, response) => {
      times.push(performance.now());
      if (times.length === 1) return refuse(response, 429, 'TOOMANYREQUESTS', '', { 'retry-after': '1' });
      return registry(request, response);
    });
    await using app = openApp(server.host, { retries: { count: 1, firstDelay: 1, longestDelay: 2_000 } });
    const [first, ...others] = blobs;
    const refused = app.exists((first ?? leaf(blobOf(''))).descriptor);
    await expect.poll(() => times.length).toBe(1);
    await delay(100);
    await Promise.all([refused, ...others.slice(0, 5).map(({ descriptor }) => app.exists(descriptor))]);
    const [begin = 0, ...later] = times;
    expect(Math.min(...later) - begin).toBeGreaterThanOrEqual(990);
  });
});

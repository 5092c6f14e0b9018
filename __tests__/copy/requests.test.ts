import { expect, it } from 'vitest';
import { copyRepository } from '../../src/publish/copy/copy-repository.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { silent } from '../fixtures/silent.ts';
import { MemoryStorage } from '../fixtures/storages.ts';
import { memory, openApp, startFake } from '../repository/registry/fake.ts';
import { makeRelease, publish } from '../repository/release.ts';

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
    const { tags } = await copyRepository({
      ...{ source, heldBy: undefined, target: fresh, platforms: undefined },
      ...{ wanted: { kind: 'many', choices: [] }, concurrency: 4, dryRun: false, check: false },
      ...{ progress: silent, abort: new AbortController() },
    });
    expect(tags).toHaveLength(count);
    asked.push((server.seen.length - before) / count);
  }
  const [few = 0, many = 0] = asked;
  expect(many).toBeLessThanOrEqual(few + 1);
});

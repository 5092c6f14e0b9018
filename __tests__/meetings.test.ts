import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherTags, pullBesideGc, sameTag, updates } from '../scripts/torture/meetings.ts';
import { staticPushKills } from '../scripts/torture/push-kills.ts';
import { useTemporary } from './fixtures/temporary.ts';

const temporary = useTemporary();

/** A fixed part of what `npm run torture` draws. */
describe('two at once in a directory', () => {
  it.each([
    ['pushes to one tag: it is whole all the time, and one of the two', sameTag, 4],
    ['pushes to two tags: both are there, whole and listed', otherTags, 4],
    ['updates of one tag: both are in it', updates, 4],
    ['a pull beside gc: it is whole, or nothing where its tag went', pullBesideGc, 4],
    [
      'a static push that is killed: its tag is never torn, and the next run completes it',
      staticPushKills,
      2,
    ],
  ] as const)('%s', { timeout: 60_000 }, async (_, torture, rounds) => {
    const folder = await mkdtemp(join(temporary.path, 'meeting-'));
    const outcome = await torture.places.directory?.run({ rounds, seed: 4, folder });
    expect(outcome?.findings).toEqual([]);
    expect(outcome?.counts).toMatchObject({ rounds });
  });
});

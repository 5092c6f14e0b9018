import { expect, it } from 'vitest';
import { restoredBlocks } from '../../src/commands/pull-summary.ts';
import { Problems } from '../../src/errors.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { formatCount } from '../../src/progress/format.ts';
import { tellThinned } from '../../src/publish/copy/tell-thinned.ts';
import { formatPage } from '../../src/release/page/page.ts';
import { silent } from '../fixtures/silent.ts';

it('one has the verb of one, and several that of several', () => {
  const counted = [0, 1, 2].map((count) => formatCount(count, 'file', ['goes', 'go']));
  expect(counted).toEqual(['0 files go', '1 file goes', '2 files go']);
});

it('a copy that leaves platforms out says how many digests differ', () => {
  const told: string[] = [];
  const progress = { ...silent, warn: (text: string) => told.push(text) };
  const one = { platforms: ['linux/arm64'], referrers: 0, digest: digestOf(Buffer.alloc(0)) };
  tellThinned([one], 'oci:one', progress);
  tellThinned([one, one], 'oci:two', progress);
  expect(told.join('\n')).toMatch(/one: .* 1 digest differs from[\s\S]*two: .* 2 digests differ from/);
});

it('a pull says of one path and of several that they are as they were', () => {
  expect(JSON.stringify(restoredBlocks(['a']))).toContain(
    '1 path had changed since the pull before, and is as',
  );
  expect(JSON.stringify(restoredBlocks(['a', 'b']))).toContain('2 paths had changed since');
  expect(JSON.stringify(restoredBlocks(['a', 'b']))).toContain('and are as they were pulled');
});

it('problems and files that are not shown are counted, be it one', () => {
  const problems = new Problems();
  for (let at = 0; at <= 20; at += 1) problems.add(`problem ${at}`);
  expect(() => problems.throwIfAny('usage')).toThrow(/\nand 1 problem more$/);
  const resources = Array.from({ length: 101 }, (_, at) => ({ path: `file-${at}` }));
  const manifest = { flavors: [{ platform: { os: 'linux', architecture: 'amd64' }, resources }] };
  const page = formatPage({
    name: 'app',
    releases: [{ tag: '1', manifest }],
    older: [],
    folderUrl: undefined,
  });
  expect(page.toString()).toContain('and 1 more file, all of them in SHA256SUMS');
});

import { expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { collectMentions } from '../../src/source/mentions.ts';

const common = { mediaType: mediaTypes.oci.manifest, digest: digestOf(Buffer.from('one')), size: 3 };
const platform = { os: 'linux', architecture: 'arm64' };

it('what many descriptors say of one manifest is put together, what says most of the platform before all else', () => {
  const said = [
    { ...common, annotations: { a: '1', b: '1' } },
    { ...common, platform, annotations: { b: '2', c: '2' } },
    { ...common, annotations: { c: '3', d: '3' } },
  ];
  for (const descriptors of [said, said.toReversed()]) {
    const [mention, ...others] = collectMentions(new Map(), descriptors);
    expect(others).toEqual([]);
    expect(mention?.platforms).toEqual([platform]);
    expect(mention?.descriptor).toEqual({
      ...common,
      platform,
      annotations: { a: '1', b: '2', c: '2', d: '3' },
    });
  }
});

it('an index that names one manifest 8,000 times, with an annotation of its own each, takes no longer to read than it is long', () => {
  const descriptors = Array.from({ length: 8_000 }, (_, at) => ({
    ...common,
    annotations: { [`k${at}`]: 'v' },
  }));
  const [mention] = collectMentions(new Map(), descriptors);
  expect(Object.keys(mention?.descriptor.annotations ?? {})).toHaveLength(8_000);
}, 10_000);

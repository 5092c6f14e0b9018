import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestVersion, orderTags, type PublishedTag } from '../../src/oci/tag-order.ts';

const at = (tag: string, time = 0): PublishedTag => ({ tag, modified: new Date(time) });
const order = (tags: readonly string[], present: readonly string[] = [], published?: string): string[] =>
  orderTags(
    tags.map((tag) => at(tag)),
    present,
    published,
  );

describe('the order of tags', () => {
  it.each([
    [
      ['0.8', '0.10', '0.9'],
      ['0.10', '0.9', '0.8'],
    ],
    [
      ['1.0.0-rc.1', '1.0.0', '1.0.0-rc.10', '1.0.0-rc.2'],
      ['1.0.0', '1.0.0-rc.10', '1.0.0-rc.2', '1.0.0-rc.1'],
    ],
    [
      ['v1.9.0', '1.10', 'v2.0'],
      ['v2.0', '1.10', 'v1.9.0'],
    ],
    [
      ['main', '1.0', 'latest'],
      ['1.0', 'latest', 'main'],
    ],
    [
      ['2024.01.15', '2023.12.31'],
      ['2024.01.15', '2023.12.31'],
    ],
    [
      ['2.0.0-rc.1', '0.9', '1.0.0'],
      ['1.0.0', '0.9', '2.0.0-rc.1'],
    ],
    [
      ['20240131.1', '2024.01.31', '1.9.0', '2024-01-31'],
      ['1.9.0', '2024.01.31', '20240131.1', '2024-01-31'],
    ],
    [
      ['2.0.0-rc.1', '2.0.0-rc.2', 'latest'],
      ['latest', '2.0.0-rc.2', '2.0.0-rc.1'],
    ],
  ])('puts versions first, the newest in front: %j', (given, expected) => {
    expect(order(given)).toEqual(expected);
  });

  it.each([
    [['2.0.0-rc.1', '1.9.0', 'latest'], '1.9.0'],
    [['1.9.0', '20240101.0.0', '2024.01.31'], '1.9.0'],
    [['2024.11.15', '2024.12.01'], '2024.12.01'],
    [['main', 'nightly', '2.0.0-rc.1'], '2.0.0-rc.1'],
    [['main', 'nightly'], undefined],
    [['2.0.0-rc.1'], '2.0.0-rc.1'],
    [[], undefined],
  ])('of %j takes %s for the newest version', (tags, expected) => {
    expect(newestVersion(tags)).toBe(expected);
  });

  it('keeps the order of the present list for names that are no versions', () => {
    expect(order(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['c', 'a', 'b']);
    expect(order(['a', 'b', 'c'], ['c', 'a', 'b'], 'b')).toEqual(['b', 'c', 'a']);
  });

  it('puts names that the list lacks by their time, in front of those that it has', () => {
    const found = [at('old', 9), at('x', 1), at('y', 5)];
    expect(orderTags(found, ['old'], undefined)).toEqual(['y', 'x', 'old']);
  });

  it('is a permutation, whatever the tags, that stands when it is made again', () => {
    const tag = fc.oneof(
      fc.tuple(fc.nat(12), fc.nat(12), fc.nat(3)).map((parts) => parts.join('.')),
      fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,5}$/),
    );
    const found = fc.uniqueArray(fc.tuple(tag, fc.nat(5)), { selector: ([text]) => text });
    fc.assert(
      fc.property(found, fc.array(tag), (pairs, present) => {
        const tags = pairs.map(([text, time]) => at(text, time));
        const once = orderTags(tags, present, pairs[0]?.[0]);
        expect([...once].sort()).toEqual(pairs.map(([text]) => text).sort());
        expect(orderTags([...tags].reverse(), once, undefined)).toEqual(once);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

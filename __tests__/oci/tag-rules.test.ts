import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { defaultTag, floatingTags } from '../../src/oci/tag-rules.ts';

const repository = 'Org/Albatros';

describe('the tag of a run', () => {
  it.each([
    ['refs/tags/v1.2.3', '1.2.3'],
    ['refs/tags/1.2.3', '1.2.3'],
    ['refs/tags/v1.2.3-rc.1', '1.2.3-rc.1'],
    ['refs/tags/nightly', 'nightly'],
    ['refs/tags/v1.2', 'v1.2'],
    ['refs/tags/vanilla', 'vanilla'],
  ])('is, for %s, %s', (ref, tag) => {
    expect(defaultTag({ repository, ref })).toEqual({ name: 'albatros', tag });
  });

  it.each(['refs/heads/main', 'refs/pull/7/merge', 'refs/heads/refs/tags/v1.0.0', ''])(
    'is none for "%s"',
    (ref) => {
      expect(defaultTag({ repository, ref })).toBeUndefined();
    },
  );

  it.each(['refs/tags/release/1.2', 'refs/tags/v1.2.3+build', 'refs/tags/größe'])(
    'is an error for %s',
    (ref) => {
      expect(() => defaultTag({ repository, ref })).toThrow(/is not a tag of an image.*give "tag"/);
    },
  );

  it.each([
    ['org/My.App_x', 'my.app_x'],
    ['org/.github', 'github'],
    ['org/a._b-', 'a-b'],
    ['org/a--b__c', 'a--b__c'],
    ['org/a___b..c', 'a-b-c'],
  ])('has a name fit for %s: %s', (full, name) => {
    expect(defaultTag({ repository: full, ref: 'refs/tags/1' })?.name).toBe(name);
  });

  it.each(['org/_', '', 'org/ä'])('has no name for "%s"', (full) => {
    expect(() => defaultTag({ repository: full, ref: 'refs/tags/1' })).toThrow(/give "tag" as name:tag/);
  });
});

describe('floating tags', () => {
  it.each<[tag: string, existing: string[], expected: string[]]>([
    ['1.2.3', [], ['1.2', '1', 'latest']],
    ['1.2.3', ['1.2.3', '1.2', '1', 'latest'], ['1.2', '1', 'latest']],
    ['1.2.3', ['1.2.2', '1.1.9', '0.9.0'], ['1.2', '1', 'latest']],
    ['1.2.10', ['1.2.9'], ['1.2', '1', 'latest']],
    ['1.2.3', ['1.2.4'], []],
    ['1.2.3', ['1.3.0'], ['1.2']],
    ['1.2.3', ['2.0.0'], ['1.2', '1']],
    ['1.2.3', ['1.3.0', '2.0.0'], ['1.2']],
    ['1.2.3', ['2.0.0-rc.1', '1.2.4-alpine', 'nightly', '3', '1.9', '1.2.4_1'], ['1.2', '1', 'latest']],
    ['1.2.3-rc.1', [], []],
    ['1.2.3-alpine', [], []],
    ['0.9.1', [], ['0.9', 'latest']],
    ['0.9.1', ['0.10.0'], ['0.9']],
    ['v1.2.3', [], ['v1.2', 'v1', 'latest']],
    ['v1.2.3', ['v1.3.0'], ['v1.2']],
    ['v1.2.3', ['1.3.0'], ['v1.2', 'v1']],
    ['1.2', [], []],
    ['v1', [], []],
    ['1.02.3', [], []],
    ['nightly', [], []],
    ['latest', [], []],
  ])('of %s beside %j: %j', (tag, existing, expected) => {
    expect(floatingTags(tag, existing)).toEqual(expected);
  });

  it('are each at the highest release of its range, whatever the order of publishing', () => {
    const part = fc.nat({ max: 3 });
    const releases = fc.uniqueArray(
      fc.tuple(part, part, part).map((parts) => parts.join('.')),
      { maxLength: 12 },
    );
    const previews = fc.uniqueArray(
      fc.tuple(part, part, part).map((parts) => `${parts.join('.')}-rc.1`),
      { maxLength: 4 },
    );
    const orders = fc
      .tuple(releases, previews)
      .chain(([some, others]) =>
        fc.tuple(fc.constant(some), shuffled([...some, ...others]), shuffled([...some, ...others])),
      );
    fc.assert(
      fc.property(orders, ([released, order, other]) => {
        const floats = publishAll(order);
        expect(floats).toEqual(publishAll(other));
        expect(floats).toEqual(expectedFloats(released));
      }),
      { seed: 6 },
    );
  });
});

function shuffled(items: readonly string[]): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

/** What each float names when all is published, one after the other. */
function publishAll(tags: readonly string[]): Record<string, string> {
  const names = new Map<string, string>();
  for (const tag of tags) {
    const floats = floatingTags(tag, [...names.keys()]);
    for (const name of [tag, ...floats]) names.set(name, tag);
  }
  return Object.fromEntries([...names].filter(([name, tag]) => name !== tag));
}

function expectedFloats(released: readonly string[]): Record<string, string> {
  const floats: Record<string, string> = {};
  for (const tag of semver.sort([...released])) {
    const [major, minor] = tag.split('.');
    floats[`${major}.${minor}`] = tag;
    if (major !== '0') floats[`${major}`] = tag;
    floats.latest = tag;
  }
  return floats;
}

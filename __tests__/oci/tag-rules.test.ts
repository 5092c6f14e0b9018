import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { planFloating } from '../../src/oci/tag-floating.ts';
import { defaultName, defaultTag, versionOf } from '../../src/oci/tag-rules.ts';

const repository = 'Org/Albatros';

describe('the tag of a run', () => {
  it.each([
    ['refs/tags/v1.2.3', '1.2.3'],
    ['refs/tags/1.2.3', '1.2.3'],
    ['refs/tags/v1.2.3-rc.1', '1.2.3-rc.1'],
    ['refs/tags/v1.2', 'v1.2'],
    ['refs/tags/7', '7'],
    ['refs/tags/2024-12-01', '2024-12-01'],
    ['refs/tags/v2024.11.15', '2024.11.15'],
    ['refs/tags/v2024.12.01', '2024.12.01'],
    ['refs/tags/v24.04.1', '24.04.1'],
    ['refs/tags/v2024.01.05-rc.1', '2024.01.05-rc.1'],
    ['refs/tags/v1.02.3', 'v1.02.3'],
  ])('is, for %s, %s', (ref, tag) => {
    expect(defaultTag({ repository, ref })).toEqual({ name: 'albatros', tag });
  });

  it.each([
    ['app/v1.2.3', 'app', '1.2.3'],
    ['app/1.2.3-rc.1', 'app', '1.2.3-rc.1'],
    ['app@1.2.3', 'app', '1.2.3'],
    ['@scope/app@1.2.3', 'scope/app', '1.2.3'],
    ['app-v1.2.3', 'app', '1.2.3'],
    ['services/app/v2024.01.05', 'services/app', '2024.01.05'],
    ['App/v1.2.3', 'app', '1.2.3'],
    ['release/v1.2.3', 'albatros', '1.2.3'],
  ])('of one of several products is, for %s, %s:%s', (text, name, tag) => {
    const ref = `refs/tags/${text}`;
    expect(defaultTag({ repository, ref })).toEqual({ name, tag });
    expect(defaultName({ repository, ref })).toEqual({ name });
    expect(versionOf(ref)).toBe(tag);
  });

  it.each(['nightly', 'vanilla', 'stable-2'])('is an error for %s, which is no version', (text) => {
    const ref = `refs/tags/${text}`;
    expect(() => defaultTag({ repository, ref })).toThrow(/is no version: give "tag", such as albatros:/);
    expect(defaultName({ repository, ref })).toEqual({ name: 'albatros' });
    expect(versionOf(ref)).toBe(text);
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
    // Calendar versions.
    ['2024.11.15', [], ['2024.11', '2024', 'latest']],
    ['2024.12.01', ['2024.11.15', '2024.11', '2024', 'latest'], ['2024.12', '2024', 'latest']],
    ['2024.01.05', ['2023.12.31'], ['2024.01', '2024', 'latest']],
    ['2024.01.05', ['2024.02.01'], ['2024.01']],
    ['2024.01.05', ['2024.1.6'], []],
    ['24.04.1', ['23.10.2'], ['24.04', '24', 'latest']],
    ['v2024.12.01', ['v2024.11.15'], ['v2024.12', 'v2024', 'latest']],
    // What holds nothing: another kind, or far apart.
    ['1.2.3', ['20240101.0.0'], ['1.2', '1', 'latest']],
    ['1.2.3', ['2024.01.31'], ['1.2', '1', 'latest']],
    ['2024.12.01', ['20240101.0.0', '1.9.0'], ['2024.12', '2024', 'latest']],
    ['1.2.3', ['999.0.0'], ['1.2', '1', 'latest']],
    ['1.2.3', ['101.0.0'], ['1.2', '1']],
    ['nightly', [], []],
    ['latest', [], []],
  ])('of %s beside %j: %j', (tag, existing, expected) => {
    expect(planFloating(tag, existing).moves).toEqual(expected);
  });

  it.each<[tag: string, existing: string[], stays: Record<string, string>]>([
    ['1.2.3', [], {}],
    [
      '1.2.3',
      ['1.2.4', '1.3.0', '2.0.0'],
      { '1.2': '1.2.4 is there', '1': '1.3.0 is there', latest: '2.0.0 is there' },
    ],
    ['2024.01.05', ['2024.02.01'], { '2024': '2024.02.01 is there', latest: '2024.02.01 is there' }],
  ])('that stay are told with what holds them: %s beside %j', (tag, existing, stays) => {
    const told = planFloating(tag, existing).stays.map(({ tag: held, why }) => [held, why]);
    expect(Object.fromEntries(told)).toEqual(stays);
  });

  it('follow neither a pre-release nor what is no version, and that is told', () => {
    expect(planFloating('1.2.3-rc.1', []).why).toMatch(
      /1\.2\.3-rc\.1 is no release such as 1\.2\.3 or 2024\.01\.15: .*pre-release/,
    );
    expect(planFloating('nightly', []).why).toMatch(/nightly is no release such as 1\.2\.3/);
    expect(planFloating('1.2.3', []).why).toBeUndefined();
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
    const floats = planFloating(tag, [...names.keys()]).moves;
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followingTags } from '../../src/oci/tag-following.ts';
import { parseTagPattern } from '../../src/oci/tag-pattern.ts';
import { parseAge } from '../../src/retention/age.ts';
import { unmatchedPatterns } from '../../src/retention/choose-tags.ts';
import { assertAllowed } from '../../src/retention/decide.ts';
import { assertSomeRule, parseKeep, parseMaxDelete } from '../../src/retention/rules.ts';

describe('patterns of tags', () => {
  it('match as a regular expression of the same meaning does', () => {
    const letters = fc.constantFrom('a', 'b', '.', '-', '*', '?');
    const texts = fc.array(letters, { minLength: 1, maxLength: 8 }).map((signs) => signs.join(''));
    const tags = fc
      .array(fc.constantFrom('a', 'b', '.', '-'), { maxLength: 10 })
      .map((signs) => signs.join(''));
    fc.assert(
      fc.property(texts, tags, (text, tag) => {
        const source = text.replace(/[.-]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
        expect(parseTagPattern(text, 'keep').matches(tag)).toBe(new RegExp(`^${source}$`, 's').test(tag));
      }),
      { numRuns: 5_000, seed: 17 },
    );
  });

  it('take no time for what a regular expression would try in all ways', () => {
    expect(parseTagPattern(`${'*a'.repeat(60)}*b`, 'keep').matches('a'.repeat(128))).toBe(false);
  });
});

describe('what people write', () => {
  it.each([
    ['10', '*', 10],
    ['v*=3', 'v*', 3],
    ['pr-?=0', 'pr-?', 0],
  ])('keep %s', (text, pattern, count) => {
    expect(parseKeep(text)).toMatchObject({ text, count, pattern: { text: pattern } });
  });

  it.each(['ten', 'v*=', 'v*', '-1', '=3', 'v/*=3', '1.5', 'v*=-1'])('refuses keep %s', (text) => {
    expect(() => parseKeep(text)).toThrow(/^keep "/);
  });

  it.each([
    ['30d', 2_592_000_000],
    ['12h', 43_200_000],
    ['0s', 0],
    ['2w', 1_209_600_000],
  ])('reads the age %s', (text, milliseconds) => {
    expect(parseAge(text, 'older-than')).toEqual({ text, milliseconds });
  });

  it.each([
    ['-3d', 'older-than "-3d" is negative: expected a number and a unit, such as 30d, 12h or 90m'],
    ['3', 'older-than "3" is no age: expected a number and a unit, such as 30d, 12h or 90m'],
    ['1y', 'older-than "1y" is no age: expected a number and a unit, such as 30d, 12h or 90m'],
  ])('refuses the age %s', (text, message) => {
    expect(() => parseAge(text, 'older-than')).toThrow(message);
  });

  it('reads how many releases may go', () => {
    expect(parseMaxDelete('5', 'max-delete')).toEqual({ count: 5 });
    expect(parseMaxDelete('20%', 'max-delete')).toEqual({ percent: 20 });
    for (const text of ['120%', '-1', 'all', '1.5']) {
      expect(() => parseMaxDelete(text, 'max-delete')).toThrow(`max-delete "${text}" is neither`);
    }
  });

  it('refuses to go by no rule', () => {
    expect(() => assertSomeRule({ keep: [], keepMatching: [parseTagPattern('v*', 'keep')] })).toThrow(
      'no rule says which tags may go',
    );
  });

  it('tells of patterns that no tag matches', () => {
    const rules = {
      keep: [parseKeep('v*=1'), parseKeep('3')],
      keepMatching: [parseTagPattern('pr-*', 'keep')],
    };
    expect(unmatchedPatterns(['v1', 'main'], rules)).toEqual(['pr-*']);
  });
});

describe('tags that follow releases', () => {
  it.each([
    ['1 1.2 1.2.3 latest', { '1': ['1.2.3'], '1.2': ['1.2.3'], latest: ['1.2.3'] }],
    ['v1 v1.2.3 1', { v1: ['v1.2.3'] }],
    ['0.8 latest', { latest: ['0.8'] }],
    ['1.0 1', { '1': ['1.0'] }],
    ['1.2 1.2.3-rc.1', {}],
    ['2024.01 2024.01.15 2024', { '2024.01': ['2024.01.15'], '2024': ['2024.01.15'] }],
    ['7 8 main', {}],
    ['main latest', { latest: ['main'] }],
    ['latest', { latest: [] }],
  ])('where one manifest is %s', (tags, following) => {
    const named = tags.split(' ').map((tag) => ({ tag, digest: 'one' }));
    expect(Object.fromEntries(followingTags(named))).toEqual(following);
  });

  it('are none where they name something else', () => {
    const named = [
      { tag: '1.2.3', digest: 'one' },
      { tag: '1.2', digest: 'other' },
      { tag: '0.8', digest: 'third' },
    ];
    expect([...followingTags(named)]).toEqual([]);
  });
});

describe('what is allowed', () => {
  const row = (tag: string, fate: 'goes' | 'stays') => ({
    ...{ tag, fate, why: '', kind: 'release' as const },
    digest: `sha256:${'0'.repeat(64)}` as const,
  });
  const plan = (going: number, staying: number) => ({
    reference: 's3://bucket/app',
    tags: [
      ...Array.from({ length: going }, (_, at) => row(`old-${at}`, 'goes')),
      ...Array.from({ length: staying }, (_, at) => row(`new-${at}`, 'stays')),
    ],
  });

  it('is no plan that leaves no release, unless that is forced', () => {
    expect(() => assertAllowed(plan(3, 0), { force: false })).toThrow(
      's3://bucket/app: all 3 releases would go: give force if that is meant',
    );
    assertAllowed(plan(3, 0), { force: true });
    assertAllowed(plan(0, 0), { force: false });
  });

  it('is no plan beyond max-delete, as a count or as a share', () => {
    assertAllowed(plan(2, 8), { force: false, maxDelete: { percent: 20 } });
    assertAllowed(plan(2, 8), { force: false, maxDelete: { count: 2 } });
    expect(() => assertAllowed(plan(3, 7), { force: false, maxDelete: { percent: 20 } })).toThrow(
      's3://bucket/app: 3 of 10 releases would go, max-delete is 20%: nothing was deleted',
    );
    expect(() => assertAllowed(plan(3, 7), { force: true, maxDelete: { count: 2 } })).toThrow(
      'max-delete is 2',
    );
  });
});

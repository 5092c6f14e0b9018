import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Digest, digestOf, hexOf } from '../../src/oci/digest.ts';
import { parseTagPattern } from '../../src/oci/tag-pattern.ts';
import type { RepositoryDeleter } from '../../src/repository/deleter.ts';
import type { Inventory, InventoryDocument } from '../../src/repository/inventory.ts';
import { decideByName, decideByRules } from '../../src/retention/decide.ts';
import { type DeletionPlan, planDeletion } from '../../src/retention/plan.ts';
import { parseKeep, type Rules } from '../../src/retention/rules.ts';
import { sweep } from '../../src/retention/sweep.ts';
import { silent } from '../fixtures/silent.ts';
import { expectGone } from './model.ts';

const now = new Date('2026-06-01T00:00:00Z');
const hour = 3_600_000;
const before = (hours: number): Date => new Date(now.getTime() - hours * hour);
const nameOf = (text: string): Digest => digestOf(Buffer.from(text));
const grace = { text: '24h', milliseconds: 24 * hour };
const rulesOf = (rules: Partial<Rules>): Rules => ({
  keep: [],
  keepMatching: [],
  grace,
  force: false,
  ...rules,
});

const goneOf = ({ tags, manifests, blobs }: DeletionPlan) => ({
  tags: tags.flatMap(({ tag, fate }) => (fate === 'goes' ? [tag] : [])).sort(),
  manifests: manifests.flatMap(({ digest, fate }) => (fate === 'goes' ? [digest] : [])).sort(),
  blobs: blobs.flatMap(({ digest, fate }) => (fate === 'goes' ? [digest] : [])).sort(),
});

/** Documents and blobs by number, so that any graph without circles can be drawn. */
const inventories = fc
  .record({
    documents: fc.array(
      fc.record({
        children: fc.array(fc.nat(11), { maxLength: 3 }),
        blobs: fc.array(fc.nat(7), { maxLength: 3 }),
        subject: fc.option(fc.nat(12), { nil: undefined, freq: 3 }),
        age: fc.nat(60),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    blobAges: fc.array(fc.nat(60), { minLength: 8, maxLength: 8 }),
    tags: fc.uniqueArray(
      fc.record({
        tag: fc.oneof(
          fc.constantFrom('latest', '1', '1.0', '1.1', 'main', 'pr-1', 'pr-2', 'pr-3', 'edge'),
          fc.tuple(fc.nat(2), fc.nat(2), fc.nat(3)).map((parts) => parts.join('.')),
          fc.nat(12).map((at) => `sha256-${hexOf(nameOf(`document ${at}`))}`),
        ),
        names: fc.nat(11),
        age: fc.option(fc.nat(60), { nil: undefined, freq: 4 }),
      }),
      { selector: ({ tag }) => tag, maxLength: 14 },
    ),
  })
  .map(({ documents, blobAges, tags }): Inventory => {
    const digestAt = (at: number) => nameOf(`document ${at}`);
    const entries = documents.map(({ children, blobs, subject, age }, at): [Digest, InventoryDocument] => [
      digestAt(at),
      {
        mediaType: 'application/vnd.oci.image.index.v1+json',
        size: 100 + at,
        children: [
          ...children.filter((child) => child > at && child < documents.length).map(digestAt),
          ...blobs.map((blob) => nameOf(`blob ${blob}`)),
        ],
        subject: subject === undefined ? undefined : digestAt(subject),
        stored: before(age),
      },
    ]);
    return {
      reference: 's3://bucket/app',
      documents: new Map(entries),
      untagged: [],
      blobs: new Map(blobAges.map((age, at) => [nameOf(`blob ${at}`), { size: at, stored: before(age) }])),
      tags: tags.map(({ tag, names, age }) => ({
        tag,
        digest: digestAt(names % documents.length),
        time: age === undefined ? undefined : { at: before(age), from: 'stored' },
      })),
      notes: [],
      isWhole: true,
      obstacles: [],
    };
  });

const someRules = fc
  .record({
    keep: fc.array(
      fc
        .tuple(fc.constantFrom('', '1.*=', 'pr-*=', '*=', '?.0.*='), fc.nat(4))
        .map((parts) => parts.join('')),
      { maxLength: 3 },
    ),
    keepMatching: fc.array(fc.constantFrom('main', 'latest', '0.*', 'pr-?'), { maxLength: 1 }),
    olderThan: fc.option(fc.nat(60), { nil: undefined }),
  })
  .filter(({ keep, olderThan }) => keep.length > 0 || olderThan !== undefined)
  .map(({ keep, keepMatching, olderThan }) =>
    rulesOf({
      keep: keep.map(parseKeep),
      keepMatching: keepMatching.map((text) => parseTagPattern(text, 'keep-matching')),
      ...(olderThan !== undefined && {
        olderThan: { text: `${olderThan}h`, milliseconds: olderThan * hour },
      }),
    }),
  );

describe('a plan of what to delete', () => {
  it('is what a slow reading of the rules gives, for any repository', () => {
    fc.assert(
      fc.property(inventories, someRules, (inventory, rules) => {
        const plan = planDeletion(inventory, decideByRules(inventory, rules, now));
        expect(goneOf(plan)).toEqual(expectGone(inventory, rules, grace.milliseconds, now.getTime()));
      }),
      { numRuns: 3_000, seed: 17 },
    );
  });

  it('keeps all that a tag which stays leads to, and tells why of each row', () => {
    fc.assert(
      fc.property(inventories, someRules, (inventory, rules) => {
        const plan = planDeletion(inventory, decideByRules(inventory, rules, now));
        const gone = new Set([...goneOf(plan).manifests, ...goneOf(plan).blobs]);
        const visit = (digest: Digest): void => {
          expect(gone).not.toContain(digest);
          inventory.documents.get(digest)?.children.forEach(visit);
        };
        for (const { digest, fate } of plan.tags) if (fate === 'stays') visit(digest);
        for (const { why } of [...plan.tags, ...plan.manifests, ...plan.blobs]) expect(why).not.toBe('');
        expect(plan.manifests.length).toBe(inventory.documents.size);
        expect(plan.usedBlobs + plan.blobs.length).toBe(inventory.blobs.size);
      }),
      { numRuns: 1_000, seed: 17 },
    );
  });

  it('leaves nothing to do for a second run', () => {
    fc.assert(
      fc.property(inventories, someRules, (inventory, rules) => {
        const gone = goneOf(planDeletion(inventory, decideByRules(inventory, rules, now)));
        const without = <K extends string, V>(map: ReadonlyMap<K, V>, keys: readonly string[]) =>
          new Map([...map].filter(([key]) => !keys.includes(key)));
        const left: Inventory = {
          ...inventory,
          tags: inventory.tags.filter(({ tag }) => !gone.tags.includes(tag)),
          documents: without(inventory.documents, gone.manifests),
          blobs: without(inventory.blobs, gone.blobs),
        };
        const again = goneOf(planDeletion(left, decideByRules(left, rules, now)));
        expect(again).toEqual({ tags: [], manifests: [], blobs: [] });
      }),
      { numRuns: 1_000, seed: 17 },
    );
  });
});

/** A repository of tags alone, each with an index of its own; `digests` gives some the same one. */
function tagged(
  tags: Readonly<Record<string, number | undefined>>,
  same: Readonly<Record<string, string>> = {},
): Inventory {
  const digestFor = (tag: string) => nameOf(same[tag] ?? tag);
  const names = Object.keys(tags);
  return {
    reference: 's3://bucket/app',
    tags: Object.entries(tags).map(([tag, age]) => ({
      tag,
      digest: digestFor(tag),
      time: age === undefined ? undefined : { at: before(age), from: 'stored' },
    })),
    documents: new Map(
      names.map((tag) => [
        digestFor(tag),
        { mediaType: 'index', size: 10, children: [], stored: before(1_000) },
      ]),
    ),
    untagged: [],
    blobs: new Map(),
    notes: [],
    isWhole: true,
    obstacles: [],
  };
}

const whyOf = (inventory: Inventory, rules: Partial<Rules>): Record<string, string> => {
  const { tags } = planDeletion(inventory, decideByRules(inventory, rulesOf(rules), now));
  return Object.fromEntries(tags.map(({ tag, fate, why }) => [tag, `${fate}: ${why}`]));
};
const ages = (days: number) => ({ text: `${days}d`, milliseconds: days * 24 * hour });

describe('the rules of a plan', () => {
  it('count versions by their order, whatever their time', () => {
    expect(whyOf(tagged({ '0.10': 900, '0.9': 1, '0.8': 2 }), { keep: [parseKeep('2')] })).toEqual({
      '0.10': 'stays: kept by 2',
      '0.9': 'stays: kept by 2',
      '0.8': 'goes: beyond 2',
    });
  });

  it('count a variant of a release right after it, not behind all releases', () => {
    const tags = tagged({ '1.1.0': 1, '1.1.0-alpine': 1, '1.0.0': 2, '1.0.0-alpine': 2 });
    const found = whyOf(tags, { keep: [parseKeep('2')] });
    expect(Object.keys(found).filter((tag) => found[tag]?.startsWith('stays'))).toEqual([
      '1.1.0',
      '1.1.0-alpine',
    ]);
  });

  it('let a tag go only if each rule that covers it is beyond its count', () => {
    const tags = tagged({ 'v2.0.0': 1, 'v1.1.0': 2, 'v1.0.0': 3 });
    expect(whyOf(tags, { keep: [parseKeep('1'), parseKeep('v1.*=1')] })).toEqual({
      'v2.0.0': 'stays: kept by 1',
      'v1.1.0': 'stays: kept by v1.*=1',
      'v1.0.0': 'goes: beyond 1, beyond v1.*=1',
    });
  });

  it('leave alone what none covers, and what has no time', () => {
    const tags = tagged({ 'pr-1': 30, 'pr-2': 20, 'pr-3': undefined, main: 900 });
    expect(whyOf(tags, { keep: [parseKeep('pr-*=1')] })).toEqual({
      'pr-1': 'goes: beyond pr-*=1',
      'pr-2': 'stays: kept by pr-*=1',
      'pr-3': 'stays: no time is known, so keep pr-*=1 cannot count it',
      main: 'stays: no rule covers it',
    });
    expect(whyOf(tagged({ old: 100, new: 1, timeless: undefined }), { olderThan: ages(2) })).toEqual({
      old: 'goes: older than 2d',
      new: 'stays: younger than 2d',
      timeless: 'stays: no time is known, so it is not older than 2d',
    });
  });

  it('hold what is beyond its count until it is old enough', () => {
    const tags = tagged({ '1.2.0': 1, '1.1.0': 2, '1.0.0': 100 });
    expect(whyOf(tags, { keep: [parseKeep('1')], olderThan: ages(2) })).toEqual({
      '1.2.0': 'stays: kept by 1',
      '1.1.0': 'stays: younger than 2d',
      '1.0.0': 'goes: beyond 1, older than 2d',
    });
  });

  it('let floating tags stay and go with what they name, and count them as no releases', () => {
    const tags = tagged(
      { '1.1.0': 1, '1.0.0': 2, latest: 1, '1': 1, '1.0': 2, '1.1': 1 },
      { latest: '1.1.0', '1': '1.1.0', '1.1': '1.1.0', '1.0': '1.0.0' },
    );
    expect(whyOf(tags, { keep: [parseKeep('1')] })).toEqual({
      '1.1.0': 'stays: kept by 1',
      '1.0.0': 'goes: beyond 1',
      latest: 'stays: follows 1.1.0',
      '1': 'stays: follows 1.1.0',
      '1.1': 'stays: follows 1.1.0',
      '1.0': 'goes: follows 1.0.0',
    });
  });

  it('hold a floating tag that names what no release does', () => {
    const tags = tagged({ '1.0.0': 2, latest: 90 });
    expect(whyOf(tags, { olderThan: ages(0) })).toMatchObject({
      latest: 'stays: names what no release does',
    });
  });

  it('delete by name that alone: another tag of the same digest stays, and so does what it names', () => {
    const tags = tagged({ '1.0.0': 2, latest: 2, other: 2 }, { latest: '1.0.0' });
    const plan = planDeletion(tags, decideByName({ tags: ['1.0.0', 'other'], digests: [] }, grace, now));
    expect(goneOf(plan)).toEqual({ tags: ['1.0.0', 'other'], manifests: [nameOf('other')], blobs: [] });
  });
});

describe('a plan that is carried out', () => {
  const going = nameOf('going');
  const inventory: Inventory = {
    reference: 'registry.example.org/app',
    documents: new Map([
      [
        going,
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          size: 1,
          children: [],
          subject: undefined,
        },
      ],
    ]),
    untagged: [],
    blobs: new Map(),
    tags: [{ tag: 'old', digest: going, time: undefined }],
    notes: [],
    isWhole: true,
    obstacles: [],
  };
  const decision = decideByName({ tags: ['old'], digests: [] }, grace, now);
  const spoilt = { ...inventory, obstacles: ['app:new cannot be read'] };

  /** Carried out where the repository is seen to be so, one look after the other. */
  const carryOut = (...looks: readonly Inventory[]) => {
    const deleter: RepositoryDeleter = {
      ...{ url: 'docker://registry.example.org/app', reference: () => '', close: async () => {} },
      inventory: async () => inventory,
      remove: async (_, choose) => {
        for (const look of looks) choose(look);
        return { tags: [], manifests: 0, blobs: 0, refusals: [] };
      },
    };
    const drafted = { plan: planDeletion(inventory, decision), inventory, decision };
    return sweep(deleter, drafted, { needsTime: () => false }, silent);
  };

  it('says that nothing was deleted where it is spoilt before it begins, and that no more was once it has begun', async () => {
    await expect(carryOut(inventory)).resolves.toMatchObject({ manifests: 0 });
    await expect(carryOut(spoilt)).rejects.toThrow(
      'registry.example.org/app: nothing was deleted, as not all that is there can be told: app:new cannot be read',
    );
    await expect(carryOut(inventory, spoilt)).rejects.toThrow(
      'registry.example.org/app: no more was deleted, as not all that is there can be told: app:new cannot be read; run it again when that is mended',
    );
  });
});

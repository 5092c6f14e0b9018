import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { type Digest, digestOf } from '../../../src/oci/digest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import type { Inventory } from '../../../src/repository/inventory.ts';
import { parsePlans, redraft, savedPlanFor } from '../../../src/retention/saved-plan.ts';
import { assertPlain, judge } from '../judge.ts';
import { hostileJson } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Files in a round. */
const perRound = 200;
const now = new Date('2026-11-28T12:00:00Z');
const reference = 'docker://registry.example/org/app';
const [kept, old, blob] = ['kept', 'old', 'blob'].map((text) => digestOf(Buffer.from(text))) as [
  Digest,
  Digest,
  Digest,
];
const goes = { fate: 'goes', why: 'older' };
const plan = hostileJson({
  version: 1,
  made: '2026-11-28T11:00:00.000Z',
  grace: '24h',
  plans: [
    {
      reference,
      tags: [
        { tag: '1.0', digest: kept, fate: 'stays', why: 'newest' },
        { tag: '0.9', digest: old, ...goes },
      ],
      manifests: [{ digest: old, ...goes }],
      blobs: [{ digest: blob, ...goes }],
      notes: ['a/b'],
    },
  ],
});

const stored = new Date('2026-01-01T00:00:00Z');
const time = { at: stored, from: 'stored' } as const;
const document = { mediaType: mediaTypes.oci.manifest, size: 9, stored };
const inventory: Inventory = {
  reference,
  tags: [
    { tag: '1.0', digest: kept, time },
    { tag: '0.9', digest: old, time },
  ],
  documents: new Map([
    [kept, { ...document, children: [] }],
    [old, { ...document, children: [blob] }],
  ]),
  blobs: new Map([[blob, { size: 3, stored }]]),
  untagged: [],
  notes: [],
  isWhole: true,
  obstacles: [],
};

/** Plans of deletions that waited in a file: whatever it says, what a tag that stays needs is never deleted by it. */
export const target: FuzzTarget = {
  about: 'a saved plan is carried out or refused, and deletes nothing that a tag needs which stays',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) all.push(await tryPlan(Buffer.from(plan(random))));
    return addCounts(...all);
  },
};

async function tryPlan(bytes: Buffer): Promise<Counts> {
  const { value: saved } = await judge(() => parsePlans(bytes, 'plan.json', now));
  if (!saved) return { refused: 1 };
  assertPlain(saved, 'a plan');
  const { value } = await judge(() =>
    redraft(
      savedPlanFor(saved, reference, 'plan.json'),
      inventory,
      { saved: saved.grace, said: undefined },
      now,
    ),
  );
  if (!value) return { unfit: 1 };
  const { tags, manifests, blobs } = value.plan;
  const going = [...manifests, ...blobs].filter(({ fate }) => fate === 'goes').map(({ digest }) => digest);
  const staying = new Set(tags.filter(({ fate }) => fate === 'stays').map(({ digest }) => digest));
  const lost = going.find((digest) => staying.has(digest) || (staying.has(old) && digest === blob));
  if (lost) throw new Error(`${lost} is needed, and goes`);
  return { [going.length > 0 ? 'deleting' : 'idle']: 1 };
}

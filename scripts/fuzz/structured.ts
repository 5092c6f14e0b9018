import fc from 'fast-check';
import type { Random } from './damage.ts';
import { damageText } from './damage-text.ts';

const leaves: readonly fc.Arbitrary<unknown>[] = [
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '..', '../../x', '/etc/x', '__proto__', '::error::x', '2026-13-45', null),
  fc.oneof(fc.integer(), fc.double(), fc.maxSafeNat()),
  fc.jsonValue({ maxDepth: 3 }),
];

/** Values that are built as the sample is: with fields left out or added, lists of any length, and others in place of leaves. */
export function shaped(sample: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(sample)) {
    const items = sample.map((item: unknown) => shaped(item));
    const lists = fc.array(fc.oneof(...items, fc.constant(null)), { maxLength: 6 });
    return fc.oneof({ weight: 9, arbitrary: lists }, ...leaves);
  }
  if (typeof sample === 'object' && sample !== null) {
    const fields = Object.entries(sample).map(([key, value]) => [key, shaped(value)] as const);
    const objects = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
    const more = fc.tuple(objects, fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }));
    const both = more.map(([own, other]) => ({ ...other, ...own }));
    return fc.oneof({ weight: 20, arbitrary: objects }, { weight: 3, arbitrary: both }, ...leaves);
  }
  return fc.oneof({ weight: 12, arbitrary: fc.constant(sample) }, ...leaves);
}

/** Gives hostile JSON: whole, built as the sample is, or the text of it damaged. */
export function hostileJson(sample: unknown): (random: Random) => string {
  const arbitrary = shaped(sample);
  const whole = JSON.stringify(sample);
  return (random) => {
    const how = random(10);
    if (how === 0) return whole;
    if (how < 5) return damageText(whole, random);
    const [value] = fc.sample(arbitrary, { numRuns: 1, seed: random(2 ** 31) });
    return JSON.stringify(value) ?? '';
  };
}

/** Any of a list that is not empty. */
export function anyOf<T>(values: readonly T[], random: Random): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error('there is nothing to choose from');
  return value;
}

import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { parseConfig, parseIndex, parseManifest, parseSuccessors } from '../../../src/oci/manifest.ts';
import { parseReferrer, parseReferrers } from '../../../src/oci/referrer.ts';
import { damageText } from '../damage-text.ts';
import { assertMap, judge } from '../judge.ts';
import * as samples from '../samples.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Documents in a round. */
const perRound = 200;

/** Manifests, indexes and configs of images. What is read of them has no key of an object's prototype. */
export const target: FuzzTarget = {
  about: 'manifests, indexes and configs are read or refused, and bring no keys along that every object has',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      const sample = [samples.manifest, samples.index, samples.config][random(3)];
      const bytes = Buffer.from(damageText(JSON.stringify(sample), random));
      for (const read of readers) {
        const { refusal } = await judge(() => read(bytes));
        all.push(refusal ? { refused: 1 } : { read: 1 });
        if (refusal && refusal.message.length > longestMessage) {
          throw new Error(`a message of ${refusal.message.length} letters`);
        }
      }
    }
    return addCounts(...all);
  },
};

const longestMessage = 1000;
const descriptor = samples.index.manifests[0];

const readers: readonly ((bytes: Buffer) => void)[] = [
  (bytes) => {
    const { annotations, config, layers, subject } = parseManifest(bytes, 'a manifest');
    assertMap(annotations, 'annotations of a manifest');
    for (const each of [config, subject, ...layers]) assertMap(each?.annotations, 'annotations');
  },
  (bytes) => {
    const { annotations, manifests } = parseIndex(bytes, 'an index');
    assertMap(annotations, 'annotations of an index');
    for (const each of manifests) {
      assertMap(each.annotations, 'annotations');
      assertMap(each.platform, 'a platform');
    }
  },
  (bytes) => {
    const { platform, diffIds } = parseConfig(bytes, 'a config');
    assertMap(platform, 'a platform');
    if (diffIds.some((diffId) => !/^sha256:[0-9a-f]{64}$/.test(diffId))) throw new Error('a diffID is none');
  },
  (bytes) => {
    for (const mediaType of [samples.manifest.mediaType, samples.index.mediaType]) {
      parseSuccessors(mediaType, bytes, 'a document');
    }
  },
  (bytes) => {
    if (descriptor)
      assertMap(parseReferrer(descriptor, bytes, 'a referrer')?.descriptor.annotations, 'annotations');
  },
  (bytes) => {
    for (const { annotations } of parseReferrers(bytes, 'a list').manifests)
      assertMap(annotations, 'annotations');
  },
];

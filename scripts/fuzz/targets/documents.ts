import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { parseBaseConfig } from '../../../src/image/files-config.ts';
import { withLabels } from '../../../src/image/label.ts';
import { parseSbom } from '../../../src/image/sbom.ts';
import { readConfig } from '../../../src/inspect/image-facts.ts';
import type { Descriptor } from '../../../src/oci/descriptor.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { parseConfig, parseIndex, parseManifest, parseSuccessors } from '../../../src/oci/manifest.ts';
import { parseReferrer, parseReferrers } from '../../../src/oci/referrer.ts';
import { thinIndex } from '../../../src/publish/copy/thin-index.ts';
import { readCreated, readInventoryDocument } from '../../../src/repository/inventory-document.ts';
import { embeddedMediaType } from '../../../src/repository/static/embedded-media-type.ts';

import { assertMap, judge } from '../judge.ts';
import * as samples from '../samples.ts';
import { anyOf, hostileJson } from '../structured.ts';
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
      const bytes = Buffer.from(anyOf(documents, random)(random));
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

const documents = [samples.manifest, samples.index, samples.config].map((sample) => hostileJson(sample));
const longestMessage = 1000;
const descriptor = samples.index.manifests[0];

const readers: readonly ((bytes: Buffer) => unknown)[] = [
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
  (bytes) => assertMap(readConfig(bytes, 'a config').facts.labels, 'labels'),
  (bytes) => {
    const labelled = withLabels(bytes, { k: 'v' }, 'a config');
    if (JSON.parse(`${labelled}`).config.Labels.k !== 'v') throw new Error('the label is not there');
  },
  (bytes) => parseBaseConfig(bytes, 'a base'),
  (bytes) => parseSbom(bytes, 'sbom.json', undefined),
  (bytes) => readCreated(bytes, 'a config'),
  (bytes) => readInventoryDocument(samples.index.mediaType, bytes, 'an index'),
  (bytes) => readInventoryDocument(samples.manifest.mediaType, bytes, 'a manifest'),
  (bytes) => embeddedMediaType(bytes, 'a document'),
  async (bytes) => {
    const descriptor = { mediaType: samples.index.mediaType, digest: digestOf(bytes), size: bytes.length };
    const leaf = Buffer.from(JSON.stringify(samples.config));
    const read = async ({ digest }: Descriptor) => ({
      bytes: digest === descriptor.digest ? bytes : leaf,
      origin: 'a document',
    });
    const { made } = await thinIndex(descriptor, [{ os: 'linux', architecture: 'arm64' }], read);
    for (const one of made.values()) parseIndex(one.bytes, 'what was made');
  },
];

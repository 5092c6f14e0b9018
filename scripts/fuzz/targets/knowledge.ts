import { createHash } from 'node:crypto';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { Knowledge, maxKnowledgeSize } from '../../../src/cache/knowledge.ts';
import { decodeImage } from '../../../src/cache/known-image.ts';
import { decodeIndexes } from '../../../src/cache/known-indexes.ts';
import { type Digest, digestOf } from '../../../src/oci/digest.ts';
import { damageBytes, type Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { assertMap, judge } from '../judge.ts';
import * as samples from '../samples.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Files in a round. */
const perRound = 50;
const now = new Date('2026-01-01');
const archive = digestOf(Buffer.from('archive'));
const layer = digestOf(Buffer.from('layer'));

/** Files of what earlier runs learned, most of them with a right checksum: whoever writes a cache can make one. */
export const target: FuzzTarget = {
  about: 'knowledge of earlier runs is taken in or left, and what is taken can be told as images or not',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) all.push(await tryFile(fileOf(random)));
    return addCounts(...all);
  },
};

function fileOf(random: Random): Buffer {
  const whole = `${known().format()}`;
  if (random(4) === 0) return damageBytes(Buffer.from(whole), random);
  if (random(4) === 0) return Buffer.from(damageText(whole, random));
  const file: { version: number; checksum: string; body: string } = JSON.parse(whole);
  const body = random(10) > 0 ? damageText(file.body, random) : file.body;
  const checksum = createHash('sha256').update(body).digest('hex');
  return Buffer.from(JSON.stringify({ ...file, checksum, body }));
}

function known(): Knowledge {
  const knowledge = new Knowledge(now);
  const { config } = samples.manifest;
  const platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
  const manifest = remembered(samples.manifest);
  const index = { ...samples.index, manifests: [{ ...manifest.descriptor, platform }] };
  knowledge.learnArchive(archive, {
    images: [
      { kind: 'sealed', platform, manifest, attestations: [] },
      { kind: 'loose', platform, config, layers: [{ diffId: layer, size: 1, compressed: config }] },
    ],
    indexes: { annotations: [samples.index.annotations], documents: [remembered(index)] },
  });
  knowledge.learnLayer(layer, 'gzip 9', config);
  return knowledge;
}

function remembered(value: { readonly mediaType: string }) {
  const document = JSON.stringify(value);
  const bytes = Buffer.from(document);
  const descriptor = { mediaType: value.mediaType, digest: digestOf(bytes), size: bytes.length };
  return { descriptor, document };
}

async function tryFile(file: Buffer): Promise<Counts> {
  const knowledge = new Knowledge(now);
  const { value: isRead, refusal } = await judge(() => knowledge.read(file));
  if (refusal) throw new Error('a file is left, never refused', { cause: refusal });
  if (!isRead && knowledge.knowsArchives) throw new Error('something is known of a file that was left');
  const again = knowledge.format();
  if (again.length > maxKnowledgeSize) throw new Error(`it is written with ${again.length} bytes`);
  if (!new Knowledge(now).read(again)) throw new Error('what is written cannot be read');
  if (!isRead) return { left: 1 };
  const { refusal: told } = await judge(() => tellImages(knowledge, archive));
  return told ? { contradictory: 1 } : { read: 1 };
}

function tellImages(knowledge: Knowledge, digest: Digest): void {
  const found = knowledge.archiveOf(digest);
  if (!found) return;
  const images = found.images.map((image) => decodeImage(image, 'an archive'));
  for (const { platform } of images) assertMap(platform, 'a platform');
  const indexes = found.indexes && decodeIndexes(found.indexes, images);
  for (const annotations of indexes?.annotations ?? []) assertMap(annotations, 'annotations');
}

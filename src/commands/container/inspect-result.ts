import * as v from 'valibot';
import { answer, count, digest, label, many } from '../result.ts';

const annotations = v.exactOptional(v.record(v.string(), v.string()));
const texts = (about: string) => v.exactOptional(v.pipe(many(v.string()), v.description(about)));

const blobReport = {
  digest: digest('Of the bytes as they are stored'),
  mediaType: label('As its manifest has it'),
  size: count('In bytes, as it is stored'),
};

const configReport = v.strictObject({
  ...blobReport,
  created: v.exactOptional(label('RFC 3339, as it is written there')),
  author: v.exactOptional(label('Who made it')),
  entrypoint: texts('The program that a container runs'),
  cmd: texts('Its arguments'),
  env: texts('NAME=value'),
  user: v.exactOptional(label('Whom it runs as')),
  workdir: v.exactOptional(label('Where it starts')),
  exposedPorts: texts('Such as 80/tcp'),
  volumes: texts('Directories'),
  stopSignal: v.exactOptional(label('What ends it')),
  labels: v.exactOptional(v.record(v.string(), v.string())),
});

const layerReport = v.strictObject({
  ...blobReport,
  diffId: v.exactOptional(label('Of the uncompressed tar, as the config has it')),
  createdBy: v.exactOptional(label('As the history of the config tells it')),
  annotations,
});

const imageReport = v.strictObject({
  platform: label('Such as linux/arm/v7; "unknown" where nothing tells it'),
  alsoFor: texts('Other platforms that the index offers it for'),
  name: v.exactOptional(label('What its export calls it')),
  digest: v.exactOptional(digest('Of the manifest; a docker archive has none')),
  mediaType: v.exactOptional(label('Of the manifest')),
  manifestSize: v.exactOptional(count('In bytes, of the manifest itself')),
  size: count('In bytes: config and layers, as they are stored, each once'),
  uniqueSize: count('In bytes: of that, what no other image here has'),
  sharedSize: count('In bytes: of that, what another image here has, too'),
  annotations,
  indexAnnotations: annotations,
  config: configReport,
  layers: many(layerReport),
});

const artifactReport = v.strictObject({
  kind: label('What it is, for people: "Helm chart", else its type'),
  digest: digest('Of the manifest'),
  mediaType: label('Of the manifest'),
  manifestSize: count('In bytes, of the manifest itself'),
  artifactType: v.exactOptional(label('As the manifest has it')),
  subject: v.exactOptional(label('The digest of what it is about')),
  size: count('In bytes: config and layers, as they are stored, each once'),
  annotations,
  config: v.strictObject(blobReport),
  layers: many(
    v.strictObject({ ...blobReport, title: v.exactOptional(label('The name of its file')), annotations }),
  ),
});

const referrerReport = v.strictObject({
  kind: v.pipe(v.picklist(['signature', 'attestation', 'sbom', 'other']), v.description('As its types tell')),
  ...blobReport,
  artifactType: v.exactOptional(label('As it is listed')),
  subject: label('The digest of what it is about'),
  by: v.pipe(
    v.picklist(['subject', 'index', 'tag']),
    v.description('How it is found: by its subject, in the index of an image, under a tag of cosign'),
  ),
  predicateTypes: texts('Of its statements'),
  annotations,
});

/** What is there: the output `metadata` of an inspection, and what `--json` prints. */
export const containerInspectResult = v.strictObject({
  reference: label('What was looked into'),
  digest: v.exactOptional(digest('Of the one document that it names; a layout may list several')),
  mediaType: v.exactOptional(label('Of that document')),
  indexes: many(
    v.strictObject({
      ...blobReport,
      artifactType: v.exactOptional(label('As the index has it')),
      annotations,
    }),
  ),
  platforms: v.pipe(
    v.record(v.string(), v.string()),
    v.description('Manifests by platform, of several the first; empty for an image without one'),
  ),
  size: count('In bytes: configs and layers of all images and artifacts, each once'),
  images: v.pipe(many(imageReport), v.description('In the order of the index')),
  artifacts: v.pipe(many(artifactReport), v.description('Manifests that are no image')),
  referrers: many(referrerReport),
  allReferrers: answer('Whether all documents were asked about: at most 100 are'),
  missing: v.pipe(
    many(v.strictObject({ ...blobReport, platform: v.exactOptional(label('As the index has it')) })),
    v.description('What an index names and is not there'),
  ),
  problems: v.pipe(many(v.string()), v.description('What could not be read: the command failed then')),
});

export type ContainerInspectResult = v.InferOutput<typeof containerInspectResult>;

/** An image that was looked into. */
export type ImageReport = ContainerInspectResult['images'][number];

import * as v from 'valibot';
import { answer, count, digest, label, many } from '../result.ts';

const change = (about: string) =>
  v.pipe(v.picklist(['added', 'removed', 'changed', 'same']), v.description(about));

const side = v.exactOptional(
  v.strictObject({
    digest: label('Of the manifest; of the config of an image without one'),
    size: count('In bytes: config and layers, as they are stored, each once'),
  }),
);

const fileSide = v.exactOptional(
  v.strictObject({
    kind: v.picklist(['file', 'symlink', 'other']),
    size: count('In bytes, of the content; 0 of all but files'),
    mode: label('Permission bits with setuid, setgid and sticky, in octal: 0755'),
    owner: label('UID:GID'),
    target: v.exactOptional(label('Where a symbolic link leads')),
  }),
);

const fileDiff = v.strictObject({
  change: v.picklist(['added', 'removed', 'changed']),
  path: label('From the root of the image'),
  before: fileSide,
  after: fileSide,
});

const layerDiff = v.strictObject({
  change: change('"changed" is another compression of the same files'),
  digest: digest('Of the bytes as they are stored'),
  size: count('In bytes, as it is stored'),
  diffId: v.exactOptional(label('Of the uncompressed tar, as the config has it')),
  title: v.exactOptional(label('The name of its file, in an artifact')),
  createdBy: v.exactOptional(label('As the history of the config tells it')),
});

const platformDiff = v.strictObject({
  platform: label('Such as linux/arm/v7; of what is no image, what it is'),
  change: change('Of the whole'),
  before: side,
  after: side,
  sharedLayers: count('Layers that both have'),
  sharedSize: count('In bytes: those, as they are stored'),
  layers: v.pipe(
    many(layerDiff),
    v.description('Those of the second in their order, then those that are gone'),
  ),
  config: v.pipe(
    many(
      v.strictObject({
        name: label(
          'Such as "env PATH", "label org.example.team", "entrypoint", "annotation org.example.of"',
        ),
        before: v.exactOptional(v.string()),
        after: v.exactOptional(v.string()),
      }),
    ),
    v.description('What config and annotations say differently'),
  ),
  files: v.exactOptional(
    v.pipe(many(fileDiff), v.description('By path; missing where layers were not read for it')),
  ),
});

/** How two differ: the output `metadata` of a comparison, and what `--json` prints. */
export const containerDiffResult = v.strictObject({
  before: label('What was compared'),
  after: label('With what'),
  differs: answer('Whether any platform does'),
  failsOnDifference: answer('Whether a difference is a failure, as exit-code asks'),
  platforms: v.pipe(many(platformDiff), v.description('A platform each, those of the first before others')),
  readBytes: count('In bytes: layers that were read for it, as they are stored'),
  leftOutFiles: count('Files that are not told of: more than 200000 are not'),
  problems: v.pipe(many(v.string()), v.description('What could not be read: the command failed then')),
});

export type ContainerDiffResult = v.InferOutput<typeof containerDiffResult>;

/** How one platform differs. */
export type PlatformDiffReport = ContainerDiffResult['platforms'][number];

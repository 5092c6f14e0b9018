import { shortened } from '../../oci/digest.ts';
import { clip, pageWidth, tableLines } from '../../progress/columns.ts';
import { formatBytes, formatCount } from '../../progress/format.ts';
import type { ContainerInspectResult, ImageReport } from './inspect-result.ts';

/** What is told of at most, for somebody who reads it; JSON has all. */
const most = { images: 64, told: 16, layers: 40, values: 24, referrers: 40 };

type ArtifactReport = ContainerInspectResult['artifacts'][number];

/** What was found, as lines of at most 80 columns. */
export function inspectPage(result: ContainerInspectResult): string[] {
  const { reference, digest, indexes, images, artifacts, problems } = result;
  const [index] = indexes;
  return [
    clip(reference, pageWidth),
    ...(digest ? [digest] : []),
    clip(headline(result), pageWidth),
    ...(index ? pairsOf('annotations', index.annotations) : []),
    ...(images.length > 0 ? ['', ...imagesTable(images)] : []),
    ...images.slice(0, most.told).flatMap((image) => ['', ...imageLines(image)]),
    ...moreLines(images.length - most.told, 'image'),
    ...artifacts.slice(0, most.told).flatMap((artifact) => ['', ...artifactLines(artifact)]),
    ...moreLines(artifacts.length - most.told, 'artifact'),
    ...referrersLines(result),
    ...missingLines(result),
    ...(problems.length > 0 ? ['', ...problems.slice(0, most.values).map((text) => `problem: ${text}`)] : []),
  ];
}

/** `an index of 3 images, 34.1 MB`. */
function headline({ indexes, images, artifacts, size, digest }: ContainerInspectResult): string {
  const counts = [
    ...(images.length > 0 ? [formatCount(images.length, 'image')] : []),
    ...(artifacts.length > 0 ? [formatCount(artifacts.length, 'artifact')] : []),
  ].join(' and ');
  const what =
    digest === undefined ? counts : indexes.length > 0 ? `index of ${counts || 'nothing'}` : counts;
  return `${what || 'nothing'}, ${formatBytes(size)}`;
}

function imagesTable(images: readonly ImageReport[]): string[] {
  return [
    ...tableLines({
      align: ['left', 'right', 'right', 'right', 'left'],
      header: ['PLATFORM', 'SIZE', 'UNIQUE', 'LAYERS', 'DIGEST'],
      rows: images
        .slice(0, most.images)
        .map(({ platform, alsoFor = [], size, uniqueSize, layers, digest = '' }) => [
          clip([platform, ...alsoFor].join(', '), 30),
          formatBytes(size),
          formatBytes(uniqueSize),
          `${layers.length}`,
          shortened(digest),
        ]),
    }),
    ...moreLines(images.length - most.images, 'image'),
  ];
}

function imageLines({ platform, name, digest, layers, config, ...image }: ImageReport): string[] {
  const { created, author, entrypoint, cmd, env, user, workdir, exposedPorts, volumes, stopSignal } = config;
  return [
    clip([platform, name ?? []].flat().join('  '), pageWidth),
    ...(digest ? [`  ${digest}`] : []),
    ...tableLines(
      {
        align: ['left', 'right', 'left', 'left'],
        header: ['LAYER', 'SIZE', 'TYPE', 'CREATED BY'],
        rows: layers
          .slice(0, most.layers)
          .map((layer) => [
            shortened(layer.digest),
            formatBytes(layer.size),
            typeOf(layer.mediaType),
            (layer.createdBy ?? '').trimStart(),
          ]),
      },
      '  ',
    ),
    ...moreLines(layers.length - most.layers, 'layer'),
    ...valuesOf('created', created),
    ...valuesOf('author', author),
    ...valuesOf('entrypoint', entrypoint && JSON.stringify(entrypoint)),
    ...valuesOf('cmd', cmd && JSON.stringify(cmd)),
    ...valuesOf('user', user),
    ...valuesOf('workdir', workdir),
    ...valuesOf('ports', exposedPorts?.join(' ')),
    ...valuesOf('volumes', volumes),
    ...valuesOf('stop signal', stopSignal),
    ...valuesOf('env', env),
    ...pairsOf('labels', config.labels),
    ...pairsOf('annotations', image.annotations),
    ...pairsOf('in the index', image.indexAnnotations),
  ];
}

function artifactLines({ kind, digest, size, layers, config, annotations }: ArtifactReport): string[] {
  return [
    clip(`${kind}, ${formatBytes(size)}`, pageWidth),
    `  ${digest}`,
    ...valuesOf('config', config.mediaType),
    ...tableLines(
      {
        align: ['left', 'right', 'left', 'left'],
        header: ['LAYER', 'SIZE', 'TITLE', 'TYPE'],
        rows: layers
          .slice(0, most.layers)
          .map((layer) => [
            shortened(layer.digest),
            formatBytes(layer.size),
            clip(layer.title ?? '', 24),
            layer.mediaType,
          ]),
      },
      '  ',
    ),
    ...moreLines(layers.length - most.layers, 'layer'),
    ...pairsOf('annotations', annotations),
  ];
}

function referrersLines({ referrers, images, digest, allReferrers }: ContainerInspectResult): string[] {
  if (referrers.length === 0) return [];
  const nameOf = (subject: string): string => {
    if (subject === digest) return 'all of it';
    return images.find((image) => image.digest === subject)?.platform ?? shortened(subject);
  };
  return [
    '',
    ...tableLines({
      align: ['left', 'left', 'left', 'left'],
      header: ['REFERRER', 'OF', 'DIGEST', 'TYPE'],
      rows: referrers
        .slice(0, most.referrers)
        .map(({ kind, subject, artifactType, mediaType, predicateTypes = [], ...referrer }) => [
          kind,
          clip(nameOf(subject), 20),
          shortened(referrer.digest),
          predicateTypes.join(', ') || artifactType || mediaType,
        ]),
    }),
    ...moreLines(referrers.length - most.referrers, 'referrer'),
    ...(allReferrers ? [] : ['  referrers of other documents were not asked for']),
  ];
}

function missingLines({ missing }: ContainerInspectResult): string[] {
  if (missing.length === 0) return [];
  const rows = missing.slice(0, most.values).map((one) => `  ${one.platform ?? one.mediaType} ${one.digest}`);
  return [
    '',
    'named, and not there:',
    ...rows.map((row) => clip(row, pageWidth)),
    ...moreLines(missing.length - most.values, 'document'),
  ];
}

/** `tar+gzip`: the end of a layer's media type, where what is before goes without saying. */
function typeOf(mediaType: string): string {
  const known = mediaType
    .replace(/^application\/vnd\.oci\.image\.layer\.(?:nondistributable\.)?v1\./, '')
    .replace(/^application\/vnd\.docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.(\w+))?$/, (_, how) =>
      how ? `tar+${how}` : 'tar',
    );
  return clip(known, 24);
}

/** In columns: how far values are from the left. */
const column = 15;

/** A name with its values, one a line. */
function valuesOf(name: string, given: string | readonly string[] | undefined): string[] {
  const values = [given ?? []].flat();
  return [
    ...values
      .slice(0, most.values)
      .map((value, at) => clip(`  ${(at === 0 ? name : '').padEnd(column - 2)}${value}`, pageWidth)),
    ...moreLines(values.length - most.values, 'value'),
  ];
}

function pairsOf(name: string, pairs: Readonly<Record<string, string>> | undefined): string[] {
  return valuesOf(
    name,
    Object.entries(pairs ?? {}).map(([key, value]) => `${key}=${value}`),
  );
}

function moreLines(count: number, noun: string): string[] {
  return count > 0 ? [`  and ${formatCount(count, `more ${noun}`)}: --json has all`] : [];
}

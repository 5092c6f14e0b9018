import { artifactKindName } from '../../inspect/artifact-kind-name.ts';
import type { FoundArtifact, FoundContent, FoundImage } from '../../inspect/content.ts';
import type { FoundReferrer, FoundReferrers } from '../../inspect/find-referrers.ts';
import { sizesOf } from '../../inspect/sizes.ts';
import type { Subject } from '../../inspect/subject.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { ContainerInspectResult, ImageReport } from './inspect-result.ts';

/** Tells what was found; sizes are those of what is told. */
export function inspectReport(
  { origin, roots }: Pick<Subject, 'origin' | 'roots'>,
  content: FoundContent,
  { referrers, unasked }: FoundReferrers,
): ContainerInspectResult {
  const { images, artifacts, indexes, missing } = content;
  const [root, ...others] = roots;
  const blobs = [...images.map(blobsOf), ...artifacts.map(({ config, layers }) => [config, ...layers])];
  const { sizes, total } = sizesOf(blobs);
  const platforms = new Map<string, string>();
  for (const { platform, alsoFor, manifest } of images) {
    for (const one of [platform ?? [], alsoFor].flat()) {
      const name = formatPlatform(one);
      platforms.set(name, platforms.get(name) ?? manifest?.digest ?? '');
    }
  }
  return {
    reference: origin,
    ...(root && others.length === 0 && { digest: root.digest, mediaType: root.mediaType }),
    indexes: indexes.map(({ descriptor, artifactType, annotations }) => ({
      ...blobOf(descriptor),
      ...(artifactType && { artifactType }),
      ...(annotations && { annotations }),
    })),
    platforms: Object.fromEntries(platforms),
    size: total,
    images: images.map((image, at) => imageReport(image, sizes[at])),
    artifacts: artifacts.map((artifact, at) => artifactReport(artifact, sizes[images.length + at]?.size)),
    referrers: referrers.map(referrerReport),
    allReferrers: unasked === 0,
    missing: missing.map((descriptor) => ({
      ...blobOf(descriptor),
      ...(descriptor.platform && { platform: formatPlatform(descriptor.platform) }),
    })),
    problems: images.flatMap(({ problem }) => problem ?? []),
  };
}

function imageReport(image: FoundImage, { size, uniqueSize } = { size: 0, uniqueSize: 0 }): ImageReport {
  const { platform, alsoFor, name, manifest, annotations, config, facts, layers } = image;
  return {
    platform: platform ? formatPlatform(platform) : 'unknown',
    ...(alsoFor.length > 0 && { alsoFor: alsoFor.map(formatPlatform) }),
    ...(name && { name }),
    ...(manifest && {
      digest: manifest.digest,
      mediaType: manifest.mediaType,
      manifestSize: manifest.size,
    }),
    ...{ size, uniqueSize, sharedSize: size - uniqueSize },
    ...(annotations && { annotations }),
    ...(manifest?.annotations && { indexAnnotations: manifest.annotations }),
    config: { ...blobOf(config), ...facts },
    layers: layers.map(({ descriptor, diffId, createdBy }) => ({
      ...blobOf(descriptor),
      ...(diffId && { diffId }),
      ...(createdBy && { createdBy }),
      ...(descriptor.annotations && { annotations: descriptor.annotations }),
    })),
  };
}

function artifactReport(artifact: FoundArtifact, size = 0): ContainerInspectResult['artifacts'][number] {
  const { descriptor, artifactType, annotations, subject, config, layers } = artifact;
  return {
    kind: artifactKindName(artifact),
    digest: descriptor.digest,
    mediaType: descriptor.mediaType,
    manifestSize: descriptor.size,
    ...(artifactType && { artifactType }),
    ...(subject && { subject }),
    size,
    ...(annotations && { annotations }),
    config: blobOf(config),
    layers: layers.map((layer) => {
      const title = layer.annotations?.['org.opencontainers.image.title'];
      return {
        ...blobOf(layer),
        ...(title && { title }),
        ...(layer.annotations && { annotations: layer.annotations }),
      };
    }),
  };
}

function referrerReport(found: FoundReferrer): ContainerInspectResult['referrers'][number] {
  const { kind, descriptor, subject, by, predicateTypes } = found;
  const { artifactType, annotations } = descriptor;
  return {
    kind,
    ...blobOf(descriptor),
    ...(artifactType && { artifactType }),
    subject,
    by,
    ...(predicateTypes.length > 0 && { predicateTypes }),
    ...(annotations && { annotations }),
  };
}

function blobsOf({ config, layers }: FoundImage): Descriptor[] {
  return [config, ...layers.map(({ descriptor }) => descriptor)];
}

function blobOf({ digest, mediaType, size }: Descriptor): Pick<Descriptor, 'digest' | 'mediaType' | 'size'> {
  return { digest, mediaType, size };
}

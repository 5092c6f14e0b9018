import type { Descriptor } from '../oci/descriptor.ts';
import { refName } from '../oci/layout.ts';
import { mediaTypes } from '../oci/media-type.ts';

/** The name of an image in containerd (images/annotations.go), and so in what docker saves. */
const containerdName = 'io.containerd.image.name';

/** What a manifest is called where it lies; nothing of that is published. */
const names: readonly string[] = [refName, containerdName];

/** Where its blobs came from, an annotation a registry (containerd, labels.LabelDistributionSource). */
const source = /^containerd\.io\/distribution\.source\./;

/** What an exporter writes beside them in index.json: when it ran (BuildKit, regctl), and what it exported. */
const ofExport: readonly string[] = ['org.opencontainers.image.created', 'config.digest'];

/** What the export calls this manifest, such as `docker.io/library/app:1.0`. */
export function nameOf({ annotations }: Descriptor): string | undefined {
  return annotations?.[containerdName] ?? annotations?.[refName];
}

/** What crane calls an artifact's type is that of any image's config: its manifest says so, too. */
const imageConfigs: readonly (string | undefined)[] = [mediaTypes.oci.config, mediaTypes.docker.config];

/**
 * A descriptor with the annotations that belong to the image: names of places say nothing where it goes, and what is in
 * index.json itself (`isRoot`) may tell of the export, other than what is in an index of the image's.
 */
export function withOwnAnnotations(descriptor: Descriptor, isRoot: boolean): Descriptor {
  const { annotations, artifactType, ...plain } = descriptor;
  const rest = artifactType && !imageConfigs.includes(artifactType) ? { ...plain, artifactType } : plain;
  const own = Object.entries(annotations ?? {}).filter(
    ([key]) => !names.includes(key) && !source.test(key) && !(isRoot && ofExport.includes(key)),
  );
  return own.length > 0 ? { ...rest, annotations: Object.fromEntries(own) } : rest;
}

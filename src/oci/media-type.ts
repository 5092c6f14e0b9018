/** Media types of the OCI image spec and of Docker's schema 2, the two that are in use. */
export const mediaTypes = {
  oci: {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: {
      none: 'application/vnd.oci.image.layer.v1.tar',
      gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
      zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
    },
  },
  docker: {
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: {
      none: 'application/vnd.docker.image.rootfs.diff.tar',
      gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
      zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
    },
  },
} as const;

const common: ReadonlyMap<string, string> = new Map(
  Object.values(mediaTypes)
    .flatMap(({ layer, ...documents }) => [...Object.values(layer), ...Object.values(documents)])
    .map((mediaType) => [mediaType, mediaType]),
);

/** The same text; of one of these types always the same object, so that who holds thousands does not hold a text for each. */
export function commonSpelling(mediaType: string): string {
  return common.get(mediaType) ?? mediaType;
}

/** Which family of media types a release is written in. */
export type Format = keyof typeof mediaTypes;

/** How the bytes of a layer are compressed. */
export type Compression = keyof typeof mediaTypes.oci.layer;

/** Whether a media type is that of an index, OCI's or Docker's. */
export function isIndex(mediaType: string): boolean {
  return mediaType === mediaTypes.oci.index || mediaType === mediaTypes.docker.index;
}

/** Whether a media type is that of an image manifest, OCI's or Docker's. */
export function isManifest(mediaType: string): boolean {
  return mediaType === mediaTypes.oci.manifest || mediaType === mediaTypes.docker.manifest;
}

/** Whether a registry keeps this under `manifests/`; all else is a blob. */
export function isDocument(mediaType: string): boolean {
  return isIndex(mediaType) || isManifest(mediaType);
}

/** Layers that their licence keeps at their vendor's: named by URL, not stored with the image. */
export function isForeign(mediaType: string): boolean {
  return mediaType.includes('.nondistributable.') || mediaType.includes('.foreign.');
}

/** Whether clients pull layers of this compression in this format: no client knows Docker's media type of zstd. */
export function isPulled(format: Format, compression: Compression): boolean {
  return format !== 'docker' || compression !== 'zstd';
}

/** How a layer of this media type is compressed. */
export function compressionOf(mediaType: string): Compression {
  return mediaType.endsWith('gzip') ? 'gzip' : mediaType.endsWith('zstd') ? 'zstd' : 'none';
}

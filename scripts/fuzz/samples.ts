import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';

const digest = digestOf(Buffer.from('x'));
const platform = { architecture: 'arm', os: 'linux', variant: 'v7', 'os.features': ['a'] };
const annotations = { 'org.opencontainers.image.title': 'app', toString: 'x' };

/** Documents as they are when nobody means harm. */
export const manifest = {
  schemaVersion: 2,
  mediaType: mediaTypes.oci.manifest,
  artifactType: 'application/x',
  config: { mediaType: mediaTypes.oci.config, digest, size: 1 },
  layers: [
    { mediaType: mediaTypes.oci.layer.gzip, digest, size: 1, annotations, urls: ['https://example.org'] },
  ],
  subject: { mediaType: mediaTypes.oci.manifest, digest, size: 1 },
  annotations,
};

export const index = {
  schemaVersion: 2,
  mediaType: mediaTypes.oci.index,
  manifests: [{ mediaType: mediaTypes.oci.manifest, digest, size: 1, platform, annotations }],
  annotations,
};

export const config = {
  ...platform,
  config: { Cmd: ['/bin/app'], Labels: annotations },
  rootfs: { type: 'layers', diff_ids: [digest] },
  history: [{ created: '2026-01-01T00:00:00Z' }],
};

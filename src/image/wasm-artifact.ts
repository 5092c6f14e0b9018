import { type Blob, type ImageWithManifest, leaf, openBytes } from '../content/content.ts';
import { digestOf } from '../oci/digest.ts';
import { mediaTypes } from '../oci/media-type.ts';
import { type Annotation, annotationsOf } from './annotate.ts';
import { documentNode } from './assemble.ts';

/** What is told of a module besides its bytes. */
export interface WasmDescription {
  /** Undefined for a core module. */
  readonly component?: { readonly exports: readonly string[]; readonly imports: readonly string[] };
  /** RFC 3339. */
  readonly created: string;
}

/** Media types of the CNCF's Wasm OCI artifact layout. */
const types = { config: 'application/vnd.wasm.config.v0+json', layer: 'application/wasm' } as const;

/**
 * A module as the CNCF has its artifacts (TAG Runtime, "Wasm OCI Artifact layout"): one manifest over a config of its own kind
 * and the module as it is. A core module counts as one for WASI preview 1, a component for preview 2. `origin` is for messages.
 */
export function makeWasmArtifact(
  module: Omit<Blob, 'descriptor'> & { readonly descriptor: Omit<Blob['descriptor'], 'mediaType'> },
  origin: string,
  { component, created }: WasmDescription,
  annotations: readonly Annotation[],
): ImageWithManifest {
  const platform = { os: component ? 'wasip2' : 'wasip1', architecture: 'wasm' };
  const layer = { ...module, descriptor: { mediaType: types.layer, ...module.descriptor } };
  const document = Buffer.from(
    JSON.stringify({
      created,
      architecture: platform.architecture,
      os: platform.os,
      layerDigests: [layer.descriptor.digest],
      ...(component && { component: { exports: component.exports, imports: component.imports } }),
    }),
  );
  const config = {
    descriptor: { mediaType: types.config, digest: digestOf(document), size: document.length },
    open: openBytes(document),
  };
  const own = annotationsOf(annotations, 'manifest', platform);
  const content = {
    schemaVersion: 2,
    mediaType: mediaTypes.oci.manifest,
    config: config.descriptor,
    layers: [layer.descriptor],
    ...(own && { annotations: own }),
  } as const;
  const manifest = documentNode(content, [leaf(config), leaf(layer)], platform);
  return { kind: 'with-manifest', origin, platform, manifest, attestations: [] };
}

import * as v from 'valibot';
import { type ImageWithManifest, leaf, type Node, openBytes } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { compareText } from '../oci/compare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestOf, hexOf } from '../oci/digest.ts';
import { parseJson } from '../oci/manifest.ts';
import { mediaTypes } from '../oci/media-type.ts';
import { formatPlatform, isSamePlatform, type Platform, spellPlatform } from '../oci/platform.ts';
import { documentNode } from './assemble.ts';

/** A bill of materials as it was given. */
export interface Sbom {
  /** The file that it was given in, for messages. */
  readonly origin: string;
  /** Which image it is about; undefined: the only one, or else the index. */
  readonly platform: Platform | undefined;
  readonly kind: keyof typeof predicateTypes;
  /** Its JSON, byte for byte. */
  readonly text: string;
}

const inToto = 'application/vnd.in-toto+json';
const attestationType = 'application/vnd.docker.attestation.manifest.v1+json';
/** How in-toto names what a statement says. */
const predicateTypes = {
  SPDX: 'https://spdx.dev/Document',
  CycloneDX: 'https://cyclonedx.org/bom',
} as const;

/** What SPDX 2 and 3 and CycloneDX begin with, in JSON; all else says nothing here. */
const schema = v.looseObject({
  spdxVersion: v.exactOptional(v.unknown()),
  '@context': v.exactOptional(v.unknown()),
  bomFormat: v.exactOptional(v.unknown()),
});

/** The SBOM in these bytes, SPDX or CycloneDX as JSON; throws where it is neither. */
export function parseSbom(bytes: Uint8Array, origin: string, platform: Platform | undefined): Sbom {
  const { spdxVersion, '@context': context, bomFormat } = parseJson(schema, bytes, `sbom ${origin}`);
  const isSpdx = typeof spdxVersion === 'string' || /^https:\/\/spdx\.org\/rdf\/3\./.test(`${context}`);
  const kind = isSpdx ? 'SPDX' : bomFormat === 'CycloneDX' ? 'CycloneDX' : undefined;
  if (kind) return { origin, platform, kind, text: new TextDecoder().decode(bytes).trim() };
  throw new AlbaError(
    'source',
    `sbom ${origin} is neither SPDX (it has no spdxVersion) nor CycloneDX (no bomFormat): write one of them as JSON, such as with syft -o spdx-json`,
  );
}

/** Throws where one is about a platform that is not published. */
export function checkSboms(sboms: readonly Sbom[], images: readonly { readonly platform: Platform }[]): void {
  const faults = sboms.flatMap(({ origin, platform }) => {
    if (!platform || images.some((image) => isSamePlatform(platform, image.platform))) return [];
    const there = images.map((image) => formatPlatform(image.platform)).join(', ');
    return [
      `sbom ${origin} is for ${spellPlatform(platform)}, which is not published here: that is ${there}`,
    ];
  });
  if (faults.length > 0) throw new AlbaError('source', faults.join('\n'));
}

/** Those that are about the whole index: they name no platform where there are several. */
export function sbomsOfIndex(
  sboms: readonly Sbom[],
  images: readonly { readonly platform: Platform }[],
): readonly Sbom[] {
  return images.length > 1 ? sboms.filter(({ platform }) => !platform) : [];
}

/** The images with an attestation each that holds their SBOMs, besides those that they came with. */
export function attachSboms(
  images: readonly ImageWithManifest[],
  sboms: readonly Sbom[],
): readonly ImageWithManifest[] {
  return images.map((image) => {
    const own = sboms.filter(({ platform }) =>
      platform ? isSamePlatform(platform, image.platform) : images.length === 1,
    );
    if (own.length === 0) return image;
    const made = attestSboms(image.manifest.descriptor, own);
    const annotations = {
      'vnd.docker.reference.digest': image.manifest.descriptor.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    };
    const platform = { architecture: 'unknown', os: 'unknown' };
    const attestation = { ...made, descriptor: { ...made.descriptor, annotations, platform } };
    const others = image.attestations.filter(
      ({ descriptor }) => descriptor.digest !== made.descriptor.digest,
    );
    return { ...image, attestations: [...others, attestation] };
  });
}

/**
 * A manifest whose layers are in-toto statements that hold these SBOMs, as BuildKit stores them (docs/attestations/attestation-storage.md,
 * `oci-artifact=true`): what it is about is its subject, so that it is a referrer, too. The same bytes in whatever order they were given.
 */
export function attestSboms({ mediaType, digest, size }: Descriptor, sboms: readonly Sbom[]): Node {
  const statements = new Map(
    sboms.map(({ kind, text }) => {
      const predicateType = predicateTypes[kind];
      const subject = JSON.stringify([{ name: '_', digest: { sha256: hexOf(digest) } }]);
      const statement = `{"_type":"https://in-toto.io/Statement/v0.1","predicateType":"${predicateType}","subject":${subject},"predicate":${text}}`;
      const blob = documentBlob(inToto, Buffer.from(statement));
      const annotations = { 'in-toto.io/predicate-type': predicateType };
      return [blob.descriptor.digest, { ...blob, descriptor: { ...blob.descriptor, annotations } }] as const;
    }),
  );
  const key = ({ descriptor }: { readonly descriptor: Descriptor }): string =>
    `${descriptor.annotations?.['in-toto.io/predicate-type']} ${descriptor.digest}`;
  const layers = [...statements.values()].sort((one, other) => compareText(key(one), key(other)));
  const config = documentBlob('application/vnd.oci.empty.v1+json', Buffer.from('{}'));
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes.oci.manifest,
    artifactType: attestationType,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    subject: { mediaType, digest, size },
  } as const;
  return documentNode(document, [config, ...layers].map(leaf));
}

function documentBlob(mediaType: string, bytes: Buffer) {
  return {
    descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length },
    open: openBytes(bytes),
  };
}

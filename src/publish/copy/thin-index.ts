import * as v from 'valibot';
import type { DocumentBytes } from '../../content/graph.ts';
import { attestedBy, isAttestation } from '../../oci/attestation.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { parseConfig, parseIndex, parseJson, parseManifest } from '../../oci/manifest.ts';
import { isIndex, isManifest, mediaTypes } from '../../oci/media-type.ts';
import { formatPlatform, inGoNames, isSamePlatform, type Platform } from '../../oci/platform.ts';

/** How what an index leads to is read. */
export type ReadContent = (descriptor: Descriptor) => Promise<DocumentBytes>;

/** What is left of what a descriptor names. */
export interface ThinnedIndex {
  /** Of an index of ours, or as it was where all of it stays; undefined where nothing does. */
  readonly descriptor: Descriptor | undefined;
  /** The indexes that had to be made for that. */
  readonly made: ReadonlyMap<Digest, DocumentBytes>;
  /** Platforms that stay. */
  readonly kept: readonly Platform[];
  /** Platforms that do not, for people. */
  readonly left: readonly string[];
}

const documentSchema = v.record(v.string(), v.unknown());
const entriesSchema = v.looseObject({ manifests: v.array(documentSchema) });

/**
 * The index with what it names for these platforms, with what describes that, and with what is for no platform; its other fields
 * stay. Only what stays is looked for. A manifest stays where it is for one of these.
 */
export async function thinIndex(
  descriptor: Descriptor,
  wanted: readonly Platform[],
  read: ReadContent,
): Promise<ThinnedIndex> {
  if (!isIndex(descriptor.mediaType)) return thinManifest(descriptor, wanted, read);
  const { bytes, origin } = await read(descriptor);
  const { manifests } = parseIndex(bytes, origin);
  const thinned: (ThinnedIndex | undefined)[] = [];
  for (const entry of manifests) {
    thinned.push(isAttestation(entry) ? undefined : await thinManifest(entry, wanted, read));
  }
  const isAbout = (entry: Descriptor) => (_: unknown, at: number) =>
    manifests[at]?.digest === attestedBy(entry);
  const entries = manifests.map((entry, at) => {
    if (!isAttestation(entry)) return thinned[at]?.descriptor;
    const about = thinned.filter(isAbout(entry));
    const isKept = about.length === 0 || about.some((one) => one?.descriptor);
    return isKept ? entry : undefined;
  });
  const below = thinned.flatMap((one) => one ?? []);
  const told = {
    kept: below.flatMap(({ kept }) => kept),
    left: [...new Set(below.flatMap(({ left }) => left))],
  };
  const isWhole = entries.every((entry, at) => entry?.digest === manifests[at]?.digest);
  if (isWhole) return { ...told, descriptor, made: new Map() };
  if (entries.every((entry) => entry === undefined))
    return { ...told, descriptor: undefined, made: new Map() };
  const document = makeIndex(descriptor, bytes, entries, origin);
  const { mediaType, platform, annotations } = descriptor;
  const own = {
    ...{ mediaType, digest: digestOf(document), size: document.length },
    ...(platform && { platform }),
    ...(annotations && { annotations }),
  };
  const made = new Map(below.flatMap((one) => [...one.made]));
  return { ...told, descriptor: own, made: made.set(own.digest, { bytes: document, origin }) };
}

async function thinManifest(
  descriptor: Descriptor,
  wanted: readonly Platform[],
  read: ReadContent,
): Promise<ThinnedIndex> {
  if (isIndex(descriptor.mediaType)) return thinIndex(descriptor, wanted, read);
  const platform = await platformOf(descriptor, read);
  const isKept = !platform || wanted.some((one) => isSamePlatform(one, platform));
  return {
    descriptor: isKept ? descriptor : undefined,
    made: new Map(),
    kept: isKept && platform ? [platform] : [],
    left: isKept || !platform ? [] : [formatPlatform(platform)],
  };
}

/** Of the entry, else of the config; undefined for what is no image. */
async function platformOf(
  { mediaType, platform, ...descriptor }: Descriptor,
  read: ReadContent,
): Promise<Platform | undefined> {
  if (platform) return platform.os === 'unknown' ? undefined : inGoNames(platform);
  if (!isManifest(mediaType)) return undefined;
  const { bytes, origin } = await read({ ...descriptor, mediaType });
  const { config } = parseManifest(bytes, origin);
  const configs: readonly string[] = [mediaTypes.oci.config, mediaTypes.docker.config];
  if (!configs.includes(config.mediaType)) return undefined;
  const found = await read(config);
  const { os, architecture, ...rest } = parseConfig(found.bytes, found.origin).platform;
  return os && architecture ? inGoNames({ os, architecture, ...rest }) : undefined;
}

/** The document as it was, with fewer entries: those that stay as they are, byte for byte but for blanks. */
function makeIndex(
  { mediaType }: Descriptor,
  bytes: Buffer,
  entries: readonly (Descriptor | undefined)[],
  where: string,
): Buffer {
  const before = parseJson(documentSchema, bytes, where, { keepsNull: true });
  const { manifests } = parseJson(entriesSchema, bytes, where, { keepsNull: true });
  const kept = manifests.flatMap((entry, at) => {
    const { digest, size } = entries[at] ?? {};
    return digest ? [{ ...entry, digest, size }] : [];
  });
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...before, manifests: kept }));
}

import { type ImageWithManifest, leaf, type Node, openBytes } from '../content/content.ts';
import type { DocumentBytes } from '../content/graph.ts';
import { assertSame } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { completePlatform } from '../oci/complete-platform.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Config, type Manifest, parseConfig } from '../oci/manifest.ts';
import { isForeign, mediaTypes } from '../oci/media-type.ts';
import { inGoNames, type Platform } from '../oci/platform.ts';
import type { Progress } from '../progress/progress.ts';
import { ContradictionError } from './contradiction.ts';
import { noPlatform } from './docker-archive.ts';
import { holdToDiffIds } from './inflated.ts';
import { type Blobs, type Member, readMember, toBlob } from './members.ts';
import type { Mentioned } from './mentions.ts';
import { platformInName } from './platform-name.ts';

/** A manifest as indexes name it. */
export interface FoundManifest extends Mentioned {
  readonly bytes: Buffer;
  readonly manifest: Manifest;
}

/** The file of a descriptor, of the right size and digest. */
async function findBlob(blobs: Blobs, descriptor: Descriptor): Promise<Member> {
  const { digest, size } = descriptor;
  const member = await blobs.find(descriptor);
  if (!member)
    throw new ContradictionError(
      `${blobs.origin} is incomplete: ${digest} is not in it; build or copy it again`,
    );
  const found = { size: member.size, digest: member.size === size ? await member.digest() : digest };
  assertSame({ digest, size }, found, member.origin);
  return member;
}

/** The bytes of a document or a config, verified, and where they lie, for messages. */
export async function readBlob(blobs: Blobs, descriptor: Descriptor): Promise<DocumentBytes> {
  const member = await findBlob(blobs, descriptor);
  return { bytes: await readMember(member), origin: member.origin };
}

/** Whether all blobs that a manifest points to are there, foreign layers aside. */
export async function isComplete(blobs: Blobs, { manifest }: FoundManifest): Promise<boolean> {
  for (const child of [manifest.config, ...manifest.layers]) {
    if (!isForeign(child.mediaType) && !(await blobs.find(child))) return false;
  }
  return true;
}

/** A manifest with its verified blobs; a foreign layer that is not there is no child of it. */
export async function readNode(blobs: Blobs, { descriptor, bytes, manifest }: FoundManifest): Promise<Node> {
  const children: Node[] = [];
  for (const child of [manifest.config, ...manifest.layers]) {
    if (isForeign(child.mediaType) && !(await blobs.find(child))) continue;
    children.push(leaf(toBlob(child, await findBlob(blobs, child))));
  }
  return { descriptor, open: openBytes(bytes), children };
}

/** How an image is read. */
export interface ReadImageOptions {
  readonly progress: Progress;
  /** Whether its index is believed what it is for; where that says all of it, the config is not read. */
  readonly isKnown: boolean;
}

/**
 * An image whose config agrees with its manifest, and with the platforms that indexes give it. Its layers are inflated and
 * held to their diffIDs where they are here.
 */
export async function readImage(
  blobs: Blobs,
  found: FoundManifest,
  attestations: readonly Node[],
  { progress, isKnown }: ReadImageOptions,
): Promise<ImageWithManifest> {
  const listed = isKnown ? wholePlatform(found) : undefined;
  const { platform, diffIds } = listed ? { platform: listed } : await readConfig(blobs, found);
  const node = await readNode(blobs, found);
  if (diffIds && blobs.areHere) await holdToDiffIds(blobs, found.manifest.layers, diffIds, progress);
  const manifest = { ...node, descriptor: { ...node.descriptor, platform } };
  const { name, within } = found;
  return {
    kind: 'with-manifest',
    origin: blobs.origin,
    ...(name && { name }),
    ...(within && { within }),
    platform,
    manifest,
    attestations,
  };
}

/** What its index says, where a config adds nothing to that: the version of Windows, a variant of arm. */
function wholePlatform({ platforms: [listed] }: FoundManifest): Platform | undefined {
  if (!listed?.os || !listed.architecture) return undefined;
  const { os, architecture, variant } = inGoNames(listed);
  const isOpen = os === 'windows' || (architecture === 'arm' && !variant);
  return isOpen ? undefined : listed;
}

/** What the config says of the layers, and of what they are for, which the index may say, too. */
async function readConfig(
  blobs: Blobs,
  found: FoundManifest,
): Promise<{ readonly platform: Platform; readonly diffIds?: Config['diffIds'] }> {
  const { bytes, origin } = await readBlob(blobs, found.manifest.config);
  const config = parseConfig(bytes, origin);
  checkLayers(config, found, blobs.origin);
  return { diffIds: config.diffIds, platform: platformOf(config, found, blobs, origin) };
}

/** As far as their number and their digests tell it. */
function checkLayers({ diffIds }: Config, { descriptor, manifest }: FoundManifest, origin: string): void {
  const { layers } = manifest;
  if (layers.length !== diffIds.length) {
    throw new ContradictionError(
      `${origin}: manifest ${descriptor.digest} has ${layers.length} layers, its config ${diffIds.length}: build it again`,
    );
  }
  const plain: readonly string[] = [mediaTypes.oci.layer.none, mediaTypes.docker.layer.none];
  const wrong = layers.findIndex(
    ({ mediaType, digest }, index) => plain.includes(mediaType) && digest !== diffIds[index],
  );
  if (wrong < 0) return;
  throw new ContradictionError(
    `${origin}: layer ${layers[wrong]?.digest} does not match diffID ${diffIds[wrong]} of its config: build it again`,
  );
}

/** What indexes, the config and, for want of both, the name of the archive say together. */
function platformOf(config: Config, found: FoundManifest, blobs: Blobs, origin: string): Platform {
  // A published index is copied as it is, and may offer one manifest for several platforms.
  const platforms = blobs.areHere ? found.platforms : found.platforms.slice(0, 1);
  const told = [
    ...platforms.map((platform) => ({ platform, by: 'the index' })),
    { platform: config.platform, by: 'its config' },
  ];
  const { digest } = found.descriptor;
  const named = blobs.areHere ? platformInName(blobs.origin) : undefined;
  const platform =
    completePlatform(told, blobs.origin, digest) ??
    (named && completePlatform([...told, { platform: named, by: 'its name' }], blobs.origin, digest));
  if (platform) return platform;
  throw new AlbaError('source', `${origin} names no platform, and no index does: ${noPlatform}`);
}

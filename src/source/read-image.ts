import { type ImageWithManifest, leaf, type Node, openBytes } from '../content/content.ts';
import type { DocumentBytes } from '../content/graph.ts';
import { assertSame } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { refName } from '../oci/layout.ts';
import { type Config, type Manifest, parseConfig } from '../oci/manifest.ts';
import { isForeign, mediaTypes } from '../oci/media-type.ts';
import { formatPlatform, isSamePlatform, type Platform } from '../oci/platform.ts';
import { type Blobs, type Member, readMember, toBlob } from './members.ts';

/** A manifest as an index of a layout names it. */
export interface FoundManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
  readonly manifest: Manifest;
}

/** The file of a descriptor, of the right size and digest. */
async function findBlob(blobs: Blobs, descriptor: Descriptor): Promise<Member> {
  const { digest, size } = descriptor;
  const member = await blobs.find(descriptor);
  if (!member) throw new AlbaError('source', `${blobs.origin} is incomplete: ${digest} is not in it`);
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
  return { descriptor: withoutNames(descriptor), open: openBytes(bytes), children };
}

/** An image whose config agrees with its manifest and with the platform that the index gives it. */
export async function readImage(
  blobs: Blobs,
  found: FoundManifest,
  attestations: readonly Node[],
): Promise<ImageWithManifest> {
  const { bytes, origin } = await readBlob(blobs, found.manifest.config);
  const config = parseConfig(bytes, origin);
  checkLayers(config, found, blobs.origin);
  const platform = platformOf(config, found.descriptor, blobs.origin);
  const node = await readNode(blobs, found);
  const manifest = { ...node, descriptor: { ...node.descriptor, platform } };
  return { kind: 'with-manifest', origin: blobs.origin, platform, manifest, attestations };
}

/** What a layer inflates to is not looked at: the manifest that names it is what its maker vouched for. */
function checkLayers({ diffIds }: Config, { descriptor, manifest }: FoundManifest, origin: string): void {
  const { layers } = manifest;
  if (layers.length !== diffIds.length) {
    throw new AlbaError(
      'source',
      `${origin}: manifest ${descriptor.digest} has ${layers.length} layers, its config ${diffIds.length}`,
    );
  }
  const plain: readonly string[] = [mediaTypes.oci.layer.none, mediaTypes.docker.layer.none];
  const wrong = layers.findIndex(
    ({ mediaType, digest }, index) => plain.includes(mediaType) && digest !== diffIds[index],
  );
  if (wrong < 0) return;
  throw new AlbaError(
    'source',
    `${origin}: layer ${layers[wrong]?.digest} does not match diffID ${diffIds[wrong]} of its config`,
  );
}

/** The index may say more than the config (a variant, a version), never something else. */
function platformOf(config: Config, { platform, digest }: Descriptor, origin: string): Platform {
  if (!platform) return config.platform;
  if (isSamePlatform(platform, { ...platform, ...config.platform })) return platform;
  throw new AlbaError(
    'source',
    `${origin}: the index says that ${digest} is for ${formatPlatform(platform)}, its config says ${formatPlatform(config.platform)}`,
  );
}

/** Annotations that name a place in the layout say nothing where the image goes. */
function withoutNames({ annotations, ...descriptor }: Descriptor): Descriptor {
  const { [refName]: _reference, 'io.containerd.image.name': _name, ...rest } = annotations ?? {};
  return Object.keys(rest).length > 0 ? { ...descriptor, annotations: rest } : descriptor;
}

import zlib from 'node:zlib';
import pLimit from 'p-limit';
import { decompressDetected } from '../compression/decompress-detected.ts';
import { detectCompression } from '../compression/detect.ts';
import { unsupportedCompression } from '../compression/unsupported.ts';
import { measure } from '../content/verify.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { ContradictionError } from './contradiction.ts';
import type { Blobs, Member } from './members.ts';

/**
 * Inflates layers once, compressed as their first bytes say, and holds them to the diffIDs of their config: an image that says
 * something else is refused by docker and containerd, and makes others reuse the wrong layer. Throws an error that names the
 * layer; passes over those that are encrypted or not there.
 */
export async function holdToDiffIds(
  blobs: Blobs,
  layers: readonly Descriptor[],
  diffIds: readonly Digest[],
  progress: Progress,
): Promise<void> {
  const hold = async (layer: Descriptor, diffId: Digest | undefined): Promise<void> => {
    const member = layer.mediaType.endsWith('+encrypted') ? undefined : await blobs.find(layer);
    if (!member) return;
    const found = await diffIdOf(member);
    if (!found) {
      progress.warn(
        `${member.origin} was not compared with its config: this Node ${process.versions.node} cannot read zstd, 22.15 can`,
      );
    } else if (found !== diffId) {
      throw new ContradictionError(
        `${blobs.origin}: layer ${layer.digest} is not what its config says: it inflates to ${found}, the config has ${diffId}; docker and containerd refuse such an image, build it once more`,
      );
    }
  };
  await Promise.all(layers.map((layer, index) => hold(layer, diffIds[index])));
}

/** A file that several manifests name is inflated once. */
const known = new WeakMap<Member, Promise<Digest | undefined>>();

/** Of all artifacts together: inflating is done by threads of Node's own. */
const limit = pLimit(2);

/** Of what a layer inflates to; undefined where this Node cannot tell, which is so for zstd before 22.15. */
function diffIdOf(member: Member): Promise<Digest | undefined> {
  const found = known.get(member) ?? limit(() => inflate(member));
  known.set(member, found);
  return found;
}

async function inflate(member: Member): Promise<Digest | undefined> {
  const { compression, unsupported } = await lookAt(member);
  if (compression === 'zstd' && typeof zlib.createZstdDecompress !== 'function') return undefined;
  if (compression === 'none' && !unsupported) return member.digest();
  return (await measure(decompressDetected(member.open(), `layer ${member.origin}`))).digest;
}

/** How it is compressed: of an archive's members that is known, and finding it out would inflate the archive up to there. */
async function lookAt({
  compression,
  unsupported,
  open,
}: Member): Promise<Pick<Member, 'compression' | 'unsupported'>> {
  if (compression) return { compression, ...(unsupported && { unsupported }) };
  for await (const chunk of open()) {
    const name = unsupportedCompression(chunk);
    return { compression: detectCompression(chunk), ...(name && { unsupported: name }) };
  }
  return { compression: 'none' };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Descriptor } from '../../oci/descriptor.ts';
import { digestOf } from '../../oci/digest.ts';
import { formatDocument } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import type { Client } from '../registry/client.ts';
import { putManifest } from '../registry/manifest.ts';
import type { Packages, PackageVersion, VersionFate } from './packages.ts';

/** In milliseconds: the API tells of what was pushed a moment later. */
const waits = [0, 500, 1_000, 2_000, 4_000];

/** An index of nothing. */
export interface Placeholder {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
}

/** An index of nothing that no other is like. */
export function makePlaceholder(): Placeholder {
  const mediaType = mediaTypes.oci.index;
  const annotations = { 'org.opencontainers.image.title': `nothing, to be deleted: ${randomUUID()}` };
  const bytes = formatDocument({ schemaVersion: 2, mediaType, manifests: [], annotations });
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, bytes };
}

/** Pushes it under a tag, or by its digest alone, and deletes its version: so a tag is taken off a version that others name, too. */
export async function pushAndDelete(
  client: Client,
  packages: Packages,
  { descriptor, bytes }: Placeholder,
  tag?: string,
): Promise<VersionFate> {
  await putManifest(client, descriptor, bytes, tag ?? descriptor.digest);
  const version = await findPushed(packages, descriptor);
  if (!version)
    return { is: 'refused', why: `GitHub does not list ${descriptor.digest}, which was just pushed` };
  return packages.delete(version.id);
}

async function findPushed(packages: Packages, { digest }: Descriptor): Promise<PackageVersion | undefined> {
  for (const delay of waits) {
    await wait(delay);
    const found = await packages.newest(digest);
    if (found) return found;
  }
  return undefined;
}

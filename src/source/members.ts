import { posix } from 'node:path';
import type { Blob, Extent, Measured, Open } from '../content/content.ts';
import { readCapped } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { maxManifestSize } from '../oci/manifest.ts';
import type { Compression } from '../oci/media-type.ts';
import type { Reference } from '../oci/reference.ts';

/** A file in a folder or in an archive. */
export interface Member {
  /** For messages: the archive and the name in it. */
  readonly origin: string;
  /** In bytes, as it lies there. */
  readonly size: number;
  /** Told by its first bytes; of an archive's members alone. */
  readonly compression?: Compression;
  /** The compression that it seems to have, where that is none of those. */
  readonly unsupported?: string;
  /** Of the bytes as they lie there; read for it once at most. */
  digest(): Promise<Digest>;
  readonly open: Open;
  /** Where it lies, in an archive that is not compressed. */
  readonly extent?: Extent;
  /** The member as one gzip member, made of the compression that it lies in. */
  readonly gzipped?: Measured & { readonly open: Open };
  /** The repository that it is in, where that is on a registry. */
  readonly heldBy?: Reference;
}

/** The files of a folder or of an archive by their names; links lead to what they point to. */
export interface Members {
  /** The path, for messages. */
  readonly origin: string;
  /** Undefined where there is none of that name. */
  find(name: string): Promise<Member | undefined>;
}

/** Blobs by what points to them: of a layout or of a repository. */
export interface Blobs {
  /** For messages. */
  readonly origin: string;
  /** Whether they are read here already: then layers are held to their diffIDs. */
  readonly areHere: boolean;
  /** Undefined where there is none. */
  find(descriptor: Descriptor): Promise<Member | undefined>;
}

/** A member as the blob that a descriptor names. */
export function toBlob(descriptor: Descriptor, { open, heldBy }: Member): Blob {
  return { descriptor, open, ...(heldBy && { heldBy }) };
}

/** The name by which a member is known: relative, without `./` and doubled slashes. */
export function normalizeName(name: string): string {
  return posix.join('/', name).slice(1).replace(/\/$/, '');
}

/** The bytes of a member that is a JSON document, at most 4 MiB. */
export async function readMember(member: Member): Promise<Buffer> {
  if (member.size > maxManifestSize) {
    throw new AlbaError(
      'source',
      `${member.origin} has ${member.size} bytes, more than the ${maxManifestSize} of a document`,
    );
  }
  return readCapped(member.open, member.origin);
}

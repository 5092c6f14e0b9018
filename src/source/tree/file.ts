import { AlbaError } from '../../errors.ts';
import { compareText } from '../../oci/compare.ts';
import type { Digest } from '../../oci/digest.ts';
import { architectures, operatingSystems } from '../../oci/platform.ts';
import { normalizeArchitecture, normalizeOs } from '../../oci/platform-aliases.ts';
import { nearest } from './nearest.ts';

/** Where a file of a release runs; a variant only where the image spec knows it. */
export interface ReleasePlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** A file of a release, found but not yet read. */
export interface FoundFile {
  readonly platform: ReleasePlatform;
  /** Below `<os>/<architecture>/`: the folder of a variant is part of it, so that any reader can make the key. */
  readonly path: string;
  /** For messages: a path, or an image and a path in it. */
  readonly origin: string;
  /** Where its bytes lie on disk. */
  readonly location: string;
  /** Whether no link is in that path: one that came there since is not followed. */
  readonly isReal?: boolean;
  /** What an image says of its mode; on disk the mode of the file does. */
  readonly executable?: boolean;
}

/** A file of a release whose bytes are known. */
export interface ReleaseFile extends FoundFile {
  /** In bytes. */
  readonly size: number;
  readonly digest: Digest;
  readonly executable: boolean;
}

/** Where a file lies below its tag: `linux/arm/v7/bin/app`. */
export function pathOf({ platform, path }: FoundFile): string {
  return `${platform.os}/${platform.architecture}/${path}`;
}

/** The order of files in a release: by path, whatever the file system says. */
export function compareFiles(a: FoundFile, b: FoundFile): number {
  return compareText(pathOf(a), pathOf(b));
}

/** Why this is no operating system by any name that becomes one of Go's, undefined if it is one. */
export function osProblem(os: string): string | undefined {
  if (operatingSystems.includes(normalizeOs(os))) return undefined;
  if (architectureProblem(os) === undefined) {
    return `"${os}" is an architecture, but an operating system comes first: <os>/<architecture>/<file>`;
  }
  return `"${os}" is not an operating system as Go names them: ${hint(os, operatingSystems)}`;
}

/** Why this is no architecture by any name that becomes one of Go's, undefined if it is one. */
export function architectureProblem(architecture: string): string | undefined {
  if (architectures.includes(normalizeArchitecture(architecture)[0])) return undefined;
  return `"${architecture}" is not an architecture as Go names them: ${hint(architecture, architectures)}`;
}

/**
 * Why a file or folder of this name cannot be published, undefined if it can. All other names are published
 * byte for byte, in the Unicode normalisation that they have on disk.
 */
export function nameProblem(name: string): string | undefined {
  if (/\p{Cc}/u.test(name))
    return 'its name has a control character, which no URL or listing carries safely: rename it';
  if (/[\p{Cs}\uFFFD-\uFFFF]/u.test(name))
    return 'its name is not valid UTF-8, which keys and JSON are: rename it';
  return undefined;
}

/** As many as a manifest can list and still be read back. */
const maxFiles = 400_000;

/** Refuses more files than one release can list. */
export function assertFewFiles(count: number, origin: string): void {
  if (count <= maxFiles) return;
  throw new AlbaError(
    'source',
    `${origin} has more than ${maxFiles} files: more than one release can list; pack some of them into an archive`,
  );
}

/** Names that are met on a walk, those of folders too, each time that a link leads there. */
const maxNames = 1_000_000;

/** Stops a walk that links have made endless. */
export function assertWalkEnds(count: number, origin: string): void {
  if (count <= maxNames) return;
  const why = 'do symbolic links lead to the same folders again and again?';
  throw new AlbaError('source', `${origin} has more than ${maxNames} files and folders: ${why}`);
}

function hint(text: string, known: readonly string[]): string {
  const meant = nearest(text, known);
  return meant ? `did you mean "${meant}"?` : `known are ${known.join(', ')}`;
}

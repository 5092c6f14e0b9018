import type { Open } from '../../content/content.ts';
import type { UnpackedLayer } from '../../image/rootfs/unpacked-layer.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Platform } from '../../oci/platform.ts';
import type { FetchOptions } from '../unpack-layers.ts';
import type { FilesLayer } from './files-layer.ts';

/** A release of files by platform, of which what is told is known, and nothing is fetched. */
export interface FilesRelease extends AsyncDisposable {
  /** For messages, with its tag. */
  readonly origin: string;
  readonly tag: string | undefined;
  /** Of the document that its tag leads to. */
  readonly digest: Digest;
  readonly platforms: readonly FilesOfPlatform[];
  /** Whether its tag leads to something else by now. */
  isReplaced(): Promise<boolean>;
}

/** The files of one platform of a release. */
export interface FilesOfPlatform {
  /** Undefined where nothing tells for which they are: for any. */
  readonly platform: Platform | undefined;
  /** In bytes: what is fetched where nothing of it is here, as far as that is told. */
  size(): Promise<number>;
  /** Whether it has to be fetched to know which files there are. */
  isPacked(): Promise<boolean>;
  /** Finds out which files there are; what is packed is fetched and taken apart for that, below a folder of ours. */
  open(folder: string, options: FetchOptions): Promise<OpenedFiles>;
}

/** Files whose names are known, as layers of a tree; some of their contents may still be elsewhere. */
export interface OpenedFiles {
  readonly layers: readonly UnpackedLayer[];
  /** The folder in them that is their root; empty where that is all of them. */
  readonly root: string;
  /** What is still to be fetched, to where a layer has its contents. */
  readonly rest: FilesToFetch | undefined;
}

/** Files whose contents are still to be fetched, by their numbers. */
export interface FilesToFetch {
  readonly files: readonly FileToFetch[];
  readonly layer: FilesLayer;
  /** The number of that layer. */
  readonly at: number;
}

/** One file of a release. */
export interface FileToFetch {
  /** Where it goes, from the root, with slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Undefined where an older tool published it, which told of none. */
  readonly digest: Digest | undefined;
  /** Undefined where nobody tells: then its content does. */
  readonly executable: boolean | undefined;
  /** For messages. */
  readonly origin: string;
  readonly open: Open;
}

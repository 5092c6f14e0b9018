import type { Readable } from 'node:stream';
import type { Index } from '../oci/manifest.ts';
import type { Upload } from '../storage/storage.ts';

/** What makes another index of one, or gives it back as it is: then nothing is written. Called again where the index has changed meanwhile. */
export type ChangeIndex = (index: Index) => Index;

/** The files of an OCI layout (image-spec 1.1, image-layout.md), in a folder or in an archive. Failures are AlbaErrors. */
export interface LayoutFiles {
  /** For messages, and for who reads it. */
  readonly url: string;
  /** In bytes; undefined where it is not there. */
  size(name: string): Promise<number | undefined>;
  /** Undefined where it is not there. */
  get(name: string): Promise<Readable | undefined>;
  /** A blob; nobody finds it before the index leads to it. */
  put(name: string, upload: Upload): Promise<void>;
  /** The index with all changes of it; one without entries where there is no layout. */
  index(): Promise<Index>;
  /** Changes the index, now or, where it is written as a whole with all else, with the next one that is published. */
  note(change: ChangeIndex): Promise<void>;
  /** Changes the index, for everybody to see. */
  publish(change: ChangeIndex): Promise<void>;
  /** Lets go of what is not published. */
  close(): Promise<void>;
}

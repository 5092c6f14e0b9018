import type { Readable } from 'node:stream';
import type { Open } from '../content/content.ts';

/** An object as a listing tells of it. */
export interface StoredObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date;
}

/** What is kept beside the bytes of an object. */
export interface ObjectHeaders {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
}

/** Bytes to be stored; their length is known before they are read. */
export interface Upload {
  /** In bytes. */
  readonly size: number;
  readonly open: Open;
}

/** Keys and bytes, nothing of containers: a bucket or a directory. Keys never begin with a slash. */
export interface Storage {
  /** For messages: `s3://bucket/prefix`, `file:///dir`; without parameters or secrets. */
  readonly url: string;
  /** Undefined where the key is missing; a refusal or an outage is an AlbaError. */
  head(key: string): Promise<StoredObject | undefined>;
  /** The bytes of a key, undefined where it is missing. */
  get(key: string): Promise<Readable | undefined>;
  /** All or nothing: a reader sees the old object or the whole new one. */
  put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void>;
  /**
   * Every object whose key begins with the prefix, in the order of their keys' bytes; with `shallow` only
   * those without a further slash, so that a million files below a tag cost nothing.
   */
  list(prefix: string, options?: { readonly shallow?: boolean }): AsyncIterable<StoredObject>;
  /** Copies within the storage, without the bytes passing through us. */
  copy(from: string, to: string, headers: ObjectHeaders): Promise<void>;
  /** Deleting a missing key is no error. */
  delete(key: string): Promise<void>;
  /** Why no object can have this key here, undefined where one can; a storage without it takes every key. */
  keyProblem?(key: string): string | undefined;
  /** Lets connections go. */
  close(): Promise<void>;
}

import type { Readable } from 'node:stream';
import type { Open } from '../content/content.ts';
import type { Digest } from '../oci/digest.ts';
import type { Exchange, Exchanged } from './exchange.ts';

/** An object as a listing tells of it. */
export interface StoredObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date;
  /** What a bucket calls its bytes; mostly their MD5. */
  readonly etag?: string;
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

/** Bytes whose digest is known. */
export interface KnownUpload extends Upload {
  readonly digest: Digest;
}

/**
 * What is known of an object's bytes without fetching them, by the storage itself and not by what somebody wrote there:
 * that they are the expected ones, that nothing shows it, or that the storage shows nothing of any bytes.
 */
export type Proof = 'same' | 'unproved' | 'hidden';

/** The keys between two others, which are ASCII and not among them. */
export interface KeyRange {
  readonly after: string;
  readonly before: string;
}

/** Which objects are listed. */
export interface ListOptions {
  /** Only those without a further slash behind the prefix. */
  readonly shallow?: boolean;
  /** What has more further slashes than this behind the prefix need not be listed, where leaving it out saves requests. */
  readonly depth?: number;
  /** Only those in one of these ranges, which ascend and do not overlap; what lies between them costs no request. */
  readonly within?: readonly KeyRange[];
}

/** What one answer of a list tells. */
export interface ListBeginning {
  readonly objects: readonly StoredObject[];
  /** Whether there are no others. */
  readonly isAll: boolean;
}

/** Keys and bytes, nothing of containers: a bucket or a directory. Keys never begin with a slash. */
export interface Storage {
  /** For messages: `s3://bucket/prefix`, `file:///dir`; without parameters or secrets. */
  readonly url: string;
  /** Whether it cannot tell what it holds, as a web server cannot: only keys that are known from elsewhere can be asked for. */
  readonly isUnlisted?: boolean;
  /** Whether it is found out when it is asked whether it lists what it holds. */
  readonly listsPerhaps?: boolean;
  /** Whether {@link copy} never says yes. */
  readonly copiesNothing?: boolean;
  /** Whether no key is also the folder of others there, as on a disk. */
  readonly isTree?: boolean;
  /** Where a key lies behind the URL, where that is not the key itself. */
  pathOf?(key: string): string;
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
  list(prefix: string, options?: ListOptions): AsyncIterable<StoredObject>;
  /** The keys that {@link list} gives, where they can be had without a look at each object. */
  keys?(prefix: string, options?: ListOptions): AsyncIterable<string>;
  /** The first of what {@link list} gives, by one request, where a look at each object is another one. */
  beginning?(prefix: string): Promise<ListBeginning>;
  /** Looks whether an object that was listed has these bytes. */
  prove(object: StoredObject, expected: KnownUpload): Promise<Proof>;
  /**
   * Copies within the storage, without the bytes passing through us. Says whether it is proved that the copy has the
   * digest; where it is not, the key may hold anything, and is to be put.
   */
  copy(from: string, to: string, headers: ObjectHeaders, digest: Digest): Promise<boolean>;
  /** Puts a small object if nobody has changed its key since the writer looked; without it there is no way to know. */
  exchange?(exchange: Exchange): Promise<Exchanged>;
  /**
   * Throws where nothing is taken in, by requests that write nothing; tells as a warning where that cannot be found out so. Rights are
   * not asked for. A storage without it takes what it is given.
   */
  assertTakes?(): Promise<void>;
  /** Throws where nothing can be deleted, before anything is changed; a storage without it has no such server. */
  assertDeletes?(): Promise<void>;
  /** Deleting a missing key is no error. */
  delete(key: string): Promise<void>;
  /** Deletes up to 1,000 keys with one request; false where the server does not know how, and nothing was deleted. */
  deleteMany?(keys: readonly string[]): Promise<boolean>;
  /** The Content-Type by which a key is served, undefined where there is none; a storage without it keeps what was put. */
  contentTypeOf?(key: string): Promise<string | undefined>;
  /** Why no object can have this key here, undefined where one can; a storage without it takes every key. */
  keyProblem?(key: string): string | undefined;
  /** Lets connections go. */
  close(): Promise<void>;
}

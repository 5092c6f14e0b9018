import type { Digest } from '../oci/digest.ts';
import type { ObjectHeaders } from './storage.ts';

/** A small object that takes the place of what its writer has seen. */
export interface Exchange {
  readonly key: string;
  /** Of what the key holds as far as its writer knows; undefined: nothing. */
  readonly before: Digest | undefined;
  readonly bytes: Buffer;
  readonly headers: ObjectHeaders;
  /** A key that holds these very bytes: writing it anew does no harm, so that what a storage promises can be tried on it. */
  readonly twin: { readonly key: string; readonly headers: ObjectHeaders };
}

/**
 * What became of it: nobody came between; the key holds something else, and nothing was written; or it was written after
 * a look, since there is no way to know whether another writer came between.
 */
export type Exchanged = 'done' | 'lost' | 'doubtful';

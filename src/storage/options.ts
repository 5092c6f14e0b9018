import type { Certificates } from '../network/certificates.ts';
import type { Proxies } from '../network/proxy.ts';

/** How a storage is reached, besides what its URL tells. */
export interface StorageOptions {
  /** Where relative paths begin. */
  readonly directory: string;
  readonly certificates?: Certificates;
  readonly proxies?: Proxies;
  /** What a storage is to keep beside each file, if it is one of JFrog Artifactory; others refuse them where they are given any. */
  readonly properties?: readonly (readonly [name: string, value: string])[];
  /** Of a bucket; what is usual if not given. */
  readonly timeouts?: Partial<S3Timeouts>;
}

/** How long a bucket's server is waited for, in milliseconds. */
export interface S3Timeouts {
  /** Without a byte either way; a server that copies a large object is silent for a while. */
  readonly silence: number;
  /** For the whole of an answer that is no object. */
  readonly answer: number;
}

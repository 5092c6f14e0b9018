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
}

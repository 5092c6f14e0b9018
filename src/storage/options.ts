import type { Proxies } from '../network/proxy.ts';

/** How a storage is reached, besides what its URL tells. */
export interface StorageOptions {
  /** Where relative paths begin. */
  readonly directory: string;
  /** Certificates to trust besides the system's, PEM. */
  readonly ca?: string;
  readonly proxies?: Proxies;
}

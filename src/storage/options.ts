/**
 * Proxies by the scheme of what is reached, and the hosts that are reached without; values as in `HTTP_PROXY`,
 * `HTTPS_PROXY` and `NO_PROXY`. Loopback is never proxied.
 */
export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  readonly no?: string;
}

/** How a storage is reached, besides what its URL tells. */
export interface StorageOptions {
  /** Where relative paths begin. */
  readonly directory: string;
  /** Certificates to trust besides the system's, PEM. */
  readonly ca?: string;
  readonly proxies?: Proxies;
}

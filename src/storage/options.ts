/** How a storage is reached, besides what its URL tells. */
export interface StorageOptions {
  /** Where relative paths begin. */
  readonly directory: string;
  /** Certificates to trust besides the system's, PEM. */
  readonly ca?: string;
  /** Proxies by the scheme of the endpoint, and the hosts that are reached without (`NO_PROXY`). */
  readonly proxies?: { readonly http?: string; readonly https?: string; readonly no?: string };
}

import * as tls from 'node:tls';

/** Options of TLS: PEM of all authorities that are trusted, where these are others than by default. */
export interface Trust {
  readonly ca?: string[];
}

/**
 * TLS options that trust a certificate authority (PEM text) besides those that Node trusts; empty without one.
 */
export function trusting(ca: string | undefined): Trust {
  return ca ? { ca: [...systemRoots(), ca] } : {};
}

/** What this Node trusts by itself; before 22.15 it tells of its own list alone. */
function systemRoots(): readonly string[] {
  const ask = tls.getCACertificates as typeof tls.getCACertificates | undefined;
  return ask?.('default') ?? tls.rootCertificates;
}

import * as tls from 'node:tls';

/** What a connection trusts besides the system's authorities, for the options of TLS; nothing without more of them. */
export function trusting(ca: string | undefined): { ca?: string[] } {
  return ca ? { ca: [...systemRoots(), ca] } : {};
}

/** What this Node trusts by itself; before 22.15 it tells of its own list alone. */
function systemRoots(): readonly string[] {
  const ask = tls.getCACertificates as typeof tls.getCACertificates | undefined;
  return ask?.('default') ?? tls.rootCertificates;
}

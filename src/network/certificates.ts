import * as tls from 'node:tls';
import { readSystemAuthorities, type SystemAuthorities } from './system-authorities.ts';

/** Whom to trust besides those that Node does, and what to show servers that ask who we are. */
export interface Certificates {
  /** Authorities, PEM. */
  readonly ca?: string;
  readonly client?: ClientCertificate;
  /** What the environment says of the system's own authorities. */
  readonly system?: SystemAuthorities;
}

/** A certificate with what leads to its authority, and its key. Both PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Options of TLS; none where there is none. The context is made once: to read all authorities anew for each connection takes longer than it. */
export interface Trust {
  readonly secureContext?: tls.SecureContext;
}

const ordinary: Certificates = {};
const known = new WeakMap<Certificates, Promise<Trust>>();

/** Options of TLS that trust Node's, the system's and the given authorities; read at the first connection. */
export function trusting(certificates: Certificates = ordinary): Promise<Trust> {
  const trust = known.get(certificates) ?? makeTrust(certificates);
  known.set(certificates, trust);
  return trust;
}

async function makeTrust({ ca, client, system = {} }: Certificates): Promise<Trust> {
  const authorities = [
    ...defaultAuthorities(),
    ...(await readSystemAuthorities(system)),
    ...(ca ? [ca] : []),
  ];
  const shown = client && { cert: client.certificate, key: client.key };
  // Most of the system's are Node's, too, and each takes its time.
  const once = [...new Set(authorities.map((pem) => pem.trim()))];
  return { secureContext: tls.createSecureContext({ ca: once, ...shown }) };
}

/** What this Node trusts by itself; before 22.15 it tells of its own list alone. */
function defaultAuthorities(): readonly string[] {
  const ask = tls.getCACertificates as typeof tls.getCACertificates | undefined;
  return ask?.('default') ?? tls.rootCertificates;
}

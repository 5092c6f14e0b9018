import { join } from 'node:path';
import { run } from '../run.ts';

export interface Certificate {
  /** PEM files. */
  readonly file: string;
  readonly key: string;
}

/** A self-signed certificate for 127.0.0.1, localhost and these names, which is its own authority. */
export async function makeCertificate(
  directory: string,
  names: readonly string[] = [],
): Promise<Certificate> {
  const file = join(directory, 'certificate.pem');
  const key = join(directory, 'key.pem');
  await run('openssl', [
    ...['req', '-x509', '-nodes', '-days', '2', '-subj', '/CN=alba test'],
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ...[
      '-addext',
      `subjectAltName=${['IP:127.0.0.1', 'DNS:localhost', ...names.map((name) => `DNS:${name}`)].join()}`,
    ],
    ...['-out', file, '-keyout', key],
  ]);
  return { file, key };
}

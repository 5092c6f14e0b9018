import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AlbaError, reasonOf } from '../errors.ts';
import type { Certificates, ClientCertificate } from '../network/certificates.ts';
import { certificatesIn, isPem, keysIn, unfoldPem } from '../network/pem.ts';

/** What a door was told of certificates: paths, or PEM; empty texts are as good as none. */
export interface CertificateInput {
  readonly caCertificate?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
}

/**
 * The certificates that inputs and environment describe, relative paths beginning at a directory. What is given has to
 * be there, whole, and fit together: else it is an AlbaError (`usage`) that quotes nothing of a key.
 */
export async function readCertificates(
  { caCertificate, clientCertificate, clientKey }: CertificateInput,
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<Certificates> {
  const read = (name: string, given: string | undefined): Promise<string> => readPem(name, given, directory);
  const [ca, certificate, key] = await Promise.all([
    read('ca-certificate', caCertificate || env.LOCAL_CA_CERTIFICATE),
    read('client-certificate', clientCertificate),
    read('client-key', clientKey),
  ]);
  const authorities = ca && parseCertificates('ca-certificate', ca).pem;
  const client = parseClient(certificate, key);
  return {
    ...(authorities && { ca: authorities }),
    ...(client && { client }),
    system: {
      file: env.SSL_CERT_FILE,
      folders: env.SSL_CERT_DIR,
      extra: env.NODE_EXTRA_CA_CERTS,
    },
  };
}

/** PEM, unfolded; empty where nothing is given. */
async function readPem(name: string, given: string | undefined, directory: string): Promise<string> {
  if (!given) return '';
  const text = isPem(given) ? given : await readNamed(name, resolve(directory, given));
  const pem = unfoldPem(text);
  if (pem !== undefined) return pem;
  const where = isPem(given) ? name : `${name} ${shownPath(name, given)}`;
  throw new AlbaError('usage', `${where} is not PEM: expected ${expected(name)}`);
}

async function readNamed(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const remedy = `give the path of a file, or PEM itself: ${expected(name)}`;
    throw new AlbaError(
      'usage',
      `${name} ${shownPath(name, path)} cannot be read (${reasonOf(cause)}): ${remedy}`,
    );
  }
}

/** What was taken for a path may be a secret without its first line. */
function shownPath(name: string, path: string): string {
  return name === 'client-key' || path.length > 1_000 ? 'names a file that' : path;
}

function expected(name: string): string {
  const label = name === 'client-key' ? 'PRIVATE KEY' : 'CERTIFICATE';
  return `-----BEGIN ${label}----- to -----END ${label}-----`;
}

interface Chain {
  readonly pem: string;
  readonly first: X509Certificate;
}

function parseCertificates(name: string, pem: string): Chain {
  const blocks = certificatesIn(pem);
  const parsed = blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      const which = blocks.length === 1 ? 'its certificate' : `certificate ${index + 1} of ${blocks.length}`;
      throw new AlbaError('usage', `${name}: ${which} is damaged: export it once more`);
    }
  });
  const [first] = parsed;
  if (first) return { pem: blocks.join(''), first };
  throw new AlbaError('usage', `${name} holds no certificate: expected ${expected(name)}`);
}

/** The key may stand in one text with the certificate, as curl takes it. */
function parseClient(certificate: string, given: string): ClientCertificate | undefined {
  if (certificate === '' && given === '') return undefined;
  if (certificate === '') {
    throw new AlbaError('usage', 'client-certificate is missing: give it beside client-key');
  }
  const { pem, first } = parseCertificates('client-certificate', certificate);
  const [key] = keysIn(given || certificate);
  if (key === undefined) {
    const why = given === '' ? 'is missing: give it beside client-certificate' : 'holds no private key';
    throw new AlbaError('usage', `client-key ${why}, ${expected('client-key')}`);
  }
  if (first.checkPrivateKey(parseKey(key))) return { certificate: pem, key };
  throw new AlbaError(
    'usage',
    'client-key is not the key of client-certificate, which begins with the certificate of its own',
  );
}

function parseKey(pem: string): KeyObject {
  if (/ENCRYPTED/.test(pem)) {
    const remedy = 'give it without its passphrase, as openssl pkey -in key.pem writes it';
    throw new AlbaError('usage', `client-key is encrypted: ${remedy}`);
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw new AlbaError('usage', 'client-key is damaged: export it once more');
  }
}

import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as tls from 'node:tls';
import { certificatesIn } from './pem.ts';

/** What the environment says of the authorities that the system trusts; empty is as good as absent. */
export interface SystemAuthorities {
  /** `SSL_CERT_FILE`: a bundle, in place of the usual one. */
  readonly file?: string | undefined;
  /** `SSL_CERT_DIR`: folders, as PATH lists them, in place of the usual one. */
  readonly folders?: string | undefined;
  /** `NODE_EXTRA_CA_CERTS`: a bundle that Node reads by itself, but tells of from 22.15 on only. */
  readonly extra?: string | undefined;
}

/** Bundles of the distributions, of which the first is read, and folders for where there is none; as Go has them. */
const usualFiles: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt', // Debian, Arch, Alpine, NixOS
  '/etc/pki/tls/certs/ca-bundle.crt', // Fedora, RHEL
  '/etc/ssl/ca-bundle.pem', // openSUSE
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const usualFolders: readonly string[] = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/**
 * The authorities that the system trusts, PEM: by `SSL_CERT_FILE` and `SSL_CERT_DIR` where they are set (OpenSSL,
 * SSL_CTX_load_verify_locations(3)), else on Linux what is usual, and elsewhere what Node finds from 22.15 on. On Linux
 * Node would read every file of a folder that holds each certificate several times: 40 ms instead of one. What is
 * missing, cannot be read or is damaged is passed over.
 */
export async function readSystemAuthorities({ file, folders, extra }: SystemAuthorities): Promise<string[]> {
  const [ofFile, ofFolders, more] = await Promise.all([
    file ? readBundle(file) : [],
    readFolders((folders ?? '').split(delimiter).filter(Boolean)),
    extra ? readBundle(extra) : [],
  ]);
  return [...ofFile, ...ofFolders, ...more, ...(file || folders ? [] : await readUsual())];
}

async function readUsual(): Promise<readonly string[]> {
  const ask = tls.getCACertificates as typeof tls.getCACertificates | undefined;
  if (ask && process.platform !== 'linux') return ask('system');
  for (const path of usualFiles) {
    const found = await readBundle(path);
    if (found.length > 0) return found;
  }
  return readFolders(usualFolders);
}

async function readFolders(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) for (const one of await readBundle(join(folder, name))) found.push(one);
  }
  // Each is there under its name and its hash.
  return [...new Set(found)];
}

/** The certificates in a file, each by itself: of a text, OpenSSL would read none after one that is damaged. */
async function readBundle(path: string): Promise<string[]> {
  return certificatesIn(await readFile(path, 'latin1').catch(() => ''));
}

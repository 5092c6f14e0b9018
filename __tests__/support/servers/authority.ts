import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';

/** A certificate and its key, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** An authority that nobody knows, as companies have them. */
export interface Authority {
  /** Its certificate, PEM. */
  readonly ca: string;
  /** A certificate of its own making, for these names besides 127.0.0.1 and localhost. */
  issue(...names: readonly string[]): Promise<Pair>;
}

const ec = ['-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** Makes an authority with openssl. */
export async function makeAuthority(name: string): Promise<Authority> {
  const root = await inFolder(async (folder) => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await run('openssl', [
      ...['req', '-x509', '-days', '2', ...ec, '-subj', `/CN=${name}`, '-out', cert, '-keyout', key],
    ]);
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
  });
  return {
    ca: root.cert,
    issue: (...names) =>
      inFolder(async (folder) => {
        const at = (file: string): string => join(folder, file);
        const all = ['IP:127.0.0.1', 'DNS:localhost', ...names.map((one) => `DNS:${one}`)];
        await writeFile(at('ca.pem'), root.cert);
        await writeFile(at('ca.key'), root.key);
        await writeFile(at('ext'), `subjectAltName=${all.join()}\n`);
        await run('openssl', ['req', '-subj', '/CN=issued', ...ec, '-out', at('csr'), '-keyout', at('key')]);
        await run('openssl', [
          ...['x509', '-req', '-days', '2', '-in', at('csr'), '-out', at('cert'), '-extfile', at('ext')],
          ...['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
        ]);
        return { cert: await readFile(at('cert'), 'utf8'), key: await readFile(at('key'), 'utf8') };
      }),
  };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'alba-authority-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import bcrypt from 'bcryptjs';
import { type Daemon, makeDirectory, startDaemon } from '../daemon.ts';
import { makeCertificate } from './certificate.ts';

export interface RegistryOptions {
  /** With it, every request needs Basic credentials. */
  readonly auth?: { readonly username: string; readonly password: string };
  /** HTTPS with a certificate of its own for 127.0.0.1 and localhost. */
  readonly tls?: boolean;
  /** With `tls`: the file of the authorities one of which has to vouch for clients. */
  readonly clientAuthorities?: string;
  /** Whether it deletes, which is the default. */
  readonly deletes?: boolean;
  /** 2, the default, is Debian's docker-registry; 3 is today's, built by `scripts/interop.sh`. */
  readonly version?: 2 | 3;
}

export interface Registry extends Daemon {
  /** `127.0.0.1:40123`, as references begin. */
  readonly host: string;
  /** `http://127.0.0.1:40123`. */
  readonly url: string;
  /** With `tls`: the file of the certificate that clients have to trust. */
  readonly certificate?: string;
}

/** The tool that {@link startRegistry} needs for each version. */
export const registryTool = { 2: 'docker-registry', 3: 'registry' } as const;

/** A registry of the distribution project, its content in its own folder. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const { auth, tls, clientAuthorities, deletes = true, version = 2 } = options;
  const directory = makeDirectory('registry');
  const certificate = tls ? await makeCertificate(directory) : undefined;
  const htpasswd = join(directory, 'htpasswd');
  if (auth) await writeFile(htpasswd, `${auth.username}:${await bcrypt.hash(auth.password, 4)}\n`);

  const config = join(directory, 'config.json');
  await writeFile(
    config,
    JSON.stringify({
      version: 0.1,
      log: { level: 'info', accesslog: { disabled: false } },
      storage: { filesystem: { rootdirectory: join(directory, 'content') }, delete: { enabled: deletes } },
      http: {
        addr: '127.0.0.1:0',
        secret: 'for one process alone',
        ...(certificate && {
          tls: {
            certificate: certificate.file,
            key: certificate.key,
            ...(clientAuthorities !== undefined && { clientcas: [clientAuthorities] }),
          },
        }),
      },
      ...(auth && { auth: { htpasswd: { realm: 'alba', path: htpasswd } } }),
    }),
  );
  const daemon = await startDaemon({
    tool: registryTool[version],
    directory,
    args: ['serve', config],
    env: { OTEL_TRACES_EXPORTER: 'none' },
    ready: (log) => /listening on (127\.0\.0\.1:\d+)/.exec(log)?.[1],
  });
  const host = daemon.ready;
  return {
    ...daemon,
    host,
    url: `${tls ? 'https' : 'http'}://${host}`,
    ...(certificate && { certificate: certificate.file }),
  };
}

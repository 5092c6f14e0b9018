import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { answers, type Daemon, freePort, makeDirectory, retryTakenPort, startDaemon } from '../daemon.ts';
import { run } from '../run.ts';
import { makeCertificate } from './certificate.ts';

export interface NginxOptions {
  /** Absolute; what is served. */
  readonly root: string;
  /** Every request needs these by Basic. */
  readonly login?: { readonly username: string; readonly password: string };
  /** https, with a certificate of its own for 127.0.0.1 and localhost. */
  readonly tls?: boolean;
  /** More of the `server` block. */
  readonly more?: string;
}

export interface Nginx extends Daemon {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  /** With `tls`: the file of the certificate that clients have to trust. */
  readonly certificate?: string;
}

/** Whether something listens there, whatever it speaks. */
async function accepts(port: number): Promise<true> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return true;
}

/** nginx over a folder, as it is installed: no list of folders, no types but its own. */
export function startNginx({ root, login, tls = false, more = '' }: NginxOptions): Promise<Nginx> {
  return retryTakenPort(async () => {
    const directory = makeDirectory('nginx');
    const port = await freePort();
    const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
    const certificate = tls ? await makeCertificate(directory) : undefined;
    await mkdir(join(directory, 'tmp'));
    if (login) {
      const hash = await run('openssl', ['passwd', '-apr1', login.password]);
      await writeFile(join(directory, 'htpasswd'), `${login.username}:${hash}`);
    }
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path tmp/${name};`)
      .join('\n');
    await writeFile(
      join(directory, 'nginx.conf'),
      `daemon off; worker_processes 1; pid nginx.pid; error_log stderr; user root;
events {}
http {
  ${paths}
  access_log off;
  server {
    listen 127.0.0.1:${port}${tls ? ' ssl' : ''};
    ${certificate ? `ssl_certificate ${certificate.file}; ssl_certificate_key ${certificate.key};` : ''}
    ${login ? `auth_basic "members"; auth_basic_user_file ${join(directory, 'htpasswd')};` : ''}
    root ${root};
    ${more}
  }
}
`,
    );
    const daemon = await startDaemon({
      tool: 'nginx',
      directory,
      args: ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr'],
      ready: () => (tls ? accepts(port) : answers(url)),
    });
    return { ...daemon, url, ...(certificate && { certificate: certificate.file }) };
  });
}

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { answers, type Daemon, freePort, makeDirectory, retryTakenPort, startDaemon } from '../daemon.ts';
import { run } from '../run.ts';

export interface ApacheOptions {
  /** Every request needs these by Basic. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Only requests that write need them. */
  readonly isReadByAll?: boolean;
  /** More of the configuration. */
  readonly more?: string;
}

export interface Apache extends Daemon {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  /** The folder that is served, and written to. */
  readonly root: string;
  /** A line for each request so far: method, path, status and the bytes of its body that came. */
  requests(): string[];
}

const modules = [
  ...['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic'],
  ...['dav', 'dav_fs', 'dir'],
];

/** Apache httpd with mod_dav over a folder, as Debian has it. */
export function startApache({ login, isReadByAll = false, more = '' }: ApacheOptions = {}): Promise<Apache> {
  return retryTakenPort(async () => {
    const directory = makeDirectory('apache');
    const root = join(directory, 'root');
    await mkdir(root);
    // It gives up the rights of root.
    await chmod(directory, 0o777);
    await chmod(root, 0o777);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    if (login) {
      const hash = await run('openssl', ['passwd', '-apr1', login.password]);
      await writeFile(join(directory, 'htpasswd'), `${login.username}:${hash}`);
    }
    const required = 'AuthType Basic\nAuthName "members"\nAuthUserFile htpasswd\nRequire valid-user';
    const rights = !login
      ? 'Require all granted'
      : isReadByAll
        ? `<LimitExcept GET HEAD>\n${required}\n</LimitExcept>\n<Limit GET HEAD>\nRequire all granted\n</Limit>`
        : required;
    const isRoot = process.getuid?.() === 0;
    await writeFile(
      join(directory, 'httpd.conf'),
      `ServerRoot ${directory}
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile httpd.pid
ErrorLog error.log
LogFormat "%m %U %>s %I" short
CustomLog requests.log short
${isRoot ? 'User www-data\nGroup www-data' : ''}
DocumentRoot ${root}
DavLockDB ${join(directory, 'locks')}
<Directory ${root}>
  Dav On
  DirectoryIndex disabled
  <If "%{REQUEST_METHOD} in { 'GET', 'HEAD' }">
    DirectoryIndex index.html _self.json
  </If>
  ${rights}
</Directory>
${more}
`,
    );
    const daemon = await startDaemon({
      tool: 'apache2',
      directory,
      args: ['-d', directory, '-f', 'httpd.conf', '-D', 'FOREGROUND'],
      stopSignal: 'SIGTERM',
      ready: () => answers(url),
    });
    const { readFileSync } = await import('node:fs');
    const requests = (): string[] =>
      readFileSync(join(directory, 'requests.log'), 'utf8').split('\n').filter(Boolean);
    return { ...daemon, url, root, requests };
  });
}

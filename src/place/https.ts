import { AlbaError } from '../errors.ts';
import { isName, isTag } from '../oci/reference.ts';
import { redactUrl } from '../progress/format.ts';
import type { Login } from './connection.ts';
import { isRead, type Role, type Scheme } from './scheme.ts';
import { splitDigest } from './split-digest.ts';
import { storageAddress } from './storage-address.ts';
import { decodePath, type StorageUrl } from './storage-url.ts';
import { parseWebServer, type WebServer } from './web-server.ts';

/** What any web server serves, or takes in: a directory or bucket, as a registry (`/v2/`) or as plain files (df-dist-v1). */
export const httpsScheme: Scheme = {
  name: 'https',
  otherNames: ['http'],
  about:
    'a web server: what any serves is read; WebDAV, JFrog Artifactory, Nexus, GitLab and Gitea are published to, too',
  forms: {
    target: 'https://host/folder[?server=…]',
    files: 'https://host/folder[?server=…]',
    reference: 'https://host/name[:tag][@digest]',
    download: 'https://host[/folder]',
  },
  match: (text) => /^https?:\/\//i.test(text),
  parse(text, role) {
    const { url, login, server, isGuessed } = splitWebUrl(text, role);
    const { protocol, host, origin } = new URL(url.base);
    return storageAddress(url, role, {
      loginHost: host,
      ...(protocol === 'http:' && { origin }),
      ...(url.path === '' && { addressOf: (name) => `${origin}/${name}` }),
      ...(url.path === '' && {
        async examine(name, connection, context, asked) {
          const [{ registryOptionsFor }, { examineRegistry }, { passwordCredentials }] = await Promise.all([
            import('./open-registry.ts'),
            import('../repository/registry/examine.ts'),
            import('../repository/registry/credentials.ts'),
          ]);
          const reference = { registry: host, repository: name };
          const own = { ...context, access: 'pull', plainHttp: protocol === 'http:' } as const;
          const options = {
            ...registryOptionsFor(connection, reference, own),
            ...(login && {
              credentials: passwordCredentials(login.username, login.password, 'the login of its URL'),
            }),
          };
          return examineRegistry(reference, options, asked, true);
        },
      }),
      async openStorage({ properties, ...connection }, context, isTarget = !isRead(role)) {
        const [{ HttpStorage }, { webLogin }] = await Promise.all([
          import('../storage/http.ts'),
          import('./web-login.ts'),
        ]);
        const { certificates, proxies } = connection;
        const logins = webLogin(new URL(origin), login, connection);
        if (isGuessed) {
          context.progress.line(`${url.where} is taken for a server of the kind "${server}", by its path`);
        }
        const own = { server, isTarget, ...(properties && { properties }) };
        return new HttpStorage(url.base, { ...context, ...logins, ...own, certificates, proxies });
      },
    });
  },
  guess: () => undefined,
};

/** The parts of a web URL. What names a repository is a fragment in the end, be it written as the path of a reference. */
function splitWebUrl(text: string, role: Role): { url: StorageUrl; login?: Login } & WebServer {
  const where = redactUrl(text);
  const { before, digest } = splitDigest(text, where);
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(before) ?? [];
  if (rest.includes('@')) {
    throw new AlbaError(
      'usage',
      `${where} has an "@" behind its host: write it as %40, and so in a login a slash as %2F, # as %23 and ? as %3F`,
    );
  }
  const at = authority.lastIndexOf('@');
  const full = `${scheme.toLowerCase()}://${authority.slice(at + 1)}`;
  if (!URL.canParse(full))
    throw new AlbaError('usage', `${where} names no host: expected https://host[:port]`);
  const { origin } = new URL(full);
  const [, path = '', query, hash] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(rest) ?? [];
  const server = parseWebServer(path, query?.slice(1) ?? '', `${origin}${path}`);
  if (!isRead(role)) assertNoRegistry(path, new URL(full).host);
  const isNamed = role === 'reference' && hash === undefined && server.server === undefined;
  const folder = isNamed ? '' : path.replace(/\/+$/, '');
  const decoded = decodePath(isNamed ? path : folder, `${origin}${path}`);
  const named = isNamed ? decoded.replace(/^\/+|\/+$/g, '') : hash;
  const fragment = digest === undefined ? named : `${named ?? ''}@${digest}`;
  const shown = `${origin}${isNamed ? path : folder}`;
  const url = {
    ...{ where: shown, base: `${origin}${folder}`, authority: new URL(origin).host, query: '' },
    path: isNamed ? '' : decoded,
    fragment: fragment === '' ? undefined : fragment,
  };
  return { url, ...server, ...(at >= 0 && { login: loginIn(authority.slice(0, at), origin) }) };
}

/** A reference to an image is meant for a registry, whose pages in a browser begin so, too. */
function assertNoRegistry(path: string, host: string): void {
  const [found, repository = '', tag = ''] = /^\/(.+?):([^/:]+)\/?$/.exec(path) ?? [];
  if (found === undefined || !isName(repository) || !isTag(tag)) return;
  throw new AlbaError(
    'usage',
    `target "https://${host}${path}" ends like name:tag: did you mean docker://${host}${path}? A web server gets a folder, and "tag" ${repository}:${tag}`,
  );
}

function loginIn(text: string, origin: string): Login {
  try {
    const [username = '', password = ''] =
      /^([^:]*):?(.*)$/s.exec(text)?.slice(1).map(decodeURIComponent) ?? [];
    return { username, password };
  } catch {
    throw new AlbaError('usage', `the login in ${origin} cannot be decoded: write % in it as %25`);
  }
}

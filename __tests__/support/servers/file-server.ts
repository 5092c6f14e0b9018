import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the documentation of each server says that it does, as far as files are brought to it:
 * JFrog Artifactory's REST API (Deploy Artifact, Deploy Artifact by Checksum, File List), GitLab's generic packages, Gitea's
 * generic packages, Nexus' raw repositories; and WebDAV (RFC 4918) that keeps the media type of each file.
 */
export type FileServerKind = 'artifactory' | 'gitlab' | 'gitea' | 'nexus' | 'webdav';

export interface FileServerOptions {
  readonly kind: FileServerKind;
  readonly login?: { readonly username: string; readonly password: string };
  /** Artifactory without lists, as the free edition is. */
  readonly isFree?: boolean;
  /** Nexus whose list does not tell sizes, as older ones. */
  readonly hidesSizes?: boolean;
  /** Whether files lie at the root of the server. */
  readonly isRoot?: boolean;
  /** No file is written over: Nexus' "disable redeploy", GitLab's "allow duplicates" turned off. */
  readonly isWrittenOnce?: boolean;
}

/** A request as it came. */
export interface FileRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of its body. */
  readonly received: number;
  readonly status: number;
}

interface StoredFile {
  readonly bytes: Buffer;
  readonly type: string | undefined;
  readonly modified: Date;
}

export interface FileServer extends AsyncDisposable {
  /** What files are brought to: `http://127.0.0.1:40123/artifactory/files`. */
  readonly url: string;
  readonly requests: FileRequest[];
  /** By their paths behind {@link url}. */
  readonly files: Map<string, StoredFile>;
  /** Of Artifactory: by path, as they came. */
  readonly properties: Map<string, string>;
  /** Answers in place of the server: a status, or what breaks the connection after so many bytes. */
  fault: (method: string, path: string) => number | { readonly breakAfter: number } | undefined;
}

const homes: Readonly<Record<FileServerKind, string>> = {
  artifactory: '/artifactory/files',
  gitlab: '/api/v4/projects/42/packages/generic',
  gitea: '/api/packages/me/generic',
  nexus: '/repository/files',
  webdav: '/dav',
};

const names: Partial<Record<FileServerKind, RegExp>> = {
  gitlab: /^[\w.+-]+\/[\w.+-]+\/(?![~@])[\w.+~@/-]+(?<![~@])$/,
  gitea: /^[\w.+-]+\/[\w.+-]+\/[\w.+-]+$/,
};

export async function startFileServer(options: FileServerOptions): Promise<FileServer> {
  const { kind, login } = options;
  const home = options.isRoot ? '' : homes[kind];
  const folders = new Set<string>(['']);
  const busy = new Set<string>();
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const found: FileServer = {
    url: '',
    requests: [],
    files: new Map(),
    properties: new Map(),
    fault: () => undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', 'http://host');
    const [rawPath = '', ...matrix] = url.pathname.split(';');
    const path = decodeURIComponent(rawPath);
    const fault = found.fault(method, path);
    const chunks: Buffer[] = [];
    let received = 0;
    const [pack = '', version = ''] = path.slice(home.length + 1).split('/');
    const turn = `${pack}/${version}`;
    const isCrossed = kind === 'gitlab' && method === 'PUT' && busy.has(turn);
    if (method === 'PUT') busy.add(turn);
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      received += chunk.length;
      if (typeof fault === 'object' && received > fault.breakAfter) {
        found.requests.push({ method, path, headers, received, status: 0 });
        busy.delete(turn);
        request.socket.destroy();
        return;
      }
    }
    // GitLab asks for one file after the other: what comes beside another one is not kept.
    const body = Buffer.concat(chunks);
    const [status, more, bytes] = isCrossed
      ? ([500] as const)
      : typeof fault === 'number'
        ? ([fault] as const)
        : answer({ method, path, headers, body, matrix: matrix.join(';'), search: url.search });
    busy.delete(turn);
    found.requests.push({ method, path, headers, received, status });
    response.writeHead(status, { ...more, 'content-length': bytes?.length ?? 0 });
    response.end(method === 'HEAD' ? undefined : bytes);
  }

  interface Asked {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: Buffer;
    readonly matrix: string;
    readonly search: string;
  }
  type Answered = readonly [status: number, headers?: Readonly<Record<string, string>>, bytes?: Buffer];

  const json = (status: number, value: unknown): Answered => [
    status,
    { 'content-type': 'application/json' },
    Buffer.from(JSON.stringify(value)),
  ];
  const artifactoryError = (status: number, message: string): Answered =>
    json(status, { errors: [{ status, message }] });

  function answer(asked: Asked): Answered {
    const { method, path, headers } = asked;
    const expected = login && Buffer.from(`${login.username}:${login.password}`).toString('base64');
    const isMember =
      !login ||
      headers.authorization === `Basic ${expected}` ||
      headers.authorization === `Bearer ${login.password}`;
    if (!isMember) {
      // GitLab hides a private project, and challenges nobody.
      if (kind === 'gitlab') return json(method === 'PUT' ? 401 : 404, { message: '401 Unauthorized' });
      return [401, { 'www-authenticate': 'Basic realm="files"' }];
    }
    if (kind === 'artifactory' && path.startsWith('/artifactory/api/storage/files')) return listed(asked);
    if (kind === 'nexus' && path === '/service/rest/v1/assets') return paged(asked.search);
    if (path !== home && !path.startsWith(`${home}/`)) return [404];
    const key = path.slice(home.length + 1);
    if (method === 'OPTIONS') return offered();
    if (method === 'PUT') return put(key, asked);
    if (method === 'GET' || method === 'HEAD') return given(key, method);
    if (method === 'DELETE') return deleted(key);
    if (kind === 'webdav' && method === 'MKCOL') return made(key.replace(/\/$/, ''));
    if (kind === 'webdav' && method === 'PROPFIND') return told(key.replace(/\/$/, ''));
    return [405];
  }

  function offered(): Answered {
    if (kind === 'webdav') return [200, { dav: '1' }];
    if (kind === 'nexus') return [200, { server: 'Nexus/3.79.0 (COMMUNITY)' }];
    if (kind === 'artifactory') return [200, { 'x-artifactory-id': 'ab12' }];
    return [404];
  }

  function put(key: string, { headers, body, matrix }: Asked): Answered {
    const grammar = names[kind];
    if (grammar && !grammar.test(key)) return json(400, { error: 'file_name is invalid' });
    if (isFolder(key)) return [409];
    if (kind === 'webdav' && !folders.has(key.split('/').slice(0, -1).join('/'))) return [409];
    const old = found.files.get(key);
    if (old && kind === 'gitea') return [409];
    if (old && options.isWrittenOnce) {
      const message = kind === 'gitlab' ? '400 Bad request - Duplicate package is not allowed' : undefined;
      return message ? json(400, { message }) : [400];
    }
    let bytes = body;
    if (kind === 'artifactory') {
      if (headers['x-checksum-deploy'] === 'true') {
        const held = [...found.files.values()].find(
          (one) => hashOf('sha1', one.bytes) === headers['x-checksum-sha1'],
        );
        if (!held)
          return artifactoryError(404, 'Checksum deploy failed. No existing file with this checksum');
        bytes = held.bytes;
      }
      for (const name of ['sha1', 'md5', 'sha256']) {
        const told = headers[`x-checksum-${name}`];
        if (told !== undefined && told !== hashOf(name, bytes)) {
          return artifactoryError(409, `Checksum error: ${name} is ${hashOf(name, bytes)}`);
        }
      }
      found.properties.set(key, matrix);
    }
    found.files.set(key, { bytes, type: headers['content-type'], modified: new Date() });
    return [201];
  }

  function given(key: string, method: string): Answered {
    // As an index document is served.
    const file = found.files.get(key.endsWith('/') ? `${key}index.html` : key);
    if (!file && isFolder(key) && kind !== 'nexus') return [301, { location: `${home}/${encodeURI(key)}/` }];
    if (!file) return [404];
    if (kind === 'gitlab' && method === 'HEAD') return [405];
    const checksums =
      kind === 'artifactory' || kind === 'gitlab'
        ? { 'x-checksum-sha256': hashOf('sha256', file.bytes) }
        : {};
    const type = kind === 'webdav' ? file.type : 'application/octet-stream';
    const headers = { 'last-modified': file.modified.toUTCString(), ...(type && { 'content-type': type }) };
    return [200, { ...headers, ...checksums }, file.bytes];
  }

  function deleted(key: string): Answered {
    if (kind === 'gitlab') return [405];
    if (isFolder(key)) for (const one of below(key)) found.files.delete(one);
    return found.files.delete(key) ? [204] : [404];
  }

  function made(key: string): Answered {
    if (folders.has(key)) return [405];
    const parent = key.split('/').slice(0, -1).join('/');
    if (!folders.has(parent)) return [409];
    folders.add(key);
    return [201];
  }

  function told(key: string): Answered {
    if (!folders.has(key)) return [404];
    const prefix = key === '' ? '' : `${key}/`;
    const children = (all: Iterable<string>) =>
      [...all].filter(
        (one) => one !== '' && one.startsWith(prefix) && !one.slice(prefix.length).includes('/'),
      );
    const href = (one: string) =>
      `<D:href>${home}/${one.split('/').map(encodeURIComponent).join('/')}</D:href>`;
    const collection = '<D:resourcetype><D:collection/></D:resourcetype>';
    const entry = (one: string, props: string) =>
      `<D:response>${href(one)}<D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>`;
    const files = children(found.files.keys()).map((one) => {
      const { bytes, modified } = found.files.get(one) ?? { bytes: Buffer.alloc(0), modified: new Date() };
      const props = `<D:resourcetype/><D:getcontentlength>${bytes.length}</D:getcontentlength><D:getlastmodified>${modified.toUTCString()}</D:getlastmodified>`;
      return entry(one, props);
    });
    const own = [
      entry(prefix, collection),
      ...children(folders)
        .filter((one) => one !== key)
        .map((one) => entry(`${one}/`, collection)),
    ];
    const xml = `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${[...own, ...files].join('')}</D:multistatus>`;
    return [207, { 'content-type': 'application/xml' }, Buffer.from(xml)];
  }

  function listed({ path, search }: Asked): Answered {
    const folder = path.slice('/artifactory/api/storage/files'.length).replace(/^\/|\/$/g, '');
    if (!new URLSearchParams(search).has('list')) return informed(folder);
    if (options.isFree) return artifactoryError(400, 'This REST API is available only in Artifactory Pro.');
    const isDeep = new URLSearchParams(search).get('deep') === '1';
    const prefix = folder === '' ? '' : `${folder}/`;
    const files = [...found.files].flatMap(([key, { bytes, modified }]) => {
      const rest = key.slice(prefix.length);
      if (!key.startsWith(prefix) || (!isDeep && rest.includes('/'))) return [];
      const checksums = { sha1: hashOf('sha1', bytes), sha2: hashOf('sha256', bytes) };
      return [
        {
          uri: `/${rest}`,
          size: bytes.length,
          lastModified: modified.toISOString(),
          folder: false,
          ...checksums,
        },
      ];
    });
    if (files.length === 0) return artifactoryError(404, 'Unable to find item');
    return json(200, { uri: path, created: new Date().toISOString(), files });
  }

  /** "Folder Info" and "File Info". */
  function informed(path: string): Answered {
    const file = found.files.get(path);
    if (file) {
      const lastModified = file.modified.toISOString();
      const checksums = { sha1: hashOf('sha1', file.bytes), sha256: hashOf('sha256', file.bytes) };
      return json(200, { path: `/${path}`, size: `${file.bytes.length}`, lastModified, checksums });
    }
    const prefix = path === '' ? '' : `${path}/`;
    const inside = [...found.files.keys()].filter((key) => key.startsWith(prefix));
    if (inside.length === 0 && path !== '') return artifactoryError(404, 'Unable to find item');
    const names = new Map(
      inside.map((key) => key.slice(prefix.length).split('/')).map(([name, rest]) => [name, rest]),
    );
    const children = [...names].map(([name, rest]) => ({ uri: `/${name}`, folder: rest !== undefined }));
    return json(200, { path: `/${path}`, children });
  }

  /** A page of Nexus' assets, two at a time. */
  function paged(search: string): Answered {
    const query = new URLSearchParams(search);
    const at = Number(query.get('continuationToken') ?? 0);
    if (query.get('repository') !== 'files') return [404];
    const all = [...found.files].map(([path, { bytes, modified }]) => ({
      ...{
        path,
        repository: 'files',
        ...(!options.hidesSizes && { fileSize: bytes.length }),
        lastModified: modified.toISOString(),
      },
      checksum: { sha256: hashOf('sha256', bytes) },
    }));
    const continuationToken = at + 2 < all.length ? `${at + 2}` : null;
    return json(200, { items: all.slice(at, at + 2), continuationToken });
  }

  function below(key: string): string[] {
    return [...found.files.keys()].filter((one) => one.startsWith(`${key}/`));
  }

  function isFolder(key: string): boolean {
    return folders.has(key) || below(key).length > 0;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(found, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${home}` });
}

function hashOf(name: string, bytes: Buffer): string {
  return createHash(name).update(bytes).digest('hex');
}

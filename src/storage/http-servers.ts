import { AlbaError } from '../errors.ts';
import { discard, type HttpResponse } from '../network/http/http.ts';
import type { Progress } from '../progress/progress.ts';
import type { HttpWriter, WriterOptions } from './http-writer.ts';

/** The kinds of web servers that files can be brought to, as the parameter `server` of a URL names them. */
export const httpServers = ['webdav', 'artifactory', 'nexus', 'gitlab', 'gitea'] as const;

/** One of {@link httpServers}; Forgejo is one of `gitea`. */
export type HttpServer = (typeof httpServers)[number];

/** A server that keeps files in packages of a name and a version, without folders above them. */
export type PackageServer = Extract<HttpServer, 'gitlab' | 'gitea'>;

/** Whether a server keeps files in packages. */
export function hasPackages(server: HttpServer | undefined): server is PackageServer {
  return server === 'gitlab' || server === 'gitea';
}

/** What a writer is opened with. */
export interface OpenWriterOptions extends WriterOptions {
  readonly server: HttpServer | undefined;
  readonly properties?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly progress: Progress;
}

const names: Readonly<Record<HttpServer, string>> = {
  webdav: 'WebDAV',
  artifactory: 'JFrog Artifactory',
  nexus: 'Nexus',
  gitlab: 'GitLab',
  gitea: 'Gitea',
};

/** The writer for a server of this kind. Where the kind is not known the server is asked, and what it seems to be is told. */
export async function openWriter(options: OpenWriterOptions): Promise<HttpWriter> {
  const { properties = [], url } = options;
  const server = options.server ?? (await askWhich(options));
  if (properties.length > 0 && server !== 'artifactory') {
    throw new AlbaError(
      'usage',
      `${url} keeps no properties: those are JFrog Artifactory's (?server=artifactory)`,
    );
  }
  switch (server) {
    case 'webdav': {
      const { WebdavWriter } = await import('./http-webdav.ts');
      return new WebdavWriter(options);
    }
    case 'artifactory': {
      const { ArtifactoryWriter } = await import('./http-artifactory.ts');
      return new ArtifactoryWriter({ ...options, properties });
    }
    case 'nexus': {
      const { nexusWriter } = await import('./http-nexus.ts');
      return nexusWriter(options);
    }
    default: {
      const { packageWriter } = await import('./http-packages.ts');
      return packageWriter(options, server);
    }
  }
}

/** By what a server says of itself when asked for its options (RFC 4918, 10.1), or in any answer. */
async function askWhich({ client, url, progress }: OpenWriterOptions): Promise<HttpServer> {
  const isSaid = ({ status }: HttpResponse): boolean => (status < 500 && status !== 401) || status === 501;
  const response = await client.ask({ method: 'OPTIONS', url: new URL(`${url}/`) }, isSaid);
  await discard(response);
  const found = whichOf(response);
  if (!found) {
    const known = `?server=${httpServers.join('|')}`;
    const host = client.home.host;
    throw new AlbaError(
      'usage',
      `${url} does not say what takes files in there, nor who could list or delete them (it answered ${response.status} to OPTIONS): if one of these does, name it by ${known}; a registry is docker://${host}/…, and what any other web server serves is only read: publish to what is behind it, such as s3://… or file://…`,
    );
  }
  progress.line(`${url} is taken for ${names[found.server]}, as it says ${found.because}`);
  return found.server;
}

function whichOf({ header }: HttpResponse): { server: HttpServer; because: string } | undefined {
  const server = header('server') ?? '';
  if (header('x-artifactory-id') !== undefined || /^artifactory\b/i.test(server)) {
    return { server: 'artifactory', because: '"X-Artifactory-Id"' };
  }
  if (/^nexus\b/i.test(server)) return { server: 'nexus', because: '"Server: Nexus"' };
  return saysWebdav({ header }) ? { server: 'webdav', because: '"DAV: 1"' } : undefined;
}

/** Whether an answer to OPTIONS is that of a server of WebDAV (RFC 4918, 10.1). */
export function saysWebdav({ header }: Pick<HttpResponse, 'header'>): boolean {
  return /(?:^|,)\s*1\b/.test(header('dav') ?? '');
}

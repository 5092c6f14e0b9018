import { resolve } from 'node:path';
import { AlbaError } from '../errors.ts';
import { type Layout, layouts } from '../repository/static/web/layouts.ts';
import type { Address, Scheme, StoragePlace } from './scheme.ts';
import { storageAddress } from './storage-address.ts';
import { type StorageUrl, splitStorageUrl } from './storage-url.ts';
import { parseParameters } from './url-parameters.ts';

const form = 'file://./directory';
/** Parameters of Go CDK's fileblob that change nothing here: folders are made, temporary files are beside. */
const parameters = {
  create_dir: 'boolean',
  no_tmp_dir: 'boolean',
  metadata: 'text',
  layout: 'text',
} as const;

/** A directory on this machine. */
export const fileScheme: Scheme = {
  name: 'file',
  about:
    'the same tree on disk; `alba serve DIRECTORY` serves it, with `?layout=web` nginx, Caddy and Apache do, too',
  forms: { target: form, files: form, reference: `${form}#name[:tag][@digest]`, download: form },
  match: (text) => /^file:\/\//i.test(text),
  parse(text, role) {
    const url = splitStorageUrl(text);
    const layout = parseLayout(parseParameters(url.query, parameters, url.where).layout, url);
    const directory = toDirectory(url);
    const address = storageAddress(url, role, {
      directory,
      async openStorage(options) {
        const { openDirectory } = await import('../repository/static/web/open-directory.ts');
        return openDirectory(resolve(options.directory, directory), layout);
      },
    });
    return layout === 'github-pages' && address.storage ? withoutImages(address, address.storage) : address;
  },
  /** A path, or one after `file:` alone. */
  guess(text) {
    const [, rest] = /^file:(?!\/\/)([^@?]+)$/i.exec(text) ?? [];
    const path = rest ?? text;
    if (/^\.{0,2}\//.test(path)) return `file://${path}`;
    return rest === undefined ? undefined : `file://./${path}`;
  },
};

/** How the directory is to be served. */
function parseLayout(text: string | undefined, { where }: StorageUrl): Layout | undefined {
  const layout = layouts.find((known) => known === text);
  if (text === undefined || layout) return layout;
  throw new AlbaError('usage', `${where}: layout "${text}" is not known; known are ${layouts.join(', ')}`);
}

/** GitHub Pages sends whatever a registry has to tell the type of as octet-stream; plain files are as well there as anywhere. */
function withoutImages({ url, place }: Address, storage: StoragePlace): Address {
  const repository = () => {
    throw new AlbaError(
      'usage',
      `${url}: GitHub Pages serves manifests as application/octet-stream, which no container client takes: publish images to a registry such as ghcr.io, or to a bucket; static push works there`,
    );
  };
  const openRepository = async () => repository();
  return { url, ...(place && { place: { ...place, openRepository } }), storage: { ...storage, repository } };
}

/**
 * The path in a `file:` URL (RFC 8089, with Go CDK's `file://./dir` for relative ones), which are not resolved yet. On
 * Windows `file:///C:/dir` is `C:/dir`.
 */
export function toDirectory(
  { authority, path, where }: StorageUrl,
  platform: NodeJS.Platform = process.platform,
): string {
  const isRelative = authority === '.' || authority === '..';
  const isLocal = authority === '' || authority.toLowerCase() === 'localhost';
  if (!isRelative && !isLocal) {
    throw new AlbaError(
      'usage',
      `${where} names another machine: write file://./${authority}${path} for a relative path, file:///… for an absolute one`,
    );
  }
  if (isRelative) return authority + path;
  if (path === '') {
    throw new AlbaError('usage', `${where} names no directory: expected file://./dir or file:///dir`);
  }
  return platform === 'win32' && /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

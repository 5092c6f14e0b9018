import { resolve } from 'node:path';
import { AlbaError } from '../errors.ts';
import type { Scheme } from './scheme.ts';
import { storageAddress } from './storage-address.ts';
import { type StorageUrl, splitStorageUrl } from './storage-url.ts';
import { parseParameters } from './url-parameters.ts';

const form = 'file://./directory';
/** Parameters of Go CDK's fileblob that change nothing here: folders are made, temporary files are beside. */
const parameters = { create_dir: 'boolean', no_tmp_dir: 'boolean', metadata: 'text' } as const;

/** A directory on this machine. */
export const fileScheme: Scheme = {
  name: 'file',
  about: 'the same tree on disk; `alba serve DIRECTORY` serves it',
  forms: { target: form, files: form, reference: `${form}#name[:tag][@digest]`, download: form },
  match: (text) => /^file:\/\//i.test(text),
  parse(text, role) {
    const url = splitStorageUrl(text);
    parseParameters(url.query, parameters, url.where);
    const directory = toDirectory(url);
    return storageAddress(url, role, {
      directory,
      async openStorage(options) {
        const { FilesystemStorage } = await import('../storage/filesystem.ts');
        return new FilesystemStorage(resolve(options.directory, directory));
      },
    });
  },
  /** A path, or one after `file:` alone. */
  guess(text) {
    const [, rest] = /^file:(?!\/\/)([^@?]+)$/i.exec(text) ?? [];
    const path = rest ?? text;
    if (/^\.{0,2}\//.test(path)) return `file://${path}`;
    return rest === undefined ? undefined : `file://./${path}`;
  },
};

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

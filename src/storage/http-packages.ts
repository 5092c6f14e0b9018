import { AlbaError } from '../errors.ts';
import type { HttpResponse } from '../network/http/http.ts';
import type { PackageServer } from './http-servers.ts';
import {
  deleteFile,
  fileHeaders,
  type HttpWriter,
  putFile,
  type SentFile,
  type WriterOptions,
} from './http-writer.ts';
import { maxWholeRead } from './sized.ts';
import { UnlistedError } from './unlisted.ts';

/** What each server calls itself, and what it takes as a part of a file's name. */
const grammars = {
  gitlab: { name: 'GitLab', separator: '/', part: /^(?![~@])[\w.+~@-]+(?<![~@])$/, letters: '. _ - + ~ @' },
  gitea: { name: 'Gitea', separator: '+', part: /^[\w.-]+$/, letters: '. _ -' },
} as const;

/**
 * Where a key lies below `…/packages/generic` of GitLab, or `…/generic` of Gitea, as `<package>/<version>/<file>`:
 * `df-dist-v1/<name>/<tag>/<file>` is in version `<tag>` of package `<name>`, and what is about all tags in version `df-dist-v1`.
 * Slashes within a file are kept by GitLab; Gitea has none, and has `+` in their place.
 */
export function packagePath(key: string, server: PackageServer): string {
  const [root = '', name = '', version = '', ...file] = key.split('/');
  if (version === '') return key;
  if (file.length === 0) return `${name}/${root}/${version}`;
  return `${name}/${version}/${file.join(grammars[server].separator)}`;
}

/** Why a server has no package file for a key; undefined where it has. */
export function packageKeyProblem(key: string, server: PackageServer): string | undefined {
  const { name, part, letters } = grammars[server];
  const [root = '', ...rest] = key.split('/');
  if (root === 'v2') return `packages of ${name} are no registry: publish to the one it has, by docker://…`;
  if (rest.length > 2 && rest[1] === root) return `the version "${root}" is taken by the list of tags`;
  const wrong = rest.find((one) => !part.test(one));
  return wrong === undefined
    ? undefined
    : `${name} takes letters, digits and ${letters} in the names of a package's files, not "${wrong}"`;
}

/** Brings files to generic packages, one after the other within a version: GitLab asks for that. */
export function packageWriter(options: WriterOptions, server: PackageServer): HttpWriter {
  const { client, urlOf, url: where } = options;
  const { name } = grammars[server];
  const turns = new Map<string, Promise<void>>();
  const inTurn = (key: string, work: () => Promise<void>): Promise<void> => {
    const version = packagePath(key, server).split('/', 2).join('/');
    const done = (turns.get(version) ?? Promise.resolve()).then(work);
    turns.set(
      version,
      done.catch(() => {}),
    );
    return done;
  };
  return {
    doubt: async () => `packages of ${name} are asked for by name alone`,
    put: (key, upload, headers) =>
      inTurn(key, async () => {
        const problem = packageKeyProblem(key, server);
        if (problem) throw new AlbaError('target', `${key} cannot be kept in ${where}: ${problem}`);
        const file = { key, upload, headers: fileHeaders(headers) };
        await (server === 'gitea' ? replaceFile(options, file) : putFile(client, urlOf(key), file));
      }),
    async list() {
      throw new UnlistedError(
        `${where} cannot be listed: files of ${name}'s packages are asked for by name alone`,
      );
    },
    async delete(key) {
      if (server === 'gitea') return deleteFile(options, key);
      throw new AlbaError(
        'auth',
        `${where} keeps ${packagePath(key, server)}: GitLab deletes no file by its URL; delete the version in the package registry of the project`,
      );
    },
  };
}

/** Gitea writes over no file (409): it is deleted first, and missing for a moment. */
async function replaceFile(options: WriterOptions, file: SentFile): Promise<void> {
  const { client, urlOf } = options;
  const { key, upload } = file;
  if (upload.size > maxWholeRead) await deleteFile(options, key);
  const isThere = ({ status }: HttpResponse): boolean => status === 409;
  const response = await putFile(client, urlOf(key), file, isThere);
  if (response.status !== 409) return;
  await deleteFile(options, key);
  await putFile(client, urlOf(key), file);
}

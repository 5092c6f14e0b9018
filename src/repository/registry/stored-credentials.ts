import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AlbaError, reasonOf, systemCode } from '../../errors.ts';
import { findInFile, parseCredentialFile } from './credential-file.ts';
import { keysOf } from './credential-key.ts';
import {
  type CredentialQuery,
  type CredentialSource,
  type Credentials,
  firstCredentials,
} from './credentials.ts';
import { type Access, rightsFor } from './scope.ts';

/** Where credentials were stored before: all of docker's or podman's format. */
export type CredentialPlace =
  /** The text of a variable. */
  | { readonly kind: 'text'; readonly variable: string; readonly text: string }
  /** The path of a file, which may be missing; `name` is what messages call it, `the docker config`. */
  | { readonly kind: 'file'; readonly path: string; readonly name: string }
  /** The path of a folder of docker configs by repository (`scope` of docker/login-action), which may be missing. */
  | { readonly kind: 'scopes'; readonly path: string };

/** Credentials from the first of these places that has some for a repository; files are read when first asked. */
export function storedCredentials(places: readonly CredentialPlace[]): CredentialSource {
  return firstCredentials(places.map(sourceOf));
}

function sourceOf(from: CredentialPlace): CredentialSource {
  if (from.kind === 'text') return (query) => findIn(from.text, from.variable, from.variable, query);
  if (from.kind === 'scopes') return (query) => findScoped(from.path, query);
  const { path, name } = from;
  let text: Promise<string | undefined> | undefined;
  return async (query) => {
    text ??= readIfThere(path);
    const there = await text;
    if (there !== undefined) return findIn(there, `${name} ${path}`, path, query);
    query.missed(`${path} (not there)`);
    return undefined;
  };
}

async function findIn(
  text: string,
  origin: string,
  place: string,
  query: CredentialQuery,
): Promise<Credentials | undefined> {
  const failures: string[] = [];
  const found = await findInFile(parseCredentialFile(text, origin), query, (why) => failures.push(why));
  if (failures.length > 0) query.missed(`${place} (${failures.join('; ')})`);
  else if (!found) query.missed(place);
  return found;
}

/**
 * As buildx (0.31) reads what docker/login-action writes: `<host>[/<path>][@<actions>]/config.json`, the narrowest
 * path first, of which the one with the most actions, all of which have to be asked for.
 */
async function findScoped(folder: string, query: CredentialQuery): Promise<Credentials | undefined> {
  // Docker Hub is filed under the host that answers for it.
  const registry = query.registry === 'docker.io' ? 'registry-1.docker.io' : query.registry;
  for (const key of keysOf({ ...query, registry })) {
    const path = join(folder, key);
    for (const name of await scopedNames(dirname(path), basename(path), query.access)) {
      const file = join(dirname(path), name, 'config.json');
      const text = await readIfThere(file);
      const found =
        text === undefined ? undefined : await findIn(text, `the docker config ${file}`, file, query);
      if (found) return found;
    }
  }
  return undefined;
}

async function scopedNames(folder: string, name: string, access: Access): Promise<string[]> {
  const granted = rightsFor(access);
  const entries = await readdir(folder).catch(() => []);
  return entries
    .map((entry) => ({ entry, actions: actionsOf(entry) }))
    .filter(
      ({ entry, actions }) => entry.split('@')[0] === name && actions.every((one) => granted.includes(one)),
    )
    .sort((one, other) => other.actions.length - one.actions.length)
    .map(({ entry }) => entry);
}

function actionsOf(entry: string): string[] {
  const [, actions = ''] = entry.split('@');
  return actions
    .split(',')
    .map((action) => action.trim())
    .filter(Boolean);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AlbaError('auth', `the docker config ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

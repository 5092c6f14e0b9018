import * as v from 'valibot';
import { AlbaError, messageOf } from '../../errors.ts';
import { askHelper } from './credential-helper.ts';
import { filedUnder, keysOf, serverOf } from './credential-key.ts';
import type { CredentialQuery, Credentials } from './credentials.ts';
import { parseSecretJson } from './secret-json.ts';

const text = v.nullish(v.string(), '');
const entrySchema = v.object({ auth: text, username: text, password: text, identitytoken: text });
/** docker's `config.json`, and podman's `auth.json`: containers-auth.json(5). */
const fileSchema = v.object({
  auths: v.nullish(v.record(v.string(), v.nullish(entrySchema)), {}),
  credHelpers: v.nullish(v.record(v.string(), v.nullish(v.string())), {}),
  credsStore: text,
});
type Entry = v.InferOutput<typeof entrySchema>;

/** What a file of credentials says; `origin` is what messages call it. */
export interface CredentialFile extends v.InferOutput<typeof fileSchema> {
  readonly origin: string;
}

/** A file of credentials out of its text; null and absent are alike. Throws an AlbaError (`auth`) that quotes nothing. */
export function parseCredentialFile(json: string, origin: string): CredentialFile {
  return { ...parseSecretJson(fileSchema, json, origin), origin };
}

/**
 * What a file has for a repository: by the longest key with something in it. For each, its helper is asked first (for
 * the registry as a whole the common store, if it has none of its own). A helper that fails hides nothing: `failed` is
 * told of it.
 */
export async function findInFile(
  file: CredentialFile,
  query: Pick<CredentialQuery, 'registry' | 'repository'>,
  failed: (why: string) => void,
): Promise<Credentials | undefined> {
  for (const key of keysOf(query)) {
    const [own] = filedUnder(file.credHelpers, key).filter((helper) => typeof helper === 'string');
    const helper = own ?? (key === query.registry ? file.credsStore : '');
    const kept = helper === '' ? undefined : await ask(helper, serverOf(key), failed);
    if (kept) return kept;
    for (const entry of filedUnder(file.auths, key)) {
      const found = entry && credentialsIn(entry, key, file.origin);
      if (found) return found;
    }
  }
  return undefined;
}

async function ask(
  helper: string,
  server: string,
  failed: (why: string) => void,
): Promise<Credentials | undefined> {
  try {
    return await askHelper(helper, server);
  } catch (failure) {
    failed(messageOf(failure));
    return undefined;
  }
}

function credentialsIn(entry: Entry, key: string, origin: string): Credentials | undefined {
  if (entry.identitytoken) return { kind: 'identity', token: entry.identitytoken, origin };
  if (!entry.auth) {
    const { username, password } = entry;
    return username && password ? { kind: 'password', username, password, origin } : undefined;
  }
  const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon <= 0) {
    throw new AlbaError(
      'auth',
      `${origin}: the "auth" of ${key} is not a user and a password in base64; log in again with docker login ${key}`,
    );
  }
  const [username, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)];
  return { kind: 'password', username, password, origin };
}

import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { AlbaError, messageOf, systemCode } from '../../errors.ts';
import { askHelper } from './credential-helper.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import { parseSecretJson } from './secret-json.ts';

const entrySchema = v.object({
  auth: v.optional(v.string()),
  username: v.optional(v.string()),
  password: v.optional(v.string()),
  identitytoken: v.optional(v.string()),
});
const configSchema = v.object({
  auths: v.nullish(v.record(v.string(), entrySchema), {}),
  credHelpers: v.nullish(v.record(v.string(), v.string()), {}),
  credsStore: v.nullish(v.string(), ''),
});
type Entry = v.InferOutput<typeof entrySchema>;

const hubServer = 'https://index.docker.io/v1/';
const hubHosts: readonly string[] = ['index.docker.io', 'docker.io', 'registry-1.docker.io'];

/**
 * Credentials from docker's `config.json`, read when first asked: the helper of the registry, then the common
 * store, then what the file itself holds. A missing file holds none.
 */
export function dockerConfigCredentials(path: string): CredentialSource {
  let config: Promise<v.InferOutput<typeof configSchema>> | undefined;
  return async (registry) => {
    config ??= readConfig(path);
    const { auths, credHelpers, credsStore } = await config;
    const server = registry === 'docker.io' ? hubServer : registry;
    const helper = entryFor(credHelpers, registry) ?? credsStore;
    const kept = helper ? await askHelper(helper, server) : undefined;
    const entry = entryFor(auths, registry);
    return kept ?? (entry && credentialsIn(entry, registry, path));
  };
}

async function readConfig(path: string): Promise<v.InferOutput<typeof configSchema>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return v.parse(configSchema, {});
    throw new AlbaError('auth', `the docker config ${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
  return parseSecretJson(configSchema, text, `the docker config ${path}`);
}

/** Keys are hosts, or the URLs that older clients wrote; a key with a longer path is of one namespace only. */
function entryFor<T>(entries: Readonly<Record<string, T>>, registry: string): T | undefined {
  const hosts = registry === 'docker.io' ? hubHosts : [registry];
  const isHere = (key: string) => {
    const [, host = ''] = /^(?:https?:\/\/)?([^/]+)(?:\/|\/v[12]\/?)?$/.exec(key) ?? [];
    return hosts.includes(host.toLowerCase());
  };
  return Object.entries(entries).find(([key]) => isHere(key))?.[1];
}

function credentialsIn(entry: Entry, registry: string, path: string): Credentials | undefined {
  const origin = `the docker config ${path}`;
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
      `${origin}: the "auth" of ${registry} is not a user and a password in base64; log in again with docker login ${registry}`,
    );
  }
  return {
    kind: 'password',
    username: decoded.slice(0, colon),
    password: decoded.slice(colon + 1),
    origin,
  };
}

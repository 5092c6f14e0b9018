import type { RetryContext } from '../concurrency/retry.ts';
import { AlbaError, messageOf } from '../errors.ts';
import { type GitHubApi, openGitHub } from '../network/github/github.ts';
import type { RepositoryDeleter } from '../repository/deleter.ts';
import { openPackageDeleter } from '../repository/github/deleter.ts';
import { packagesApiOf, strangeToken } from '../repository/github/home.ts';
import { listPackages } from '../repository/github/packages.ts';
import { HubApi } from '../repository/hub/api.ts';
import { openHubDeleter } from '../repository/hub/deleter.ts';
import { openRegistryDeleter } from '../repository/registry/deleter.ts';
import type { RegistryOptions } from '../repository/registry/options.ts';
import type { Connection } from './connection.ts';
import { type AskedOfRegistry, type RepositoryName, registryOptionsFor } from './open-registry.ts';

/**
 * A repository on a registry, to tell what it holds and to delete: by GitHub's packages API or Docker Hub's own where the registry is
 * theirs, else by the distribution API.
 */
export async function openDeleterWith(
  connection: Connection,
  place: RepositoryName,
  asked: AskedOfRegistry,
): Promise<RepositoryDeleter> {
  const options = registryOptionsFor(connection, place, asked);
  if (place.registry === 'docker.io') return openHub(connection, place, options);
  const api = packagesApiOf(place.registry, connection.workflow?.api);
  const strange = strangeToken(place.registry, connection.workflow?.api);
  if (strange !== undefined && asked.access !== 'pull') {
    throw new AlbaError('auth', `${place.registry}/${place.repository}: ${strange}`);
  }
  if (strange !== undefined) asked.progress.warn(`told is only what tags lead to: ${strange}`);
  if (!api) return openRegistryDeleter(place, options);
  const [owner = '', ...rest] = place.repository.split('/');
  const name = rest.join('/');
  if (name === '') {
    const where = `${place.registry}/${place.repository}`;
    throw new AlbaError('usage', `${where} names an owner of packages: add a name, such as ${where}/app`);
  }
  const isRead = asked.access === 'pull';
  const github = await openGitHubFor(connection, api, asked);
  if (!github) {
    if (!isRead) throw noToken(`${place.registry}/${place.repository}`, api);
    return openRegistryDeleter(place, options);
  }
  const deleter = openPackageDeleter({ registry: place.registry, owner, name }, github, options);
  return isRead ? withFallback(deleter, openRegistryDeleter(place, options), asked) : deleter;
}

/** The names of an owner's packages on GitHub's registry; undefined where a reference names no owner there. */
export async function listOwnedNames(
  connection: Connection,
  { registry, repository }: RepositoryName,
  context: RetryContext,
): Promise<readonly string[] | undefined> {
  const api = packagesApiOf(registry, connection.workflow?.api);
  if (!api || repository.includes('/')) return undefined;
  const github = await openGitHubFor(connection, api, { ...context, access: 'pull' });
  if (!github) throw noToken(`${registry}/${repository}`, api);
  try {
    return await listPackages(github, registry, repository);
  } finally {
    await github.close();
  }
}

async function openGitHubFor(
  { workflow, certificates, proxies }: Connection,
  home: URL,
  { access, progress, signal }: AskedOfRegistry,
): Promise<GitHubApi | undefined> {
  if (!workflow) return undefined;
  const fault = access === 'pull' ? 'source' : 'target';
  return openGitHub({ home, fault, certificates, proxies, progress, signal, token: workflow.token });
}

function noToken(what: string, { host }: URL): AlbaError {
  return new AlbaError(
    'auth',
    `${what}: ${host} tells of packages and deletes them for who has a token alone: give github-token (GITHUB_TOKEN on the command line), a classic one with read:packages and delete:packages, or that of a workflow whose repository has the role Admin of the package`,
  );
}

/** What tags lead to can be read by who may not list versions. */
function withFallback(
  first: RepositoryDeleter,
  second: RepositoryDeleter,
  { progress }: RetryContext,
): RepositoryDeleter {
  return {
    url: first.url,
    reference: (tag, digest) => first.reference(tag, digest),
    remove: (...all) => first.remove(...all),
    async inventory(query) {
      try {
        return await first.inventory(query);
      } catch (failure) {
        if (!(failure instanceof AlbaError && failure.code === 'auth')) throw failure;
        progress.warn(`told is only what tags lead to: ${messageOf(failure)}`);
        return second.inventory(query);
      }
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

/** Its API wants the login that its registry takes; a helper may have none that is a password. */
async function openHub(
  { certificates, proxies }: Connection,
  place: RepositoryName,
  options: RegistryOptions,
): Promise<RepositoryDeleter> {
  const { access, progress, signal, credentials } = options;
  const found = await credentials({ ...place, access, missed: () => {} });
  const hub = new HubApi({
    ...{ certificates, proxies, progress, signal, repository: place.repository },
    fault: access === 'pull' ? 'source' : 'target',
    login: found?.kind === 'password' ? found : undefined,
  });
  return openHubDeleter(place, hub, options);
}

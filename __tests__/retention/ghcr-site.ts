import { Ghcr, type GhcrOptions } from '../support/servers/ghcr.ts';
import { type Hosts, startHosts } from '../support/servers/hosts.ts';
import { manifestsIn } from '../support/servers/stored-images.ts';
import { type FixtureRelease, makeReleases } from './releases.ts';

const day = 86_400_000;

/** `1.0.0` to `1.7.0`, with the tags that follow, signatures, and images that two of them share. */
export const releases = makeReleases(8);

/** The tags of a release as they are pushed. */
export function tagsOf({ tag }: FixtureRelease): string[] {
  if (tag === '1.3.0') return ['1.3.0', '1.3'];
  return tag === '1.7.0' ? ['1.7.0', '1', '1.7', 'latest'] : [tag];
}

/** The digests of all manifests of releases, sorted. */
export async function digestsIn(some: readonly FixtureRelease[]): Promise<string[]> {
  return (await manifestsIn(some)).map(({ digest }) => digest).sort();
}

/** A package with these releases, the first of which is the oldest, on the hosts that it takes. */
export async function startGhcr(options: GhcrOptions = {}): Promise<Hosts & { readonly ghcr: Ghcr }> {
  const ghcr = new Ghcr(options);
  for (const [at, release] of releases.entries()) {
    const pushed = new Date(Date.now() - (60 - at) * day);
    for (const manifest of await manifestsIn([release])) {
      const isRoot = manifest.digest === release.root.descriptor.digest;
      ghcr.push(manifest, isRoot ? tagsOf(release) : [], pushed);
    }
  }
  const isServer = options.registry !== undefined;
  const hosts = await startHosts({
    [options.registry ?? 'ghcr.io']: ghcr.answerRegistry,
    [isServer ? (options.registry?.replace('containers.', '') ?? '') : 'api.github.com']: ghcr.answerApi,
  });
  return Object.assign(hosts, { ghcr });
}

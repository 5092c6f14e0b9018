import { AlbaError } from '../../errors.ts';
import type { NamedTag } from '../../oci/named-tag.ts';
import { spellPlatform } from '../../oci/platform.ts';
import type { Address } from '../../place/scheme.ts';
import { formatCount, formatNames } from '../../progress/format.ts';
import { type AssetHoldings, readAssetHoldings, stateOf } from '../../release/github/holdings.ts';
import { GitHubReleases } from '../../release/github/releases.ts';
import type { ReleasePlan } from '../../retention/release-plan.ts';
import { deletionResultOf, repositoryReportOf } from '../deletion-report.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import type { ListingResult } from '../listing-result.ts';
import { assetsRepository, githubAccess, openAssetsApi } from './assets-place.ts';
import type { ReleaseDeletion } from './delete-releases.ts';

/** Whether releases on GitHub are meant; a usage error where other targets are, too. */
export function isOfAssets(targets: readonly Address[]): boolean {
  const own = targets.filter(({ assets }) => assets);
  if (own.length === 0 || own.length === targets.length) return own.length > 0;
  throw new AlbaError(
    'usage',
    `${own[0]?.url} is looked at by itself: run it once for it, and once for others`,
  );
}

/** Throws where a name is given for what is chosen among the tags of git's, which have none. */
export function assertNameless([first]: readonly Address[], named: readonly NamedTag[]): void {
  const [one] = named;
  if (!one) return;
  throw new AlbaError(
    'usage',
    `${first?.url} holds releases by tags of git's, without names: leave "tag" out (${one.text}); gc takes patterns, such as keep 'v*=3'`,
  );
}

/**
 * The tag of git's of a release that `static push` calls `name:tag`: that tag itself, or one with the name before it, or with a `v`.
 * Throws a target error where none of them has a release, or several have.
 */
export function gitTagOf({ name, tag = '', text }: NamedTag, reference: string, held: AssetHoldings): string {
  const versions = [tag, `v${tag}`];
  const meant = [...versions, ...versions.flatMap((one) => [`${name}/${one}`, `${name}@${one}`])];
  const found = meant.filter((one) => held.releases.some((release) => release.tag === one));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const why = only === undefined ? `has no release of ${text}` : `has ${formatNames(found)}`;
  const what =
    only === undefined ? `looked for ${formatNames(meant)}` : `which of them is ${text}? Delete it on GitHub`;
  throw new AlbaError('target', `${reference} ${why}: ${what}; nothing was deleted`);
}

/** Lists releases on GitHub by their tags, the newest first; drafts are counted. */
export async function listAssets(
  targets: readonly Address[],
  { long, connection }: { readonly long: boolean } & Pick<ReleaseDeletion, 'connection'>,
  host: Host,
): Promise<ListingResult> {
  const repositories = [];
  for (const address of targets) {
    repositories.push(
      await withReleases(address, connection, 'read', host, async (releases, reference) => {
        const held = await readAssetHoldings(releases);
        if (held.drafts.length > 0) {
          host.progress.line(
            `${reference} has ${formatCount(held.drafts.length, 'draft')}: ${formatNames(held.drafts)}`,
          );
        }
        return { reference, tags: held.releases.map((one) => (long ? longTag(one) : { tag: one.tag })) };
      }),
    );
  }
  return { names: [], repositories };
}

/** Plans a deletion of releases on GitHub in each repository, and when all are allowed, carries them out. Tags of git's stay. */
export async function deleteAssets(
  targets: readonly Address[],
  {
    connection,
    dryRun,
    progress,
    plan,
    planned,
  }: Omit<ReleaseDeletion, 'plan'> & {
    plan(reference: string, holdings: AssetHoldings): ReleasePlan;
  },
  host: Host,
): Promise<DeletionResult> {
  const right = dryRun ? 'read' : 'write';
  const drafts: (ReleasePlan & { readonly address: Address; readonly held: AssetHoldings })[] = [];
  for (const address of targets) {
    await withReleases(address, connection, right, host, async (releases, reference) => {
      const held = await readAssetHoldings(releases);
      const draft = plan(reference, held);
      assertMutable(draft, held, reference);
      drafts.push({ ...draft, address, held });
    });
  }
  await planned?.(drafts);
  const reports = [];
  for (const { plan: own, going, address, held } of drafts) {
    const tags = going.map(({ tag }) => tag);
    if (!dryRun) {
      await withReleases(address, connection, right, host, async (releases, reference) => {
        for (const { tag, release, state } of held.releases) {
          if (!tags.includes(tag)) continue;
          const now = await releases.find(tag);
          if (now?.id !== release.id || now.draft || stateOf(await releases.assets(now)) !== state) {
            throw new AlbaError(
              'target',
              `${reference}: release ${tag} is not what it was when the plan was made: it stays, and no more was deleted; run it again`,
            );
          }
          await releases.delete(release);
          progress.line(`${reference}: release ${tag} gone; the git tag stays`);
        }
      });
    }
    const files = held.releases
      .filter(({ tag }) => tags.includes(tag))
      .reduce((all, { assets }) => all + assets, 0);
    reports.push(
      repositoryReportOf(own, dryRun ? undefined : { tags, files, manifests: 0, blobs: 0, refusals: [] }),
    );
  }
  return deletionResultOf(reports, dryRun);
}

function assertMutable({ going }: ReleasePlan, { releases }: AssetHoldings, reference: string): void {
  const fixed = releases.filter(
    ({ tag, release }) => release.immutable && going.some((one) => one.tag === tag),
  );
  if (fixed.length === 0) return;
  throw new AlbaError(
    'target',
    `${reference}: ${formatNames(fixed.map(({ tag }) => tag))}: immutable, and alba takes no such release away: its tag could never be released again; nothing was deleted. Who means it deletes it on ${fixed[0]?.release.html_url}`,
  );
}

async function withReleases<T>(
  { assets }: Address,
  connection: ReleaseDeletion['connection'],
  right: 'read' | 'write',
  host: Host,
  work: (releases: GitHubReleases, reference: string) => Promise<T>,
): Promise<T> {
  if (!assets) throw new Error('no releases on GitHub');
  const repository = assetsRepository(assets, host);
  const context = { progress: host.progress, signal: new AbortController().signal };
  const github = await openAssetsApi(githubAccess(assets, connection, right), context);
  try {
    return await work(new GitHubReleases(github, repository), `github-release:${repository}`);
  } finally {
    await github.close();
  }
}

function longTag({ tag, digest, size, manifest, modified }: AssetHoldings['releases'][number]) {
  return {
    ...{ tag, digest, size, uniqueBytes: size },
    platforms: manifest.flavors.map(({ platform: { os, architecture, variant } }) =>
      spellPlatform({ os, architecture, ...(variant && { variant }) }),
    ),
    ...{ time: modified.toISOString(), timeFrom: 'stored' },
  };
}

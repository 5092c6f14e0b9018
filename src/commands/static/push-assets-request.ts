import semver from 'semver';
import { AlbaError } from '../../errors.ts';
import { defaultTag } from '../../oci/tag-rules.ts';
import { assetNames, checkTemplate } from '../../release/github/asset.ts';
import { parseRelease, type Release } from '../../release/keys.ts';
import type { Values } from '../command.ts';
import { gitNames } from '../git-release.ts';
import type { Host } from '../host.ts';
import { assetsRepository, githubAccess } from './assets-place.ts';
import type { staticPushInputs } from './push-command.ts';

/** All that a push of assets to GitHub is told. */
export type PushAssetsRequest = ReturnType<typeof pushAssetsRequest>;

type PushValues = Values<typeof staticPushInputs>;

/** The request in what a person said; throws a usage error where that does not go together. */
export function pushAssetsRequest({ target, tag, assetName, archive, ...values }: PushValues, host: Host) {
  assertOfAssets(values);
  const found = target.flatMap(({ address }) => address.assets ?? []);
  const [place] = found;
  if (!place || target.length > 1) {
    throw new AlbaError(
      'usage',
      `${place?.url ?? 'a release on GitHub'} is published to by itself: run it once for it, and once for other targets`,
    );
  }
  const repository = assetsRepository(place, host);
  const kind = archive ? ('archive' as const) : ('file' as const);
  const template = assetName ?? assetNames[kind];
  checkTemplate(template, kind);
  const { gitTag, ...release } = releaseOf(tag, repository, host);
  return {
    ...values,
    ...{ archive, template, place, repository, release, gitTag },
    github: githubAccess(place, values.connection, 'write'),
    isPrerelease: semver.prerelease(release.tag) !== null,
    directory: host.directory,
    temporaryDirectory: host.temporaryDirectory,
  };
}

/** A tag of git's keeps its `v` and what is before the version where the run is for it; else it is the tag that is named. */
function releaseOf(
  named: PushValues['tag'],
  repository: string,
  host: Host,
): Release & { readonly gitTag: string } {
  const [one, ...others] = named;
  const run = host.workflowRun;
  const pushed = run?.ref.replace(/^refs\/tags\//, '');
  if (!one) {
    const found = gitNames(host).release();
    if (!found || pushed === undefined) throw new AlbaError('usage', 'no tag: name the release as name:tag');
    return { ...parseRelease(found.name, found.tag), gitTag: pushed };
  }
  if (others.length > 0 || one.tag === undefined) {
    throw new AlbaError(
      'usage',
      `"${named.map(({ text }) => text).join(', ')}": name one release, as name:tag`,
    );
  }
  const isPushed =
    pushed !== undefined &&
    run?.repository === repository &&
    run.ref !== pushed &&
    defaultTagOf(run) === one.tag;
  return { ...parseRelease(one.name, one.tag), gitTag: isPushed ? pushed : one.tag };
}

function defaultTagOf(run: NonNullable<Host['workflowRun']>): string | undefined {
  try {
    return defaultTag(run)?.tag;
  } catch {
    return undefined;
  }
}

/** What other targets are told means nothing here. */
function assertOfAssets(values: Omit<PushValues, 'target' | 'tag' | 'assetName' | 'archive'>): void {
  const { update, annotations, floating, as, page, installer } = values;
  const { publicUrl, contentDisposition, properties, sourceUrl, artifactType, mediaType } = values;
  const given = Object.entries({
    ...{ as, update, floating, page, installer, 'public-url': publicUrl },
    ...{ annotations: annotations.length > 0, 'content-disposition': contentDisposition },
    ...{ properties: properties.length > 0, 'source-url': sourceUrl },
    ...{ 'artifact-type': artifactType.length > 0, 'media-type': mediaType },
  }).filter(([, value]) => value);
  if (given.length > 0) {
    const names = given.map(([name]) => name).join(', ');
    throw new AlbaError(
      'usage',
      `${names}: not of assets on GitHub: leave it out, or publish there by itself`,
    );
  }
  if (!values.immutable || !values.replace) return;
  throw new AlbaError(
    'usage',
    '"replace" changes assets that are there, and "immutable" asks that they stay: give one of both',
  );
}

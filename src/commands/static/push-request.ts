import { AlbaError } from '../../errors.ts';
import type { NamedTag } from '../../oci/named-tag.ts';
import { nearestTag } from '../../oci/reference.ts';
import { parseFilesTarget } from '../../place/target.ts';
import { parseRelease, type Release } from '../../release/keys.ts';
import type { Values } from '../command.ts';
import { gitNames } from '../git-release.ts';
import type { Host } from '../host.ts';
import { tellLowered } from '../tell-lowered.ts';
import { connectionTo } from './connection-to.ts';
import type { staticPushInputs } from './push-command.ts';

/** All that a push of plain files is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type StaticPushRequest = ReturnType<typeof staticPushRequest>;

/** The request in what a person said. */
export function staticPushRequest(
  { tag, target, contentDisposition, properties, ...values }: Values<typeof staticPushInputs>,
  host: Pick<Host, 'directory' | 'temporaryDirectory' | 'workflowRun' | 'progress' | 'env'>,
) {
  const { directory, temporaryDirectory } = host;
  const targets = target.map(({ text }) => parseFilesTarget(text));
  const deaf = properties.length > 0 ? targets.find(({ loginHost }) => loginHost === undefined) : undefined;
  if (deaf)
    throw new AlbaError(
      'usage',
      `${deaf.url} keeps no properties: those are JFrog Artifactory's, leave them out or publish there by itself`,
    );
  const named = oneRelease(tag);
  if (values.floating) {
    throw new AlbaError(
      'usage',
      '"floating" is for artifacts: plain files have no tags that follow a release; leave it out, or give "as: artifact"',
    );
  }
  if (values.installer && values.publicUrl === undefined) {
    throw new AlbaError(
      'usage',
      '"installer" needs "public-url": the script has to know where the files are served, such as https://download.example.org',
    );
  }
  tellLowered([named ?? []].flat(), host.progress);
  return {
    ...values,
    release: named ? { name: named.name, tag: named.tag } : releaseOfGit(host),
    targets,
    connection: { ...connectionTo(targets, values.connection, host.env), properties },
    /** Whether browsers are told to save the files rather than to show them. */
    attachment: contentDisposition === 'attachment',
    /** When a reproducible build says that it happens; undefined where it does not. */
    sourceDateEpoch: host.env.SOURCE_DATE_EPOCH,
    /** Where relative paths begin. */
    directory,
    /** Where the files of images wait until they are sent. */
    temporaryDirectory,
  };
}

function releaseOfGit(host: Pick<Host, 'workflowRun' | 'progress'>): Release {
  const found = gitNames(host).release();
  if (found) return parseRelease(found.name, found.tag);
  throw new AlbaError('usage', 'no tag: name the release as name:tag');
}

/** A release, and how its name was written where that had capital letters. */
type NamedRelease = Release & Pick<NamedTag, 'spelled'>;

function oneRelease([named, ...others]: readonly NamedTag[]): NamedRelease | undefined {
  if (named === undefined) return undefined;
  const { text, name, tag, spelled } = named;
  if (others.length > 0) {
    const all = [text, ...others.map((other) => other.text)];
    throw new AlbaError(
      'usage',
      `one tag is published at a time, not ${all.length}: run it once for each of ${all.join(', ')}`,
    );
  }
  if (tag !== undefined) return { ...parseRelease(name, tag), ...(spelled !== undefined && { spelled }) };
  const meant = `did you mean name:${nearestTag(text) ?? 'tag'}, or ${name}:tag?`;
  throw new AlbaError('usage', `"${text}" has no tag: name the release as name:tag; ${meant}`);
}

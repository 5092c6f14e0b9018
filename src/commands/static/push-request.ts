import { AlbaError } from '../../errors.ts';
import { parseRelease, type Release } from '../../release/keys.ts';
import type { Values } from '../command.ts';
import { gitNames } from '../git-release.ts';
import type { Host } from '../host.ts';
import { tellLowered } from '../tell-lowered.ts';
import type { staticPushInputs } from './push-command.ts';

/** All that a push of plain files is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type StaticPushRequest = ReturnType<typeof staticPushRequest>;

/** The request in what a person said. */
export function staticPushRequest(
  { tag: named, target: targets, contentDisposition, ...values }: Values<typeof staticPushInputs>,
  host: Pick<Host, 'directory' | 'temporaryDirectory' | 'workflowRun' | 'progress'>,
) {
  const { directory, temporaryDirectory } = host;
  tellLowered([named ?? []].flat(), host.progress);
  return {
    ...values,
    release: named ? { name: named.name, tag: named.tag } : releaseOfGit(host),
    targets,
    /** Whether browsers are told to save the files rather than to show them. */
    attachment: contentDisposition === 'attachment',
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

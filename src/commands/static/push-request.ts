import type { Values } from '../command.ts';
import type { Host } from '../host.ts';
import type { staticPushInputs } from './push-command.ts';

/** All that a push of plain files is told: the values of its inputs as it uses them, and what it needs of the machine. */
export type StaticPushRequest = ReturnType<typeof staticPushRequest>;

/** The request in what a person said. */
export function staticPushRequest(
  { tag: release, target: targets, contentDisposition, ...values }: Values<typeof staticPushInputs>,
  { directory, temporaryDirectory }: Pick<Host, 'directory' | 'temporaryDirectory'>,
) {
  return {
    ...values,
    release,
    targets,
    /** Whether browsers are told to save the files rather than to show them. */
    attachment: contentDisposition === 'attachment',
    /** Where relative paths begin. */
    directory,
    /** Where the files of images wait until they are sent. */
    temporaryDirectory,
  };
}

import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { flag } from '../kinds.ts';
import { listingLines } from '../listing-result.ts';
import { filesTarget, namedTag } from './named-releases.ts';

/** What `static ls` is told. */
export const staticLsInputs = {
  target: filesTarget,
  tag: namedTag,
  long: flag('tell digest, platforms, size and time of each tag, too', { short: 'l' }),
  connection,
};

/** `static ls`. */
export const staticLsCommand = command({
  name: 'static ls',
  about: 'list names of plain files, or the tags of one, newest first',
  inputs: staticLsInputs,
  example: "alba static ls -t albatros 's3://download.example.org?endpoint=s3.example.org&region=garage'",
  report: {
    schema: async () => (await import('../listing-result.ts')).listingResult,
    lines: listingLines,
    outputs: {},
    summary: async (result) => (await import('../listing-result.ts')).listingSummary(result),
  },
  run: async (values, host) => (await import('./ls.ts')).staticLs(values, host),
});

import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { listingReport, long } from '../listing.ts';
import { filesTarget, namedTag } from './named-releases.ts';

/** What `static ls` is told. */
export const staticLsInputs = {
  target: filesTarget,
  tag: namedTag,
  long,
  connection,
};

/** `static ls`. */
export const staticLsCommand = command({
  name: 'static ls',
  about: 'list names of plain files, or the tags of one, newest first',
  inputs: staticLsInputs,
  example: "alba static ls -t albatros 's3://download.example.org?endpoint=s3.example.org&region=garage'",
  report: listingReport,
  run: async (values, host) => (await import('./ls.ts')).staticLs(values, host),
});

import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { deletionReport } from '../deletion.ts';
import { flag } from '../kinds.ts';
import { dryRun } from '../retention-inputs.ts';
import { filesTarget, namedTag } from './named-releases.ts';

/** What `static rm` is told. */
export const staticRmInputs = {
  target: filesTarget,
  tag: namedTag,
  force: flag('let a repository be left without a release'),
  'dry-run': dryRun,
  connection,
};

/** `static rm`. */
export const staticRmCommand = command({
  name: 'static rm',
  about: 'delete releases of plain files, by their tags',
  inputs: staticRmInputs,
  example: "alba static rm -t albatros:0.8 's3://download.example.org?endpoint=s3.example.org&region=garage'",
  report: deletionReport,
  run: async (values, host) => (await import('./rm.ts')).staticRm(values, host),
});

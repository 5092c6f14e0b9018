import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { deletionReport } from '../deletion.ts';
import { each, flag, list } from '../kinds.ts';
import { actedOn, dryRun, grace } from '../retention-inputs.ts';
import { parseNamedContent } from './named-repositories.ts';

/** What `container rm` is told. */
export const containerRmInputs = {
  target: actedOn,
  tag: list('what to delete, as `name:tag` or `name@digest`, if the target does not say so', {
    placeholder: 'name:tag',
    short: 't',
    parse: each(parseNamedContent),
  }),
  grace,
  force: flag('let a repository be left without a release'),
  'dry-run': dryRun,
  connection,
};

/** `container rm`. */
export const containerRmCommand = command({
  name: 'container rm',
  about: 'delete tags or digests, with all that nothing else leads to; other tags of the same digest stay',
  inputs: containerRmInputs,
  example: 'alba container rm docker://ghcr.io/org/app:1.0.0',
  report: deletionReport,
  run: async (values, host) => (await import('./rm.ts')).containerRm(values, host),
});

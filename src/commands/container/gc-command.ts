import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { deletionReport } from '../deletion.ts';
import { each, list } from '../kinds.ts';
import { actedOn, dryRun, planInputs, rulesInputs } from '../retention-inputs.ts';
import { parseNamedContent } from './named-repositories.ts';

/** What `container gc` is told. */
export const containerGcInputs = {
  target: actedOn,
  tag: list('the repositories in a bucket or directory, by name', {
    placeholder: 'name:tag',
    short: 't',
    parse: each(parseNamedContent),
  }),
  rules: rulesInputs,
  'dry-run': dryRun,
  ...planInputs,
  connection,
};

/** `container gc`. */
export const containerGcCommand = command({
  name: 'container gc',
  about: 'delete old releases by rules, and all that nothing leads to',
  inputs: containerGcInputs,
  example: "alba container gc --keep 'v*=10' --keep 'pr-*=3' --older-than 30d docker://ghcr.io/org/app",
  report: deletionReport,
  run: async (values, host) => (await import('./gc.ts')).containerGc(values, host),
});

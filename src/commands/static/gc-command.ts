import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { deletionReport } from '../deletion.ts';
import { dryRun, planInputs, rulesInputs } from '../retention-inputs.ts';
import { filesTarget, namedTag } from './named-releases.ts';

/** What `static gc` is told. */
export const staticGcInputs = {
  target: filesTarget,
  tag: namedTag,
  rules: rulesInputs,
  'dry-run': dryRun,
  ...planInputs,
  connection,
};

/** `static gc`. */
export const staticGcCommand = command({
  name: 'static gc',
  about: 'delete old releases of plain files by rules',
  inputs: staticGcInputs,
  example:
    "alba static gc -t albatros --keep 10 's3://download.example.org?endpoint=s3.example.org&region=garage'",
  report: deletionReport,
  run: async (values, host) => (await import('./gc.ts')).staticGc(values, host),
});

import { command } from '../command.ts';
import { connection } from '../connection.ts';
import { each, list } from '../kinds.ts';
import { listingReport, long } from '../listing.ts';
import { actedOn } from '../retention-inputs.ts';
import { parseNamedContent } from './named-repositories.ts';

/** What `container ls` is told. */
export const containerLsInputs = {
  target: actedOn,
  tag: list('the repositories in a bucket or directory, by name; without one their names are listed', {
    placeholder: 'name:tag',
    short: 't',
    parse: each(parseNamedContent),
  }),
  long,
  connection,
};

/** `container ls`. */
export const containerLsCommand = command({
  name: 'container ls',
  about: 'list repositories, or the tags of one, newest first',
  inputs: containerLsInputs,
  example: "alba container ls -l -t app 's3://registry.example.org?endpoint=s3.example.org&region=garage'",
  report: listingReport,
  run: async (values, host) => (await import('./ls.ts')).containerLs(values, host),
});

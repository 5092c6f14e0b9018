import type { NamedSubject } from '../../inspect/subject.ts';
import { parsePlatform } from '../../oci/platform.ts';
import { parseLocator } from '../../place/locator.ts';
import { isAddress } from '../../place/schemes.ts';
import { trustedEndpoints } from '../connection.ts';
import { each, list } from '../kinds.ts';

/** What is to be looked into: a reference, or a path. */
export function parseSubject(text: string): NamedSubject {
  if (isAddress(text)) return { kind: 'published', locator: parseLocator(text) };
  return { kind: 'path', path: text };
}

/** What can be looked into, for documents. */
export const subjectForms =
  'A reference such as `docker://host/repository:tag` or `s3://bucket?…#name:tag`, by tag or digest, or the path of an image archive or an OCI layout';

/** Whom to show who we are, besides. */
export const subjectEndpoints = trustedEndpoints(
  'servers that may be shown who we are although the source alone names them',
  'The source of a step may come from another job, and name any server; `AWS_ENDPOINT_URL` may be shown it, too. What is typed on the command line is trusted',
);

/** In characters: what a runner takes of all outputs of a job is 1 MiB. */
const longestOutput = 900_000;

/** The output that has all of a result. */
export const jsonOutput = {
  about: 'all of it as a JSON object, as its schema says; empty where that is more than a runner takes',
  of: (result: object): string => {
    const json = JSON.stringify(result);
    return json.length > longestOutput ? '' : json;
  },
};

/** Which platforms of it. */
export const platformInput = list('the platforms that are told of, such as `linux/amd64`', {
  more: 'All, if none is named',
  placeholder: 'list',
  parse: each(parsePlatform),
});

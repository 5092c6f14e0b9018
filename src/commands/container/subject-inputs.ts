import type { NamedSubject } from '../../inspect/subject.ts';
import { parsePlatform } from '../../oci/platform.ts';
import { parseLocator } from '../../place/locator.ts';
import { isAddress } from '../../place/schemes.ts';
import { each, list } from '../kinds.ts';

/** What is to be looked into: a reference, or a path. */
export function parseSubject(text: string): NamedSubject {
  if (isAddress(text)) return { kind: 'published', locator: parseLocator(text) };
  return { kind: 'path', path: text };
}

/** What can be looked into, for documents. */
export const subjectForms =
  'A reference such as `docker://host/repository:tag` or `s3://bucket?…#name:tag`, by tag or digest, or the path of an image archive or an OCI layout';

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

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

/** Which platforms of it. */
export const platformInput = list('the platforms that are told of, such as `linux/amd64`', {
  more: 'All, if none is named',
  placeholder: 'list',
  parse: each(parsePlatform),
});

import { AlbaError } from '../errors.ts';
import { withoutPassword } from '../progress/format.ts';
import { type Locator, parseLocator } from './locator.ts';
import { parseDockerArchive } from './pull-destination.ts';
import { formsIn, schemes, unfit } from './schemes.ts';

/** One end of a copy: a repository with what is named there, or an archive of docker save with one image. */
export type CopyEnd =
  | { readonly kind: 'repository'; readonly locator: Locator }
  | { readonly kind: 'docker-archive'; readonly path: string; readonly name?: string };

const dockerArchive = [
  'docker-archive:./file.tar[:name:tag]',
  'an archive of `docker save`, of one platform',
] as const;

/** How a source can be written, and what each is. */
export const copySourceForms = [...formsIn('reference'), dockerArchive];

/** How a target can be written, and what each is. */
export const copyTargetForms = schemes
  .flatMap(({ forms, about }): (readonly [string, string])[] => {
    const { target, reference } = forms;
    return target && reference ? [[reference.replace('[@digest]', ''), about]] : [];
  })
  .concat([dockerArchive]);

/** Where a copy is read; a usage error tells what is wrong with it. */
export function parseCopySource(text: string): CopyEnd {
  const archive = parseDockerArchive(text);
  if (archive) return archive;
  if (/^(?!\w[\w+.-]*:).*\.(?:tar|tgz|tar\.(?:gz|zst))$/is.test(text)) {
    throw new AlbaError(
      'usage',
      `source "${text}" is of no known kind: docker-archive:${text} is what docker save wrote, oci-archive:${text} a layout in a tar`,
    );
  }
  return { kind: 'repository', locator: parseLocator(text) };
}

/** Where a copy is written; a usage error tells what is wrong with it. */
export function parseCopyTarget(text: string): CopyEnd {
  const archive = parseDockerArchive(text);
  if (archive) return archive;
  if (!schemes.find(({ match }) => match(text))?.forms.target) throw unfit(text, 'target');
  const locator = parseLocator(text);
  if (!locator.digest) return { kind: 'repository', locator };
  throw new AlbaError(
    'usage',
    `${withoutPassword(text)} must not end with a digest: a copy has that of its source`,
  );
}

/** A source and a target. */
export interface CopyPair {
  readonly source: CopyEnd;
  readonly target: CopyEnd;
}

/** A source and a target with a blank between; a usage error tells what is wrong with them. */
export function parseCopyPair(line: string): CopyPair {
  const [source, target, ...more] = line.trim().split(/\s+/);
  if (source && target && more.length === 0) {
    return { source: parseCopySource(source), target: parseCopyTarget(target) };
  }
  throw new AlbaError(
    'usage',
    `pair "${withoutPassword(line)}" is not a source and a target: expected both with a blank between, as in docker://ghcr.io/org/app:1.0 oci:./mirror`,
  );
}

import { openLater } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Locator } from '../place/locator.ts';
import { missingTag } from '../repository/missing-tag.ts';
import type { RepositoryReader } from '../repository/repository.ts';
import type { Subject, SubjectContext } from './subject.ts';

/** What a tag or a digest names in a repository; an AlbaError that lists the tags where it names nothing. */
export async function openRepositorySubject(
  locator: Locator,
  { connection, ...context }: SubjectContext,
): Promise<Subject> {
  const repository = await locator.place.openRepository(connection, context, 'pull');
  try {
    const { origin, root } = await resolveRoot(locator, repository);
    return {
      origin,
      roots: [root],
      loose: [],
      isPartial: false,
      find: async (descriptor) => openLater(() => repository.fetch(descriptor)),
      referrers: (digest) => repository.referrers(digest),
      tagged: (tag) => repository.resolve(tag),
      close: () => repository.close(),
    };
  } catch (failure) {
    await repository.close();
    throw failure;
  }
}

/** Where one tag is all there is, it need not be named. */
async function resolveRoot(
  { tag, digest }: Locator,
  repository: RepositoryReader,
): Promise<{ readonly origin: string; readonly root: Descriptor }> {
  const wanted = digest ?? tag ?? (await onlyTag(repository));
  const origin = repository.reference(digest ? tag : wanted, digest);
  const root = await repository.resolve(wanted);
  if (!root && digest) {
    throw new AlbaError('source', `${origin} is not there: was it published, and not cleaned up since?`);
  }
  if (!root) throw await missingTag(repository, wanted);
  if (!digest || root.digest === digest) return { origin, root };
  throw new AlbaError(
    'source',
    `${origin} is another manifest there, ${root.digest}: the repository is damaged, publish it again`,
  );
}

async function onlyTag(repository: RepositoryReader): Promise<string> {
  const [only, ...more] = await repository.tags();
  if (only === undefined || more.length > 0) throw await missingTag(repository, undefined);
  return only;
}

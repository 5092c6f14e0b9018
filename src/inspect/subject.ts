import type { RetryContext } from '../concurrency/retry.ts';
import type { ImageWithoutManifest, Open } from '../content/content.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Connection } from '../place/connection.ts';
import type { Locator } from '../place/locator.ts';

/** What a person named to be looked into: something published, or an archive or a layout at a path. */
export type NamedSubject =
  | { readonly kind: 'published'; readonly locator: Locator }
  | { readonly kind: 'path'; readonly path: string };

/** Something that can be looked into: what it leads to is read when it is asked for. */
export interface Subject {
  /** For messages and for people. */
  readonly origin: string;
  /** What it names: one document of a repository, all that the index of a layout lists, nothing of a docker archive. */
  readonly roots: readonly Descriptor[];
  /** The images of a docker archive, which has no manifests. */
  readonly loose: readonly ImageWithoutManifest[];
  /** Whether content may be missing: docker save lists platforms that it does not save. */
  readonly isPartial: boolean;
  /** The bytes of content, unverified; undefined where it is not there, which a repository tells when they are read. */
  find(descriptor: Descriptor): Promise<Open | undefined>;
  /** What has this document as its subject, unverified. */
  referrers(digest: Digest): Promise<readonly Descriptor[]>;
  /** What a repository has under a tag; undefined where it has nothing, and of what is no repository. */
  tagged(tag: string): Promise<Descriptor | undefined>;
  close(): Promise<void>;
}

/** What opening takes. */
export interface SubjectContext extends RetryContext {
  readonly connection: Connection;
  /** Where relative paths begin. */
  readonly directory: string;
}

/** Opens what a person named; an AlbaError where nothing is there. */
export async function openSubject(named: NamedSubject, context: SubjectContext): Promise<Subject> {
  if (named.kind === 'published') {
    const { openRepositorySubject } = await import('./repository-subject.ts');
    return openRepositorySubject(named.locator, context);
  }
  const { openPathSubject } = await import('./path-subject.ts');
  return openPathSubject(named.path, context);
}

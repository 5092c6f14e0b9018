import { Knowledge } from '../cache/knowledge.ts';
import { levels } from '../compression/levels.ts';
import type { Opened } from '../concurrency/all-or-abort.ts';
import type { Artifact } from './artifact.ts';
import type { TaggedRepository } from './publication-options.ts';
import { type PublishedRelease, type PublishOptions, publish } from './publish.ts';
import { StandingRelease } from './standing-release.ts';

/** How one artifact is brought somewhere. */
export interface PublishWholeOptions
  extends Pick<
    PublishOptions,
    'dryRun' | 'concurrency' | 'parallelism' | 'threads' | 'temporaryDirectory' | 'progress' | 'abort'
  > {
  readonly now: Date;
}

/**
 * Brings one artifact to one target as it is: what has a manifest keeps it, what has none gets one as a push makes it. Throws where
 * its tag cannot be written.
 */
export async function publishWhole(
  artifact: Artifact,
  target: TaggedRepository,
  { now, ...options }: PublishWholeOptions,
): Promise<PublishedRelease> {
  const release = await publish([artifact], [new StandingRelease(target, options.progress)], {
    recipe: {
      ...{ format: 'oci', compression: 'gzip', compressionLevel: levels.gzip.usual },
      ...{ annotations: [], keepsManifest: true },
    },
    labels: {},
    platforms: undefined,
    ...{ floating: false, immutable: false, update: false, atomic: false },
    ...options,
    knowledge: new Knowledge(now),
    openOthers: openNone,
  });
  const [failure] = release.destinations.flatMap((destination) => destination.failure ?? []);
  if (failure) throw failure.thrown;
  return release;
}

async function openNone(): Promise<Opened<never>> {
  return { all: [], [Symbol.asyncDispose]: async () => {} };
}

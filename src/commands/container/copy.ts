import { Threads } from '../../concurrency/threads/threads.ts';
import type { Digest } from '../../oci/digest.ts';
import type { Locator } from '../../place/locator.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { WantedReleases } from '../../publish/copy/choose-named.ts';
import type { CopiedTag, CopyState } from '../../publish/copy/copy-outcome.ts';
import { copyRepository } from '../../publish/copy/copy-repository.ts';
import { tellDrift } from '../../publish/copy/drift.ts';
import type { Reached, TargetState } from '../reached.ts';
import type { ContainerCopyRequest } from './copy-request.ts';
import type { ContainerCopyResult, CopiedTagReport, CopyPairReport } from './copy-result.ts';

/** In threads layers of an archive are compressed side by side. */
const mostParallel = 4;

/** References that are told of a copy that failed. */
const mostTold = 20;

/** A request with what its run has for it. */
export interface CopyRun {
  readonly request: ContainerCopyRequest;
  readonly parallelism: number;
  readonly threads: Threads | undefined;
  readonly progress: Progress;
  readonly abort: AbortController;
}

/**
 * Copies what each source names to its target, one pair after the other. What is there is not sent again; `follow` is told how to
 * find out, where this fails, how far it had come.
 */
export async function containerCopy(
  request: ContainerCopyRequest,
  progress: Progress,
  follow: (reached: () => Reached) => void = () => {},
): Promise<ContainerCopyResult> {
  const { pairs, directory, dryRun, check } = request;
  const places = pairs.flatMap(({ target }) => (target.kind === 'repository' ? [target.locator.place] : []));
  if (!check) await assertWritable(directoriesOf(places, directory));
  const parallelism = Math.min(request.parallelism, mostParallel);
  await using threads = request.threads ? new Threads(request.threads, parallelism) : undefined;
  const run = { request, parallelism, threads, progress, abort: new AbortController() };
  const states: (() => TargetState[])[] = [];
  follow(() => ({ targets: states.flatMap((state) => state()), outputs: {} }));
  const copies: CopyPairReport[] = [];
  for (const { source, target } of pairs) {
    if (source.kind === 'repository' && target.kind === 'repository') {
      const copy = { source: source.locator, target: target.locator };
      copies.push(await copyLocators(copy, run, (state) => states.push(state)));
    } else {
      const { copyDockerArchive } = await import('./copy-docker-archive.ts');
      copies.push(await copyDockerArchive({ source, target }, run));
    }
  }
  const digests = [...new Set(copies.flatMap(({ tags }) => tags.map(({ digest }) => digest)))];
  const [digest] = digests;
  return {
    copies,
    ...(digest && digests.length === 1 && { digest }),
    pushedBytes: sum(copies.map(({ pushedBytes }) => pushedBytes)),
    skippedBytes: sum(copies.map(({ skippedBytes }) => skippedBytes)),
    missingBytes: sum(copies.map(({ missingBytes }) => missingBytes)),
    dryRun,
    check,
  };
}

async function copyLocators(
  { source, target }: { readonly source: Locator; readonly target: Locator },
  { request, progress, abort }: CopyRun,
  follow: (state: () => TargetState[]) => void,
): Promise<CopyPairReport> {
  const { connection, dryRun, check, concurrency, choices, platforms } = request;
  const context = { progress, signal: abort.signal };
  const from = await source.place.openRepository(connection, context, 'pull');
  try {
    const to = await target.place.openRepository(connection, context, dryRun ? 'pull' : 'push');
    try {
      const [origin, where] = [from, to].map((one) => one.reference(undefined, undefined));
      if (dryRun && !check) await to.assertTakes?.();
      progress.group(check ? `Compare ${where} with ${origin}` : `Copy ${origin} to ${where}`);
      const { tags, drift, ...outcome } = await copyRepository(
        {
          ...{ source: from, target: to, heldBy: source.place.reference },
          wanted: wantedOf(source, target, choices),
          platforms: platforms.length > 0 ? platforms : undefined,
          ...{ check, dryRun, concurrency, progress, abort },
        },
        (state) => follow(() => statesOf(where ?? '', target, state())),
      );
      return {
        source: origin ?? '',
        target: where ?? '',
        tags: tags.map((tag) => reportOf(tag, target)),
        ...outcome,
        passedOver: [...outcome.passedOver],
        drift: drift.map((one) => ({ ...one, message: tellDrift(one) })),
      };
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

function wantedOf(
  { tag, digest }: Locator,
  target: Locator,
  choices: ContainerCopyRequest['choices'],
): WantedReleases {
  if (choices) return { kind: 'many', choices };
  return { kind: 'one', ...(tag !== undefined && { tag }), ...(digest && { digest }), as: target.tag ?? tag };
}

function reportOf({ tag, digest, before, whole }: CopiedTag, { place }: Locator): CopiedTagReport {
  return {
    ...(tag !== undefined && { tag }),
    reference: place.referenceOf(tag, digest),
    digest,
    state: before === digest ? 'same' : before ? 'moved' : 'new',
    ...(before && before !== digest && { before }),
    ...(whole && { whole }),
  };
}

/** Of a copy that failed: tags that are written, and those that may be. */
function statesOf(
  url: string,
  { place }: Locator,
  { done, writing, hasWritten, pushedBytes }: CopyState,
): TargetState[] {
  const own = { url, pushedBytes };
  const written = done.filter(({ digest, before }) => digest !== before);
  const references = written.map(({ tag, digest }) => place.referenceOf(tag, digest)).slice(-mostTold);
  const unsure = [...writing].map((tag) => `${url}:${tag}`).slice(0, mostTold);
  return [
    ...(references.length > 0 ? [{ ...own, stage: 'published', references } as const] : []),
    ...(unsure.length > 0 ? [{ ...own, stage: 'unsure', references: unsure } as const] : []),
    ...(references.length + unsure.length === 0
      ? [{ ...own, stage: hasWritten ? 'begun' : 'untouched', references: [] } as const]
      : []),
  ];
}

/** For who reports what has one digest and no history. */
export function newTag(tag: string | undefined, reference: string, digest: Digest): CopiedTagReport {
  return { ...(tag !== undefined && { tag }), reference, digest, state: 'new' };
}

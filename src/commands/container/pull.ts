import { resolve } from 'node:path';
import { Threads } from '../../concurrency/threads/threads.ts';
import { AlbaError } from '../../errors.ts';
import { guessAddress } from '../../place/schemes.ts';
import type { Progress } from '../../progress/progress.ts';
import { findArtifacts } from '../../source/find.ts';
import { fileStandardInput } from '../../source/standard-input.ts';
import { untilStopped } from '../until-stopped.ts';
import type { ContainerPullRequest } from './pull-request.ts';
import type { ContainerPullResult } from './pull-result.ts';

/** In threads archives are read side by side. */
const mostParallel = 4;

/** A request with what its run has for it. */
export interface PullRun {
  readonly request: ContainerPullRequest;
  readonly parallelism: number;
  readonly threads: Threads | undefined;
  readonly progress: Progress;
  readonly abort: AbortController;
  /** The archive or the layout that is pulled, as an absolute path; undefined for what is published. */
  readonly path: string | undefined;
}

/**
 * Brings an image to this machine: its files into a folder or a tar, or all of it into a layout or an archive. Whatever fails, and
 * whoever ends it, what was there stays.
 */
export async function containerPull(
  request: ContainerPullRequest,
  progress: Progress,
): Promise<ContainerPullResult> {
  return await untilStopped((abort) => pullUntil(abort, request, progress));
}

async function pullUntil(
  abort: AbortController,
  request: ContainerPullRequest,
  progress: Progress,
): Promise<ContainerPullResult> {
  const { destination, directory, source } = request;
  const parallelism = Math.min(request.parallelism, mostParallel);
  await using threads = request.threads ? new Threads(request.threads, parallelism) : undefined;
  const named = source.kind === 'path' ? [source.path] : [];
  await using filed = await fileStandardInput({ ...request, artifacts: named }, progress);
  const path = await findOne(filed.artifacts, directory, progress);
  const run: PullRun = { request, parallelism, threads, progress, abort, path };
  if (destination.kind === 'layout') {
    const { pullLayout } = await import('./pull-layout.ts');
    return await pullLayout(destination, run);
  }
  const { pullImages } = await import('./pull-images.ts');
  return await pullImages(destination, run);
}

/** The one archive or layout that a path, a folder or a glob leads to. */
async function findOne(
  named: readonly string[],
  directory: string,
  progress: Progress,
): Promise<string | undefined> {
  if (named.length === 0) return undefined;
  const guess = (line: string): string | undefined => guessAddress(line, 'reference');
  const [path, ...others] = await findArtifacts(named, directory, progress, guess);
  if (path === undefined || others.length === 0) return path && resolve(directory, path);
  throw new AlbaError(
    'usage',
    `${named.join(', ')} leads to ${others.length + 1} archives and layouts: name the one to pull`,
  );
}

import type { Knowledge } from '../../cache/knowledge.ts';
import type { Opened } from '../../concurrency/all-or-abort.ts';
import type { Threads } from '../../concurrency/threads/threads.ts';
import { Spool } from '../../content/spool.ts';
import { AlbaError } from '../../errors.ts';
import type { Progress } from '../../progress/progress.ts';
import { openBase } from '../../publish/files/base.ts';
import { compressAhead } from '../../publish/files/compress-ahead.ts';
import { type FilesArtifact, openFilesArtifact } from '../../publish/files/files-artifact.ts';
import { openWasmArtifact } from '../../publish/files/open-wasm.ts';
import { usualCreated } from '../created.ts';
import type { ContainerPushRequest } from './push-request.ts';
import { readSkeleton } from './skeleton.ts';

/** What the run of a request has for it. */
interface FilesRun {
  readonly request: ContainerPushRequest;
  /** How many pieces of a layer are compressed at once. */
  readonly parallelism: number;
  readonly threads: Threads | undefined;
  readonly knowledge: Knowledge;
  readonly progress: Progress;
  readonly abort: AbortController;
}

/** The images of files that a request asks for; the connection to their base stays until its layers are copied. */
export async function openFiles({
  request,
  parallelism,
  threads,
  knowledge,
  progress,
  abort,
}: FilesRun): Promise<Opened<FilesArtifact>> {
  const { files, artifacts, platforms = [], directory, connection, labels, format } = request;
  const { compression, compressionLevel } = request;
  if (!files || artifacts.length === 0) {
    throw new AlbaError('usage', 'images of files are made of folders, and the artifacts name none');
  }
  const created = files.created ?? (await usualCreated(request.sourceDateEpoch, directory, progress));
  if (files.artifact === 'wasm') {
    assertAlone(request);
    const { annotations } = request;
    const made = await openWasmArtifact(artifacts, { ...files, created, directory, annotations, progress });
    return { all: [{ ...made, annotations: [] }], [Symbol.asyncDispose]: async () => {} };
  }
  const skeleton = await readSkeleton(files.skeleton, directory);
  const [only, ...others] = platforms;
  const named = files.base?.kind === 'scratch' ? undefined : files.base;
  const context = { progress, signal: abort.signal };
  const base = named && (await openBase(named, connection, { directory, threads, progress }, context));
  const spool = await Spool.create(request.temporaryDirectory);
  const close = async (): Promise<void> => {
    await Promise.all([spool[Symbol.asyncDispose](), base?.close()]);
  };
  try {
    const made = await openFilesArtifact(artifacts, {
      ...files,
      ...{ created, skeleton, base, labels, directory, knowledge, spool, progress },
      ahead: compressAhead({ compression, compressionLevel, knowledge, parallelism, threads }),
      signal: abort.signal,
      only: others.length === 0 ? only : undefined,
    });
    // Docker's media types have no annotations.
    return { all: [format === 'docker' ? { ...made, annotations: [] } : made], [Symbol.asyncDispose]: close };
  } catch (failure) {
    await close();
    throw failure;
  }
}

/** What an artifact of WebAssembly is, its clients find under the tag itself. */
function assertAlone({ references, format, update }: ContainerPushRequest): void {
  if (update) {
    throw new AlbaError('usage', 'an artifact of WebAssembly has no platforms to join: leave update out');
  }
  if (references.length > 0) {
    throw new AlbaError('usage', 'an artifact of WebAssembly is released alone: name one file, no reference');
  }
  if (format !== 'docker') return;
  throw new AlbaError('usage', 'format docker has no artifacts: give format oci, or leave artifact out');
}

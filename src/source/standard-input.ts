import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeTemporaryFolder } from '../content/temporary-folder.ts';
import { AlbaError, reasonOf } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';

/** The artifact that stands for an image archive on standard input; a file of that name is `./-`. */
export const standardInput = '-';

/** Gives what is piped in; throws a usage error that says why nothing can be. */
export type OpenStandardInput = () => Readable;

/** What a person named, and what the machine has for it. */
interface Request {
  readonly artifacts: readonly string[];
  readonly openStandardInput: OpenStandardInput;
  readonly temporaryDirectory: string;
}

/** Artifacts of which each is a path or a glob; what was made for that is gone once this is disposed of. */
export interface FiledArtifacts extends AsyncDisposable {
  readonly artifacts: readonly string[];
}

/**
 * Artifacts with a file in the place of `-`: standard input is written to its end below `temporaryDirectory`, for
 * this user's eyes alone. Throws a usage error where it is named twice or cannot be read, a source error where
 * nothing comes.
 */
export async function fileStandardInput(
  { artifacts, openStandardInput, temporaryDirectory }: Request,
  progress: Progress,
): Promise<FiledArtifacts> {
  const others = artifacts.filter((artifact) => artifact !== standardInput);
  if (others.length === artifacts.length) return { artifacts, async [Symbol.asyncDispose]() {} };
  if (artifacts.length - others.length > 1) {
    throw new AlbaError('usage', `${standardInput} is named twice: standard input holds one image archive`);
  }
  const input = openStandardInput();
  const folder = makeTemporaryFolder(temporaryDirectory);
  try {
    const path = join(folder.path, 'standard-input');
    progress.line(`${standardInput} is what is piped in, kept in ${path} meanwhile`);
    await writeAll(input, path);
    return { artifacts: [...others, path], [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  } catch (failure) {
    await folder[Symbol.asyncDispose]();
    throw failure;
  }
}

async function writeAll(input: Readable, path: string): Promise<void> {
  try {
    await pipeline(input, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (cause) {
    throw new AlbaError('source', `standard input cannot be written to ${path}: ${reasonOf(cause)}`, {
      cause,
    });
  }
  if ((await stat(path)).size > 0) return;
  throw new AlbaError('source', 'standard input is empty: did the command before the pipe fail?');
}

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../content/progress.ts';
import { systemCode } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Member, Members } from './members.ts';
import { openFile, readFailure } from './ranges.ts';

/** The files of a folder, hashed when their digest is asked for. */
export function openFolder(path: string, progress: Progress): Members {
  const find = async (name: string): Promise<Member | undefined> => {
    const file = join(path, name);
    const found = await stat(file).catch((cause: unknown) => {
      if (systemCode(cause) === 'ENOENT') return undefined;
      throw readFailure(file, cause);
    });
    return found?.isFile() ? toMember(file, found.size, progress) : undefined;
  };
  return { origin: path, find };
}

function toMember(file: string, size: number, progress: Progress): Member {
  let digest: Promise<Digest> | undefined;
  return {
    origin: file,
    size,
    open: () => openFile(file),
    digest: () => {
      digest ??= hashFile(file, size, progress);
      return digest;
    },
  };
}

async function hashFile(file: string, size: number, progress: Progress): Promise<Digest> {
  progress.expect(size);
  const hash = createHash('sha256');
  try {
    for await (const chunk of openFile(file)) {
      hash.update(chunk as Buffer);
      progress.advance((chunk as Buffer).length);
    }
  } catch (cause) {
    throw readFailure(file, cause);
  }
  return `sha256:${hash.digest('hex')}`;
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileChunks, readFailure } from '../content/file-chunks.ts';
import { systemCode } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { hashFile } from './fingerprint.ts';
import type { Member, Members } from './members.ts';

/** The files of a folder, each hashed once at most, when its digest is asked for. */
export function openFolder(path: string, progress: Progress): Members {
  const members = new Map<string, Promise<Member | undefined>>();
  const find = (name: string): Promise<Member | undefined> => {
    const member = members.get(name) ?? findFile(join(path, name), progress);
    members.set(name, member);
    return member;
  };
  return { origin: path, find };
}

async function findFile(file: string, progress: Progress): Promise<Member | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? toMember(file, found.size, progress) : undefined;
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw readFailure(file, cause);
  }
}

function toMember(file: string, size: number, progress: Progress): Member {
  let digest: Promise<Digest> | undefined;
  return {
    origin: file,
    size,
    open: () => fileChunks(file),
    digest: () => {
      digest ??= hashFile(file, size, progress);
      return digest;
    },
  };
}

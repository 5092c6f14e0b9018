import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { diskFailure } from './disk-failure.ts';

/** What a place makes of names: a value, so that the rules of one system are the same on any. */
export interface NameRules {
  /** Whether names are those of Windows: some are reserved, some signs stand for something. */
  readonly windows: boolean;
  /** Whether `A` and `a` are one name. */
  readonly ignoresCase: boolean;
  /** Whether a letter and its accent are one name with the letter that has it (NFD and NFC of Unicode). */
  readonly normalizes: boolean;
  /** Whether names are text: bytes that are no UTF-8 are refused. */
  readonly isText: boolean;
  /** The longest path below that place, in bytes, or UTF-16 units on Windows. */
  readonly longestPath: number;
}

/** Of a tar, which takes any. */
export const tarNames: NameRules = {
  windows: false,
  ignoresCase: false,
  normalizes: false,
  isText: false,
  longestPath: Number.POSITIVE_INFINITY,
};

/** In bytes of a whole path, with its NUL. */
const longestPath: Partial<Record<NodeJS.Platform, number>> = { linux: 4096, win32: 32_767 };
/** In bytes: of macOS and the BSDs. */
const usualLongest = 1024;
/** In bytes: what a folder beside it may be called longer than the folder itself. */
const room = 64;

/** What the file system of a folder, which has to be there and writable, makes of names; a file or two are written for that. */
export async function nameRulesOf(folder: string): Promise<NameRules> {
  const windows = process.platform === 'win32';
  const most = (longestPath[process.platform] ?? usualLongest) - Buffer.byteLength(folder) - room;
  try {
    const probe = mkdtempSync(join(folder, '.alba-'));
    try {
      writeFileSync(join(probe, 'case'), '');
      writeFileSync(join(probe, 'é'.normalize('NFC')), '');
      return {
        windows,
        ignoresCase: existsSync(join(probe, 'CASE')),
        normalizes: existsSync(join(probe, 'é'.normalize('NFD'))),
        isText: windows || process.platform === 'darwin' || !takesBytes(probe),
        longestPath: most,
      };
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
  } catch (cause) {
    throw diskFailure(`write below ${folder}`, cause);
  }
}

/** Whether a name may have bytes that are no UTF-8. */
function takesBytes(folder: string): boolean {
  try {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff)]), '');
    return true;
  } catch {
    return false;
  }
}

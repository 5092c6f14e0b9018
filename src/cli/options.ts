import type { Command } from 'commander';
import { AlbaError } from '../errors.ts';
import { guessAddress, isAddress } from '../place/schemes.ts';

/** Options of every command that talks to a registry or a bucket. */
export interface ConnectionFlags {
  readonly username?: string;
  readonly passwordStdin: boolean;
  readonly caCertificate?: string;
  /** False for --no-cache. */
  readonly cache: boolean;
  readonly cacheDir?: string;
}

/** Adds them to a command. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('--username <name>', 'for the registry; without it the docker config (docker login) is asked')
    .option('--password-stdin', 'read the password for --username from stdin', false)
    .option('--ca-certificate <path>', 'a certificate authority to trust besides the system’s')
    .option(
      '--cache-dir <path>',
      'where to remember what was published; the user’s cache folder if not given',
    )
    .option('--no-cache', 'remember nothing');
}

/** For an option that may repeat. */
export function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/**
 * Targets are addresses, all else is an artifact. What comes first is read, what comes last is written: a target
 * before an artifact may be meant as a source.
 */
export function splitWords(words: readonly string[]): { artifacts: string[]; targets: string[] } {
  const first = words.findIndex(isAddress);
  if (first < 0) return withoutTarget(words);
  const late = words.slice(first).find((word) => !isAddress(word));
  if (late === undefined) return { artifacts: words.slice(0, first), targets: words.slice(first) };
  const meant = guessAddress(late, 'target');
  const remedy = 'name artifacts first, then targets; a published image to read is --from <reference>';
  throw new AlbaError('usage', `${late} comes behind a target: ${meant ? `did you mean ${meant}?` : remedy}`);
}

/** The last word may be a target whose scheme is missing. */
function withoutTarget(words: readonly string[]): { artifacts: string[]; targets: string[] } {
  const meant = words.length > 1 && guessAddress(words.at(-1) ?? '', 'target');
  if (!meant) return { artifacts: [...words], targets: [] };
  throw new AlbaError('usage', `no target: did you mean ${meant} by ${words.at(-1)}?`);
}

import { text } from 'node:stream/consumers';
import type { Command } from '../commands/command.ts';
import { refuseOthers } from '../commands/given.ts';
import type { Inputs } from '../commands/input.ts';
import { AlbaError, messageOf, Stopped } from '../errors.ts';
import { printable } from '../progress/format.ts';
import { standardInput } from '../source/standard-input.ts';
import { type Parsed, readGiven, readVariables, readWords } from './given.ts';
import { cliOptionsOf, wordsOf } from './option.ts';
import { writeJson, writeText } from './output.ts';
import type { Verbosity } from './progress.ts';

/** Runs a command with what commander read; `others` are the inputs that mean something to other commands alone. */
export async function runCommand(
  command: Command,
  others: Inputs,
  words: readonly string[],
  parsed: Parsed,
): Promise<void> {
  const { inputs } = command;
  refuseOthers(
    command,
    others,
    await readGiven(others, cliOptionsOf(others), {}, parsed, async () => 'given'),
  );
  const named = readWords(wordsOf(inputs), words);
  const [[first] = ['']] = wordsOf(inputs);
  const given = await readGiven(inputs, cliOptionsOf(inputs), named, parsed, () =>
    readSecret(named[first] ?? []),
  );
  const [{ cliProgress }, { cliHost }] = await Promise.all([import('./progress.ts'), import('./host.ts')]);
  const progress = await cliProgress(verbosityOf(parsed));
  let output: NodeJS.WritableStream = process.stdout;
  const host = cliHost(progress, () => {
    output = process.stderr;
  });
  const outcome = await command.run({ ...readVariables(inputs), ...given }, host);
  progress.end();
  if (parsed.json === true && outcome.result !== undefined) writeJson(output, outcome.result);
  else for (const line of outcome.lines) writeText(output, `${printable(line)}\n`);
  if (!outcome.failure) return;
  const { thrown, isTrouble } = outcome.failure;
  throw isTrouble && !(thrown instanceof Stopped) ? new Trouble(thrown) : thrown;
}

/** That a comparison came to no end, for its cause: not what it found. */
export class Trouble extends Error {
  override readonly name = 'Trouble';

  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}

function verbosityOf({ quiet, verbose }: Parsed): Verbosity {
  if (quiet === true && verbose === true) {
    throw new AlbaError('usage', '--quiet and --verbose contradict each other: give one of them');
  }
  if (quiet === true) return 'quiet';
  return verbose === true ? 'verbose' : 'usual';
}

/** What is piped in, unless these words say that it is an archive. */
async function readSecret(words: readonly string[]): Promise<string> {
  if (!words.includes(standardInput)) return (await text(process.stdin)).trimEnd();
  throw new AlbaError(
    'usage',
    '- and --password-stdin both read standard input: docker login before, or name the archive as a file',
  );
}

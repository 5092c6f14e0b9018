import { type Command, CommanderError, Help, type Option } from 'commander';
import { exitCodeOf } from '../commands/exit-code.ts';
import { undoAll } from '../concurrency/stop.ts';
import { AlbaError, messageOf, Stopped } from '../errors.ts';
import { printable } from '../progress/format.ts';
import { writeText } from './output.ts';
import { makeProgram, shortHelp } from './program.ts';
import { Trouble } from './run.ts';

/** Of what is under way nothing is waited for. */
async function endStopped(): Promise<void> {
  await undoAll();
  process.stderr.write('', () => process.exit());
}

/** Exit codes: done, failed (of a comparison: different), called wrongly or not compared. */
const exit = { ok: 0, failure: 1, usage: 2 } as const;

/** The command line; what a command prints on stdout is its result, all else goes to stderr. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  endQuietly(process.stdout, process.stderr);
  const given = argv.slice(2);
  const isWhole = given.join(' ') === 'help all';
  const words = given[0] === 'help' && !isWhole ? [...given.slice(1), '--help'] : given;
  const program = makeProgram(words);
  for (const command of [program, ...descendants(program)]) {
    command
      .exitOverride()
      .configureHelp(
        command === program ? { optionTerm, formatHelp: isWhole ? formatWhole : shortHelp } : { optionTerm },
      )
      .showHelpAfterError('(--help tells what there is)')
      .configureOutput({
        writeErr: (text) => writeText(process.stderr, text),
        outputError: (text, write) => write(explained(text)),
      });
  }
  if (isWhole) return program.outputHelp();
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (thrown) {
    process.exitCode = report(thrown);
    if (thrown instanceof Stopped) await endStopped();
  }
}

/** An option as it is named in both doors; another spelling is only understood. */
function optionTerm({ flags }: Option): string {
  return flags.replace(/--[a-z-]+, (?=--)/, '');
}

/** All commands are listed, not the words that they begin with; guesses at what was meant stay as they are. */
function formatWhole(program: Command, help: Help): string {
  return new Help().formatHelp(program, Object.assign(help, { visibleCommands, subcommandTerm }));
}

function visibleCommands(program: Command): Command[] {
  return descendants(program).filter(({ commands }) => commands.length === 0);
}

function subcommandTerm(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${parent.name()} ${command.name()}` : command.name();
}

/** Commander's words in ours; what it repeats may be a secret. */
function explained(text: string): string {
  if (/^error: unknown option '--password[='-]/.test(text)) {
    return 'alba: no password belongs on a command line, where others see it: give it on stdin with --password-stdin, or docker login before\n';
  }
  const remark = /^error: unknown command 'push'/.test(text)
    ? '(Did you mean container push or static push?)\n'
    : '';
  return text.replace(/^error: /, 'alba: ') + remark;
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

function report(thrown: unknown): number {
  // Commander has told the user by itself.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exit.ok : exit.usage;
  const lines = messageOf(thrown).split('\n');
  writeText(process.stderr, lines.map((line) => `alba: ${printable(line)}\n`).join(''));
  if (thrown instanceof Stopped) return exitCodeOf(thrown);
  const isUsage = thrown instanceof AlbaError && thrown.code === 'usage';
  return isUsage || thrown instanceof Trouble ? exit.usage : exit.failure;
}

/** `alba … | head` is no failure: who reads has enough. */
function endQuietly(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (failure: NodeJS.ErrnoException) => {
      if (failure.code !== 'EPIPE') throw failure;
    });
  }
}

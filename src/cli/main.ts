import { Command, CommanderError, type Option } from 'commander';
import { AlbaError, messageOf } from '../errors.ts';
import { printable } from '../progress/printable.ts';
import { containerPushCommand } from './container-push.ts';
import { serveCommand } from './serve.ts';
import { staticPushCommand } from './static-push.ts';
import { version } from './version.ts';

/** Exit codes: done, failed, called wrongly. */
const exit = { ok: 0, failure: 1, usage: 2 } as const;

/** The command line; what a command prints on stdout is its result, all else goes to stderr. */
export async function main(argv: readonly string[]): Promise<void> {
  endQuietly(process.stdout, process.stderr);
  const program = new Command('alba')
    .description('Publish multi-platform container images and static binaries without a container daemon')
    .version(version, '--version', 'tell the version');
  program.command('container').description('container images').addCommand(containerPushCommand());
  program.command('static').description('plain files by platform').addCommand(staticPushCommand());
  program.addCommand(serveCommand());
  for (const command of [program, ...descendants(program)]) {
    command
      .exitOverride()
      .showHelpAfterError('(--help tells what there is)')
      .configureHelp({ optionDescription })
      .configureOutput({ outputError: (text, write) => write(explained(text)) });
  }
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    process.exitCode = report(thrown);
  }
}

/** Defaults that say something: not false, not an empty list. */
function optionDescription({ description, defaultValue }: Option): string {
  return typeof defaultValue === 'string' && defaultValue !== ''
    ? `${description} (default: ${defaultValue})`
    : description;
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
  for (const line of messageOf(thrown).split('\n')) process.stderr.write(`alba: ${printable(line)}\n`);
  return thrown instanceof AlbaError && thrown.code === 'usage' ? exit.usage : exit.failure;
}

/** `alba … | head` is no failure: who reads has enough. */
function endQuietly(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams) {
    stream.on('error', (failure: NodeJS.ErrnoException) => {
      if (failure.code !== 'EPIPE') throw failure;
    });
  }
}

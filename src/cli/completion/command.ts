import { type Command, command } from '../../commands/command.ts';
import { choice } from '../../commands/kinds.ts';

/** `alba completion`: a script on stdout that makes a shell complete the words of these commands, and its own. */
export function completionCommand(commands: readonly Command[]): Command {
  const own = command({
    name: 'completion',
    about: 'print a script that makes a shell complete the words of alba',
    only: 'command line',
    inputs: {
      shell: choice('the shell', ['bash', 'zsh', 'fish'], { needed: 'no shell: name one', word: 'shell' }),
    },
    example: 'source <(alba completion bash)',
    async run({ shell }) {
      const { completionScript } = await import('./script.ts');
      process.stdout.write(completionScript(shell, [...commands, own]));
    },
  });
  return own;
}

import { families } from '../../commands/all.ts';
import type { Command } from '../../commands/command.ts';
import { type CliOption, cliOptionsOf, helpOption, plain, resultOptions, wordsOf } from '../option.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

/** A word, and a line about it. */
export interface CompletedWord {
  readonly word: string;
  readonly about: string;
}

/** A command as shells complete it. */
export interface CompletedCommand {
  readonly words: readonly string[];
  readonly options: readonly CliOption[];
  /** What its own words can be, if that is known; else they are files. */
  readonly choices: readonly string[];
}

/** All that shells complete. */
export interface Completed {
  /** What can follow after words that are no command yet: after none, and after the first of two. */
  readonly next: readonly { readonly after: readonly string[]; readonly words: readonly CompletedWord[] }[];
  readonly commands: readonly CompletedCommand[];
}

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The script that a shell has to be told. */
export function completionScript(shell: keyof typeof scripts, commands: readonly Command[]): string {
  return scripts[shell](completedOf(commands));
}

function completedOf(commands: readonly Command[]): Completed {
  const named = commands.map((command) => ({ ...command, words: command.name.split(' ') }));
  const alone = named.filter(({ words }) => words.length === 1);
  return {
    next: [
      {
        after: [],
        words: [
          ...Object.entries(families).map(([word, about]) => ({ word, about })),
          ...alone.map(({ name, about }) => ({ word: name, about: plain(about) })),
        ],
      },
      ...Object.keys(families).map((family) => ({
        after: [family],
        words: named
          .filter(({ words }) => words.length === 2 && words[0] === family)
          .map(({ words, about }) => ({ word: words[1] ?? '', about: plain(about) })),
      })),
    ],
    commands: named.map(({ words, inputs, schema }) => ({
      words,
      options: [...cliOptionsOf(inputs), ...(schema ? resultOptions : []), helpOption],
      choices: wordsOf(inputs).flatMap(([, input]) => input.choices ?? []),
    })),
  };
}

import { Command as Commander, Option } from 'commander';
import { families, commands as known, overview } from '../commands/all.ts';
import type { Command } from '../commands/command.ts';
import { inputsOf } from '../commands/given.ts';
import type { Input, Inputs } from '../commands/input.ts';
import { completionCommand } from './completion/command.ts';
import { isOneEach } from './given.ts';
import { type CliOption, cliOptionsOf, plain, resultOptions, wordsOf } from './option.ts';
import { runCommand } from './run.ts';
import { version } from './version.ts';

/** What most people come for. */
const firstExamples = [
  'alba container push -t app:1.0 docker/ docker://ghcr.io/org/app',
  'alba static push -t app:1.0 df/ file://./site',
];

/** The help of the whole program, which fits a screen of 24 lines. */
export function shortHelp(): string {
  const rows = overview.map(([names, about]): [string, string] => {
    const [first = '', ...others] = names;
    return [[first, ...others.map((name) => name.split(' ').at(-1))].join('|'), about];
  });
  const width = rows.reduce((most, [names]) => Math.max(most, names.length), 0);
  return [
    'Usage: alba <command> [options] <words>',
    '',
    "Takes a build's images and binaries through a release's whole life, without a",
    'container daemon. Such as:',
    '',
    ...firstExamples.map((line) => `  ${line}`),
    '',
    ...rows.map(([names, about]) => `  ${names.padEnd(width)}  ${about}`),
    '',
    'alba <command> --help tells of one, alba help all of each in a line.',
    'alba --version tells the version.',
    '',
  ].join('\n');
}

/**
 * All commands, as commander parses and explains them; of those that these words do not name no more than what lists of
 * commands tell, as options take most of the time of a start.
 */
export function makeProgram(words: readonly string[]): Commander {
  const program = new Commander('alba')
    .description(
      "Take a build's images and binaries through a release's whole life, without a container daemon",
    )
    .version(version, '--version', 'tell the version');
  const parents = new Map(
    Object.entries(families).map(([word, about]) => [word, program.command(word).description(about)]),
  );
  const commands = [...known, completionCommand(known)];
  const all = inputsOf(commands, 'command line');
  const isMeant = meantBy(words, commands);
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const parent = parents.get(first) ?? program;
    const commander = new Commander(second ?? first).description(plain(command.about));
    parent.addCommand(isMeant(command) ? complete(commander, command, all, words) : commander);
  }
  return program;
}

/** Which commands the first words may name: the one that they are, none before an option of the whole program, else any. */
function meantBy(words: readonly string[], commands: readonly Command[]): (command: Command) => boolean {
  const line = `${words.slice(0, 2).join(' ')} `;
  const named = commands.find(({ name }) => line.startsWith(`${name} `));
  if (named) return (command) => command === named;
  return () => words[0]?.startsWith('-') !== true || words[0] === '--';
}

/** With words, options and help; options of others, to be refused by their names, as far as they are given. */
function complete(commander: Commander, command: Command, all: Inputs, given: readonly string[]): Commander {
  const words = wordsOf(command.inputs);
  for (const part of isOneEach(words) ? words.map((word) => [word]) : [words]) {
    if (part.length > 0)
      commander.argument(argumentOf(part), part.map(([, { about }]) => plain(about)).join('; then '));
  }
  const own = cliOptionsOf(command.inputs);
  const taken = new Set(own.flatMap(namesOf));
  const others = Object.fromEntries(
    Object.entries(all).filter(([name]) => !Object.hasOwn(command.inputs, name)),
  );
  for (const option of own) commander.addOption(commanderOption(option));
  if (command.schema) for (const option of resultOptions) commander.addOption(commanderOption(option));
  for (const option of hiddenOptions(others, taken)) {
    if (isGiven(option, given)) commander.addOption(commanderOption(option).hideHelp());
  }
  return commander
    .addHelpText('after', notesOf(command))
    .action(() => runCommand(command, others, commander.args, commander.opts()));
}

/** Whether one of these words may be this option: `--tag`, `--tag=app:1`, or its letter among others. */
function isGiven({ names, short }: CliOption, words: readonly string[]): boolean {
  return words.some(
    (word) =>
      names.some((name) => word === `--${name}` || word.startsWith(`--${name}=`)) ||
      (short !== undefined && /^-[^-]/.test(word) && word.includes(short)),
  );
}

/** Options that a command does not have, to be refused by their names: the other spelling of one may be the name of another. */
function hiddenOptions(others: Inputs, taken: ReadonlySet<string>): CliOption[] {
  const options = cliOptionsOf(others);
  const own = new Set(options.map(({ names }) => names.at(-1) ?? ''));
  return options.flatMap((option) => {
    const name = option.names.at(-1) ?? '';
    if (taken.has(name) || (option.short !== undefined && taken.has(option.short))) return [];
    const spellings = option.names.slice(0, -1).filter((one) => !taken.has(one) && !own.has(one));
    return [{ ...option, names: [...spellings, name] as const }];
  });
}

/** `<artifact|target...>`: what words stand for; only a list may have more than one. `[source]` is one that an option may replace. */
function argumentOf(words: readonly (readonly [name: string, input: Input])[]): string {
  const isList = words.some(([, { takes, takesOne }]) => takes === 'lines' && !takesOne);
  const isOptional = !isList && words.every(([, { needed }]) => needed === undefined);
  const text = `${words.map(([, { word }]) => word).join('|')}${isList ? '...' : ''}`;
  return isOptional ? `[${text}]` : `<${text}>`;
}

function commanderOption({ names, short, placeholder, about, isRepeated }: CliOption): Option {
  const value = placeholder === undefined ? '' : ` <${placeholder}>`;
  const flags = [...(short === undefined ? [] : [`-${short}`]), ...names.map((name) => `--${name}`)];
  const option = new Option(flags.join(', ') + value, about);
  if (isRepeated) option.argParser((text, earlier: readonly string[] = []) => [...earlier, text]);
  return option;
}

function namesOf({ names, short }: CliOption): string[] {
  return short === undefined ? [...names] : [short, ...names];
}

/** What the help of a command ends with: the forms of its words, and an example. */
function notesOf({ inputs, example }: Command): string {
  const forms = wordsOf(inputs).flatMap(([name, { forms: known = [] }]) =>
    known.length > 0 ? [{ name, known }] : [],
  );
  const parts = forms.map(({ name, known }) => {
    const width = Math.max(...known.map(([form]) => form.length));
    const rows = known.map(([form, what]) => `  ${form.padEnd(width)}  ${plain(what)}`);
    return `\n${name.slice(0, 1).toUpperCase()}${name.slice(1)}s:\n${rows.join('\n')}`;
  });
  return [...parts, ...(example === undefined ? [] : [`\nExample:\n  ${example}`])].join('\n');
}

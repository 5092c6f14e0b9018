import type { Input, Inputs } from '../commands/input.ts';
import { alternatives } from '../commands/kinds.ts';

/** One option of the command line, made from an input of its command. */
export interface CliOption {
  /** The name of the input. */
  readonly input: string;
  /** Without dashes: `tag`; the last one names it in what was parsed. */
  readonly names: readonly [...string[], string];
  /** `t`, for `-t`. */
  readonly short?: string | undefined;
  /** What stands for its value in --help; undefined for one without a value. */
  readonly placeholder?: string | undefined;
  /** One line, in plain text. */
  readonly about: string;
  /** The values that it can have, if those are known. */
  readonly choices: readonly string[];
  readonly isRepeated: boolean;
}

/** The options for these inputs, in their order. */
export function cliOptionsOf(inputs: Inputs): CliOption[] {
  return Object.entries(inputs).flatMap(([name, input]) => {
    if (input.only === 'action') return [];
    const own = input.word === undefined ? [optionOf(name, input)] : [];
    return input.besides ? [...own, besideOption(name, input.besides)] : own;
  });
}

/** Those of these inputs that are given without an option, in order. */
export function wordsOf(inputs: Inputs): (readonly [name: string, input: Input])[] {
  return Object.entries(inputs).filter(([, { word }]) => word !== undefined);
}

function optionOf(name: string, input: Input): CliOption {
  const { singular, short, choices = [] } = input;
  const shared = { input: name, short, choices, isRepeated: isList(input) };
  if (input.takes === 'switch') {
    const isOn = input.default === 'true';
    return { ...shared, names: [isOn ? `no-${name}` : name], about: plain(isOn ? input.no : input.about) };
  }
  if (input.takes === 'secret') {
    return { ...shared, names: [`${name}-stdin`], about: `read from stdin: ${plain(input.about)}` };
  }
  return {
    ...shared,
    names: singular === undefined ? [name] : [singular, name],
    placeholder: input.placeholder ?? 'text',
    about: described(input),
  };
}

function besideOption(
  input: string,
  { option, placeholder, about }: NonNullable<Input['besides']>,
): CliOption {
  return {
    input,
    names: [option],
    placeholder,
    about: `${about}; may repeat`,
    choices: [],
    isRepeated: true,
  };
}

/** What it is for, what it can be, what it is without a choice. */
function described(input: Input): string {
  const { about, choices = [], usual = input.default } = input;
  const all = choices.length > 1 ? `: ${alternatives(choices)}` : '';
  const repeats = isList(input) && !input.takesOne ? '; may repeat' : '';
  return `${plain(about)}${all}${repeats}${usual === undefined ? '' : ` (default: ${usual})`}`;
}

function isList({ takes }: Input): boolean {
  return takes === 'lines' || takes === 'items';
}

/** Markdown's code is for documents. */
export function plain(markdown = ''): string {
  return markdown.replaceAll('`', '');
}

/** Options of every command that has a result. */
export const resultOptions: readonly CliOption[] = [
  {
    input: 'json',
    names: ['json'],
    about: 'print the result as JSON on stdout',
    choices: [],
    isRepeated: false,
  },
  {
    input: 'quiet',
    names: ['quiet'],
    short: 'q',
    about: 'tell of warnings and errors alone; the result on stdout stays',
    choices: [],
    isRepeated: false,
  },
  { input: 'verbose', names: ['verbose'], about: 'tell more', choices: [], isRepeated: false },
];

/** Commander's own. */
export const helpOption: CliOption = {
  input: 'help',
  names: ['help'],
  short: 'h',
  about: 'display help for command',
  choices: [],
  isRepeated: false,
};

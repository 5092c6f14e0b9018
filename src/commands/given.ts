import { isDeepStrictEqual } from 'node:util';
import { AlbaError } from '../errors.ts';
import type { Command } from './command.ts';
import type { Door, Given, Input, Inputs } from './input.ts';

/** The items in the text that a workflow gives an input; none in an empty one. Lists may have lines of comment after `#`. */
export function itemsIn({ takes }: Input, given: string): string[] {
  const lines = given.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  if (takes === 'items') return splitItems(lines.join('\n'));
  const texts = takes === 'lines' ? lines : [given];
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** The items in the texts that a command line gives an input, one a time that it is named: the last one counts, or all. */
export function itemsOf({ takes }: Input, given: readonly string[]): string[] {
  if (takes === 'items') return given.flatMap(splitItems);
  const texts = takes === 'lines' ? given : given.slice(-1);
  return texts.filter((text) => text !== '');
}

/** The items of a list that is separated by lines or commas. */
function splitItems(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** All inputs that a door has, of all commands that it has. */
export function inputsOf(commands: readonly Command[], door: Door): Inputs {
  const isThere = ({ only }: { readonly only?: Door | undefined }): boolean => (only ?? door) === door;
  const entries = commands.filter(isThere).flatMap(({ inputs }) => Object.entries(inputs));
  return Object.fromEntries(entries.filter(([, input]) => isThere(input)));
}

/** Fails where an input that means something to other commands alone is set to something else than its default. */
export function refuseOthers(command: Command, all: Inputs, given: Given): void {
  const set = Object.entries(all).flatMap(([name, input]) =>
    Object.hasOwn(command.inputs, name) || isDefault(name, input, given[name] ?? []) ? [] : [name],
  );
  if (set.length === 0) return;
  const [mean, them] = set.length === 1 ? ['means', 'it'] : ['mean', 'them'];
  throw new AlbaError(
    'usage',
    `${set.join(', ')} ${mean} nothing to "${command.name}": remove ${them}, or is another command meant?`,
  );
}

/** Whether this says what is so without it, in these words or in others. */
function isDefault(name: string, input: Input, items: readonly string[]): boolean {
  if (items.length === 0) return true;
  const usual = input.usual ?? input.default;
  if (usual === undefined) return false;
  try {
    return isDeepStrictEqual(input.parse(name, items), input.parse(name, [usual]));
  } catch {
    return false;
  }
}

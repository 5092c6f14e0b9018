import * as core from '@actions/core';
import { splitItems } from '../commands/values.ts';
import { AlbaError } from '../errors.ts';

/** Fails where an input is set that means something to another command alone. */
export function refuseInputs(command: string, names: readonly string[]): void {
  const set = names.filter((name) => !['', 'false'].includes(core.getInput(name)));
  if (set.length === 0) return;
  throw new AlbaError(
    'usage',
    `${set.join(', ')} ${set.length === 1 ? 'means' : 'mean'} nothing to "${command}": remove ${set.length === 1 ? 'it' : 'them'}, or is another command meant?`,
  );
}

/** A list whose items are separated by lines or commas. */
export function getItems(name: string): string[] {
  return splitItems(core.getInput(name));
}

import * as core from '@actions/core';
import { splitItems } from '../commands/values.ts';

/** A list whose items are separated by lines or commas. */
export function getItems(name: string): string[] {
  return splitItems(core.getInput(name));
}

import * as core from '@actions/core';

/** A list whose items are separated by commas or lines. */
export function getItems(name: string): string[] {
  return core
    .getInput(name)
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

import * as core from '@actions/core';
import { printable } from '../progress/format.ts';

/** Prints one line. A runner would take `::name::` at its beginning, and `##[name]` anywhere in it, for a command. */
export function info(text: string): void {
  core.info(
    printable(text)
      .replace(/^\s*::/, '\\$&')
      .replaceAll('##[', '##\\['),
  );
}

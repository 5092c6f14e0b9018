import * as core from '@actions/core';
import { printable } from '../progress/format.ts';
import { escapeCommands } from '../progress/runner-commands.ts';

/** Prints one line, none of which is a command to the runner. */
export function info(text: string): void {
  core.info(escapeCommands(printable(text)));
}

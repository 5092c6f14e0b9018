import type { Command } from './command.ts';
import { containerGcCommand } from './container/gc-command.ts';
import { containerLsCommand } from './container/ls-command.ts';
import { containerPushCommand } from './container/push-command.ts';
import { containerRmCommand } from './container/rm-command.ts';
import { serveCommand } from './serve.ts';
import { staticGcCommand } from './static/gc-command.ts';
import { staticLsCommand } from './static/ls-command.ts';
import { staticPushCommand } from './static/push-command.ts';
import { staticRmCommand } from './static/rm-command.ts';

/** Every command; what each runs is loaded when it does. */
export const commands: readonly Command[] = [
  containerPushCommand,
  containerLsCommand,
  containerRmCommand,
  containerGcCommand,
  staticPushCommand,
  staticLsCommand,
  staticRmCommand,
  staticGcCommand,
  serveCommand,
];

/** What the first words of commands stand for. */
export const families: Readonly<Record<string, string>> = {
  container: 'container images',
  static: 'plain files by platform',
};

/** The command of an action that names none. */
export const usualCommand = containerPushCommand;

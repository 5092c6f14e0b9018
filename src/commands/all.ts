import type { Command } from './command.ts';
import { containerDiffCommand } from './container/diff-command.ts';
import { containerInspectCommand } from './container/inspect-command.ts';
import { containerPullCommand } from './container/pull-command.ts';
import { containerPushCommand } from './container/push-command.ts';
import { serveCommand } from './serve.ts';
import { staticPushCommand } from './static/push-command.ts';
import { storeGcCommand } from './store/gc-command.ts';

/** Every command; what each runs is loaded when it does. */
export const commands: readonly Command[] = [
  containerPushCommand,
  containerPullCommand,
  containerInspectCommand,
  containerDiffCommand,
  staticPushCommand,
  serveCommand,
  storeGcCommand,
];

/** What the first words of commands stand for. */
export const families: Readonly<Record<string, string>> = {
  container: 'container images',
  static: 'plain files by platform',
  store: 'layers that pulls have in common',
};

/** The command of an action that names none. */
export const usualCommand = containerPushCommand;

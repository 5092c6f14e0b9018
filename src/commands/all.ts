import type { Command } from './command.ts';
import { containerCopyCommand } from './container/copy-command.ts';
import { containerDiffCommand } from './container/diff-command.ts';
import { containerGcCommand } from './container/gc-command.ts';
import { containerInspectCommand } from './container/inspect-command.ts';
import { containerLsCommand } from './container/ls-command.ts';
import { containerPullCommand } from './container/pull-command.ts';
import { containerPushCommand } from './container/push-command.ts';
import { containerRmCommand } from './container/rm-command.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { serveCommand } from './serve.ts';
import { staticGcCommand } from './static/gc-command.ts';
import { staticLsCommand } from './static/ls-command.ts';
import { staticPullCommand } from './static/pull-command.ts';
import { staticPushCommand } from './static/push-command.ts';
import { staticRmCommand } from './static/rm-command.ts';
import { storeGcCommand } from './store/gc-command.ts';

/** Every command; what each runs is loaded when it does. */
export const commands: readonly Command[] = [
  containerPushCommand,
  containerPullCommand,
  containerCopyCommand,
  containerInspectCommand,
  containerDiffCommand,
  containerLsCommand,
  containerRmCommand,
  containerGcCommand,
  staticPushCommand,
  staticPullCommand,
  staticLsCommand,
  staticRmCommand,
  staticGcCommand,
  doctorCommand,
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

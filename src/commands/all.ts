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

/** What the help of the whole program fits a screen with: commands that have a line in common, and what they are for. */
export const overview: readonly (readonly [names: readonly string[], about: string])[] = [
  [['container push'], 'make archives one multi-platform index and publish it'],
  [['container pull', 'container copy'], 'unpack an image; copy it from place to place'],
  [['container inspect', 'container diff'], 'tell what an image holds; how two differ'],
  [['container ls', 'container rm', 'container gc'], 'list tags; delete some; delete old ones by rules'],
  [['static push', 'static pull'], 'publish binaries by platform; fetch them'],
  [['static ls', 'static rm', 'static gc'], 'list releases; delete some; delete old ones'],
  [['store gc'], 'remove what pulls keep and no longer use'],
  [['doctor'], 'find out what a target can do, and cannot'],
  [['serve'], 'serve what a file:// target made, on 127.0.0.1'],
  [['completion'], 'print a script that completes words in a shell'],
];

/** The command of an action that names none. */
export const usualCommand = containerPushCommand;

import * as core from '@actions/core';
import { messageOf } from '../errors.ts';
import { printable } from '../progress/printable.ts';

/** Each is loaded when it is asked for. */
const commands: Readonly<Record<string, () => Promise<() => Promise<void>>>> = {
  'container push': async () => (await import('./container-push.ts')).runContainerPush,
  'static push': async () => (await import('./static-push.ts')).runStaticPush,
};

/**
 * The action: inputs from the environment, outputs and a summary to the runner's files. It ends the process:
 * connections to a cache service that did not answer in time would keep it for minutes.
 */
export async function main(): Promise<void> {
  try {
    const name = core.getInput('command').replace(/\s+/g, ' ');
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load) throw new Error(`command "${name}" is unknown: expected ${Object.keys(commands).join(', ')}`);
    const run = await load();
    await run();
  } catch (thrown) {
    core.setFailed(messageOf(thrown).split('\n').map(printable).join('\n'));
  }
  process.stdout.write('', () => process.exit());
}

import * as core from '@actions/core';
import { messageOf } from '../errors.ts';
import { runContainerPush } from './container-push.ts';

const commands: Readonly<Record<string, () => Promise<void>>> = {
  'container push': runContainerPush,
};

/** The action: inputs from the environment, outputs and a summary to the runner's files. */
export async function main(): Promise<void> {
  try {
    const name = core.getInput('command').replace(/\s+/g, ' ');
    const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!run) throw new Error(`command "${name}" is unknown: expected ${Object.keys(commands).join(', ')}`);
    await run();
  } catch (thrown) {
    core.endGroup();
    core.setFailed(messageOf(thrown));
  }
}

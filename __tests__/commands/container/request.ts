import { tmpdir } from 'node:os';
import { readValues } from '../../../src/commands/command.ts';
import { containerPushCommand, containerPushInputs } from '../../../src/commands/container/push-command.ts';
import {
  type ContainerPushRequest,
  containerPushRequest,
} from '../../../src/commands/container/push-request.ts';
import type { Host } from '../../../src/commands/host.ts';
import { givenOf, hostIn, type Said } from '../given.ts';

/**
 * A request as a door would make it, in one thread and without a cache; what is not given is as by default. `more` is
 * what else the machine is.
 */
export async function requestOf(
  said: Said & { readonly artifacts: readonly string[]; readonly targets: readonly string[] },
  directory: string,
  more: Partial<Host> = {},
): Promise<ContainerPushRequest> {
  const given = givenOf(containerPushCommand.inputs, { cache: 'false', ...said });
  const host = { ...hostIn(directory, tmpdir()), ...more };
  return containerPushRequest(await readValues(containerPushInputs, given, host), host);
}

import { readValues } from '../../../src/commands/command.ts';
import type { Host } from '../../../src/commands/host.ts';
import { staticPushCommand, staticPushInputs } from '../../../src/commands/static/push-command.ts';
import { type StaticPushRequest, staticPushRequest } from '../../../src/commands/static/push-request.ts';
import { givenOf, hostIn, type Said } from '../given.ts';

/** A request as a door would make it; what is not given is as by default. */
export async function requestOf(
  said: Said,
  directory: string,
  temporaryDirectory: string,
  more: Partial<Host> = {},
): Promise<StaticPushRequest> {
  const given = givenOf(staticPushCommand.inputs, said);
  const host = { ...hostIn(directory, temporaryDirectory), ...more };
  return staticPushRequest(await readValues(staticPushInputs, given, host), host);
}

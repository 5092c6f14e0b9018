import * as core from '@actions/core';
import { commands, usualCommand } from '../commands/all.ts';
import { type Command, type CommandOutcome, failedOutcome } from '../commands/command.ts';
import { exitCodeOf } from '../commands/exit-code.ts';
import { inputsOf, itemsIn, refuseOthers } from '../commands/given.ts';
import type { Given, Inputs } from '../commands/input.ts';
import { undoAll } from '../concurrency/stop.ts';
import { AlbaError, messageOf, Stopped } from '../errors.ts';
import { secretLinesIn } from '../network/pem.ts';
import { printable } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { onSecret } from '../progress/secrets.ts';
import { actionHost } from './host.ts';
import { info } from './log.ts';
import { actionProgress } from './progress.ts';
import { writeSummary } from './summary.ts';

/**
 * The action: inputs from the environment, outputs and a summary to the runner's files. It ends the process:
 * connections to a cache service that did not answer in time would keep it for minutes.
 */
export async function runAction(): Promise<void> {
  onSecret((secret) => core.setSecret(secret));
  const progress = actionProgress();
  const { failure, lines, outputs, summary } = await run(progress).catch((thrown) =>
    failedOutcome(core.getInput('tag').replace(/\s*[\n,]\s*/g, ', ') || 'alba', thrown),
  );
  progress.end();
  for (const line of lines) info(line);
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  const names = Object.keys(outputs);
  if (names.length > 0) info(`outputs: ${names.join(', ')}`);
  if (failure) core.setFailed(messageOf(failure.thrown).split('\n').map(printable).join('\n'));
  await writeSummary(await summary());
  if (failure?.thrown instanceof Stopped) {
    await undoAll();
    process.exitCode = exitCodeOf(failure.thrown);
  }
  process.stdout.write('', () => process.exit());
}

async function run(progress: Progress): Promise<CommandOutcome> {
  const command = commandNamed(core.getInput('command').replace(/\s+/g, ' ') || usualCommand.name);
  const all = inputsOf(commands, 'action');
  const given = readInputs({ ...all, ...command.inputs });
  refuseOthers(command, all, given);
  return command.run(given, actionHost(progress));
}

/** What the workflow gives. A secret never reaches the log, whoever prints it. */
function readInputs(inputs: Inputs): Given {
  const entries = Object.entries(inputs).map(([name, input]) => {
    const given = input.only === 'command line' ? '' : core.getInput(name);
    if (input.takes === 'secret' && given !== '') core.setSecret(given);
    for (const line of secretLinesIn(given)) core.setSecret(line);
    return [name, itemsIn(input, given)] as const;
  });
  return Object.fromEntries(entries);
}

function commandNamed(name: string): Command {
  const known = commands.filter(({ only }) => only !== 'command line');
  const found = known.find((command) => command.name === name);
  if (found) return found;
  const names = known.map((command) => command.name).join(', ');
  throw new AlbaError('usage', `command "${name}" is unknown: expected ${names}`);
}

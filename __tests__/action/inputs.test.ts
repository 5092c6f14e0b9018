import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { commands } from '../../src/commands/all.ts';
import { inputsOf } from '../../src/commands/given.ts';
import { sampleOf } from '../commands/samples.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { defaultInputs, runAction } from '../support/alba.ts';

const temporary = useTemporary();
beforeAll(() => {
  makeArtifacts(join(temporary.path, 'docker'));
});

const inputs = inputsOf(commands, 'action');
const known = commands.filter(({ only }) => only !== 'command line');

describe('inputs of the action', () => {
  it('are those of action.yml', async () => {
    expect(Object.keys(await defaultInputs())).toEqual(['command', ...Object.keys(inputs)]);
  });

  it('mean their defaults where all of them are empty', async () => {
    const said = { artifacts: 'docker/', tag: 'app:1' };
    const empty = Object.fromEntries(Object.keys(await defaultInputs()).map((name) => [name, '']));
    const [usual, blank] = await Promise.all([
      runAction({ ...said, target: 'oci:./usual' }, { cwd: temporary.path }),
      runAction({ ...empty, ...said, target: 'oci:./blank' }, { cwd: temporary.path }),
    ]);
    expect([usual.code, blank.code, blank.stderr]).toEqual([0, 0, '']);
    expect(blank.outputs.digest).toBe(usual.outputs.digest);
    expect(blank.outputs['pushed-bytes']).toBe(usual.outputs['pushed-bytes']);
  });

  it.each(known)('that mean nothing to $name are refused, all of them', async ({ name, inputs: own }) => {
    const others = Object.entries(inputs).filter(([other]) => !Object.hasOwn(own, other));
    const ended = await runAction(
      {
        ...{ command: name, artifacts: 'docker/', tag: 'app:1', target: 'file://./never' },
        ...Object.fromEntries(others.map(([other, input]) => [other, sampleOf(input)])),
      },
      { cwd: temporary.path },
    );
    expect(ended.code).toBe(1);
    const names = others.map(([other]) => other).join(', ');
    expect(ended.stdout).toContain(`::error::${names} mean nothing to "${name}": remove them`);
    expect(await readdir(temporary.path)).not.toContain('never');
  });

  it('that a command cannot do without are asked for by the command', async () => {
    for (const { name, inputs: own } of known) {
      const ended = await runAction({ command: name }, { cwd: temporary.path });
      expect(ended.code).toBe(1);
      const needed = Object.values(own).flatMap((input) => input.needed ?? []);
      for (const message of needed) expect(ended.stdout).toContain(message);
    }
  });
});

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/all.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const shells = ['bash', 'zsh', 'fish'] as const;
const scripts = new Map<string, string>();
beforeAll(async () => {
  for (const shell of shells) {
    const { code, stdout } = await runAlba(['completion', shell]);
    expect(code).toBe(0);
    scripts.set(shell, stdout);
    await temporary.write(`alba.${shell}`, stdout);
  }
});

const completed: readonly (readonly [words: string, found: readonly string[]])[] = [
  ['alba ', ['container', 'static', 'store', 'doctor', 'serve', 'completion']],
  ['alba st', ['static', 'store']],
  ['alba store ', ['gc']],
  ['alba container ', ['push', 'pull', 'copy', 'inspect', 'diff', 'ls', 'rm', 'gc']],
  ['alba container push --compression ', ['gzip', 'zstd', 'none']],
  ['alba container push -t a:1 --no-', ['--no-cache']],
  ['alba container push --page', []],
  ['alba static push --page', ['--page']],
  ['alba serve --p', ['--port']],
  ['alba completion ', [...shells]],
];

/** All items of an array in bash. */
const all = (name: string): string => `"\${${name}[@]}"`;

it.each(shells)('the script for %s knows every option of every command', (shell) => {
  const script = scripts.get(shell) ?? '';
  for (const { inputs } of commands) {
    for (const [name, input] of Object.entries(inputs)) {
      if (input.only === 'action' || input.word !== undefined) continue;
      expect(script).toContain(name);
    }
  }
});

describeWith(['bash'], 'bash', () => {
  it.each([...completed, ['alba container push --format=', ['oci', 'docker']] as const])(
    'completes %j',
    async (line, expected) => {
      // Readline parts words at = as well.
      const words = line.split(/ |(?<==)|(?==)/);
      const script = [
        `source ${join(temporary.path, 'alba.bash')}`,
        `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`,
        `_alba; printf '%s\\n' ${all('COMPREPLY')}`,
      ];
      const found = await run('bash', ['--norc', '-c', script.join('\n')]);
      expect(found.split('\n').filter(Boolean)).toEqual(expected);
    },
  );
});

describeWith(['fish'], 'fish', () => {
  it.each(completed)('completes %j', async (line, expected) => {
    const script = `source ${join(temporary.path, 'alba.fish')}; complete -C '${line}'`;
    const found = await run('fish', ['--no-config', '-c', script]);
    const words = found.split('\n').flatMap((row) => row.split('\t')[0] || []);
    expect(words.toSorted()).toEqual(expected.toSorted());
  });
});

describeWith(['zsh'], 'zsh', () => {
  it('takes the script', async () => {
    const script = `autoload -Uz compinit; compinit -u -D; source ${join(temporary.path, 'alba.zsh')}; print $_comps[alba]`;
    expect(await run('zsh', ['-f', '-c', script])).toBe('_alba\n');
  });
});

describe('a script', () => {
  it('is made for a shell that is known', async () => {
    const ended = await runAlba(['completion', 'csh']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('shell "csh" is unknown: expected bash, zsh or fish');
  });
});

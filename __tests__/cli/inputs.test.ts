import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/all.ts';
import { inputsOf } from '../../src/commands/given.ts';
import type { Input } from '../../src/commands/input.ts';
import { sampleOf } from '../commands/samples.ts';
import { runAlba } from '../support/alba.ts';

const inputs = inputsOf(commands, 'command line');

/** As the input would be set for its own command. */
function wordsFor(name: string, input: Input): string[] {
  if (input.besides) return [`--${input.besides.option}`, 'docker://127.0.0.1:1/a:1'];
  if (input.word !== undefined) return [];
  if (input.takes === 'switch') return [input.default === 'true' ? `--no-${name}` : `--${name}`];
  return input.takes === 'secret' ? [`--${name}-stdin`] : [`--${name}`, sampleOf(input)];
}

describe('options', () => {
  it.each(commands)('that mean nothing to $name are refused, all of them', async ({ name, inputs: own }) => {
    const spellings = Object.values(own).map(({ singular }) => singular);
    const others = Object.entries(inputs)
      .filter(([other]) => !Object.hasOwn(own, other) && !spellings.includes(other))
      .map(([other, input]) => ({ other, words: wordsFor(other, input) }))
      .filter(({ words }) => words.length > 0);
    const isPair =
      Object.values(own).filter(({ word, takes }) => word !== undefined && takes === 'text').length > 1;
    const named = isPair ? ['first', 'second'] : ['first'];
    const ended = await runAlba([...name.split(' '), ...named, ...others.flatMap(({ words }) => words)]);
    expect(ended.code).toBe(2);
    const names = others.map(({ other }) => other).join(', ');
    expect(ended.stderr).toContain(`alba: ${names} mean nothing to "${name}": remove them`);
  });

  it.each([
    [['static', 'push', '--compression', 'zstd'], 'compression means nothing to "static push"'],
    [['serve', '--cache-dir', 'there'], 'cache-dir means nothing to "serve"'],
    [['serve', '--no-cache'], 'cache means nothing to "serve"'],
    [['container', 'push', '--page'], 'page means nothing to "container push"'],
    [['serve', '--password-stdin'], 'password means nothing to "serve"'],
  ])('%j is refused', async (words, message) => {
    const ended = await runAlba([...words, 'first']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(`alba: ${message}: remove it, or is another command meant?`);
  });

  it('mean their defaults where they are empty', async () => {
    const own = Object.entries(inputs).filter(
      ([, input]) => input.takes === 'text' && input.word === undefined,
    );
    const empty = own.flatMap(([name]) => [`--${name}`, '']);
    const ended = await runAlba([
      'container',
      'push',
      '-t',
      '',
      ...empty,
      'missing.tar',
      '',
      'oci:./never:1',
    ]);
    expect(ended.stderr).toMatch(/^alba: missing.tar does not exist/m);
  });

  it('are named like the input, or like one item of it', async () => {
    for (const spelling of ['--annotation', '--annotations']) {
      const ended = await runAlba(['container', 'push', spelling, 'planet:key=value', 'x', 'oci:x:1']);
      expect(ended.stderr).toContain('annotation "planet:key=value" is for "planet"');
    }
    const { stdout } = await runAlba(['container', 'push', '--help']);
    expect(stdout).toContain('--annotations <key=value>');
    expect(stdout).not.toContain('--annotation,');
  });
});

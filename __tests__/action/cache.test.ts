import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { useTemporary } from '../fixtures/temporary.ts';
import { type ActionEnded, runAction } from '../support/alba.ts';
import { type CacheService, startCacheService } from './cache-service.ts';

const temporary = useTemporary();
beforeAll(() => {
  makeArtifacts(join(temporary.path, 'docker'));
});

/** All that a run's page would show in red or yellow. */
const alarms = ({ stdout, stderr }: ActionEnded): string =>
  `${stdout.match(/^::(warning|error).*$/gm)?.join('\n') ?? ''}${stderr}`;

/** What the log says of it, be it by alba or by GitHub's client of the service. */
const linesOnCache = ({ stdout }: ActionEnded): string[] =>
  stdout
    .split('\n')
    .filter((line) => /cache|^Failed to/i.test(line) && !/^(::debug::|\[command\]|outputs: )/.test(line));

describe('the cache of a workflow', () => {
  let service: CacheService;
  beforeEach(async () => {
    service = await startCacheService();
  });
  afterEach(() => service[Symbol.asyncDispose]());

  // On a runner the path of the temporary folder is the same in every job, and what is in it is gone.
  const run = async (target: string, inputs: Record<string, string> = {}, env = {}): Promise<ActionEnded> => {
    return runAction(
      { artifacts: 'docker/', tag: 'app:1', target: `file://${join(temporary.path, target)}`, ...inputs },
      { cwd: temporary.path, env: { ...service.env, RUNNER_TEMP: temporaryOfRunner(), ...env } },
    );
  };
  const temporaryOfRunner = (): string => join(temporary.path, 'runner-temp');
  beforeEach(() => mkdir(temporaryOfRunner(), { recursive: true }));

  it('is saved, restored, and saved again only when it changed', async () => {
    const first = await run('saved');
    expect([first.code, alarms(first), first.outputs['cache-hit']]).toEqual([0, '', 'false']);
    expect([...service.entries.keys()]).toEqual([
      expect.stringMatching(/^alba-1-[0-9a-f]{16}-[0-9a-f]{16}$/),
    ]);
    const second = await run('saved');
    expect([second.code, alarms(second), second.outputs['cache-hit']]).toEqual([0, '', 'true']);
    expect(second.outputs['pushed-bytes']).toBe('0');
    expect(second.summary).toContain('2, all known');
    expect(service.entries.size).toBe(1);
    expect(service.restored).toEqual([undefined, [...service.entries.keys()][0]]);
  });

  it('falls back to what was learned for other targets', async () => {
    await run('narrow');
    const other = await run('wide');
    expect(service.restored.at(-1)).toBe([...service.entries.keys()][0]);
    expect([other.code, alarms(other)]).toEqual([0, '']);
    const again = await run('narrow');
    expect(again.outputs['cache-hit']).toBe('true');
  });

  it.each([
    ['read-only', 'The Actions cache is read-only in this run: what it learned is not kept'],
    ['down', 'The Actions cache is not used: '],
  ] as const)('%s: one line says so, and nobody is alarmed', async (mood, line) => {
    service.mood = mood;
    const ended = await run(mood);
    expect([ended.code, alarms(ended)]).toEqual([0, '']);
    expect(linesOnCache(ended)).toEqual([expect.stringContaining(line)]);
    expect([...service.entries]).toEqual([]);
    expect(service.calls.length).toBeGreaterThan(0);
  });

  it.each([
    ['read', 'The Actions cache is read-only in this run (cache-mode read): what it learned is not kept', 1],
    ['none', 'The Actions cache is not to be used in this run (cache-mode none)', 0],
    ['write-only', 'The Actions cache is not to be read in this run (cache-mode write-only)', 3],
  ])('cache-mode %s: one line says so, and what is not allowed is not tried', async (mode, line, calls) => {
    const ended = await run(`mode-${mode}`, {}, { ACTIONS_CACHE_MODE: mode });
    expect([ended.code, alarms(ended)]).toEqual([0, '']);
    expect(linesOnCache(ended)).toEqual([line]);
    expect(service.calls).toHaveLength(calls);
  });

  it('is not believed, and leaves nothing behind, when it comes in half', async () => {
    await run('half');
    service.mood = 'cut off';
    const ended = await run('half');
    expect([ended.code, alarms(ended), ended.outputs['cache-hit']]).toEqual([0, '', 'partial']);
    expect(await readdir(join(temporaryOfRunner(), 'alba-cache'))).toEqual(['alba-knowledge.json']);
  });

  it('is waited for 10 seconds at most, and then the process ends', async () => {
    service.mood = 'silent';
    const begin = performance.now();
    const ended = await run('silent');
    const seconds = (performance.now() - begin) / 1000;
    expect([ended.code, alarms(ended)]).toEqual([0, '']);
    expect(ended.stdout).toContain('The cache service did not answer within 10 s');
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(16);
    expect(service.calls).toHaveLength(1);
  });

  it('is not missed where there is none, and one line says so', async () => {
    const none = await run('none', {}, { ACTIONS_RESULTS_URL: undefined });
    const enterprise = await run('ghes', {}, { GITHUB_SERVER_URL: 'https://git.example.com' });
    for (const ended of [none, enterprise]) {
      expect([ended.code, alarms(ended)]).toEqual([0, '']);
      expect(linesOnCache(ended)).toEqual([
        'There is no Actions cache on this runner: what is learned here serves later steps of the job alone',
      ]);
    }
    expect(service.calls).toEqual([]);
  });

  it('is not spoken of where it is turned off, or does its work', async () => {
    const off = await run('off', { cache: 'false' }, { ACTIONS_RESULTS_URL: undefined });
    const well = await run('well');
    for (const ended of [off, well]) expect([ended.code, linesOnCache(ended)]).toEqual([0, []]);
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from '../scripts/fuzz/fuzz.ts';
import { assertMap, judge } from '../scripts/fuzz/judge.ts';
import { AlbaError } from '../src/errors.ts';

const scripts = join(import.meta.dirname, '..', 'scripts', 'fuzz');
const names = (await readdir(join(scripts, 'targets'))).map((file) => file.replace(/\.ts$/, ''));
const run = (...words: string[]) =>
  promisify(execFile)(process.execPath, [join(scripts, 'run.ts'), ...words]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-fuzzed-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A target that does this in every round. */
async function targetOf(body: string): Promise<string> {
  const file = join(folder, `${body.length}.mjs`);
  await writeFile(
    file,
    `export const target = { about: '', perRound: 4, round: async (seed, folder) => { ${body} return { done: 1 }; } };`,
  );
  return file;
}

describe('fuzzing', () => {
  it.each(names)('finds nothing in a round with a fixed seed of: %s', async (name) => {
    const { stdout } = await run(name, '0', '1');
    expect(stdout).toContain(`${name}: `);
    expect(stdout).toContain('{"rounds":1,');
  });

  it('does one round where no time is given, from the seed that is given', async () => {
    const file = await targetOf('');
    expect(await fuzz({ file, seed: 5, most: { seconds: 0 } })).toEqual({
      kind: 'end',
      counts: { rounds: 1, cases: 4, done: 1 },
    });
  });

  it('does as many rounds as so many cases need', async () => {
    const file = await targetOf('await 0;');
    expect(await fuzz({ file, seed: 5, most: { cases: 9 } })).toMatchObject({
      kind: 'end',
      counts: { rounds: 3, cases: 12 },
    });
  });

  it('stops at the seed that fails and tells it', async () => {
    const file = await targetOf('if (seed === 7) throw new Error("it is " + seed);');
    expect(await fuzz({ file, seed: 5, most: { seconds: 60 } })).toMatchObject({
      kind: 'finding',
      seed: 7,
      message: expect.stringContaining('it is 7'),
      counts: { rounds: 2, cases: 8, done: 2 },
    });
  });

  it.each([
    ['a promise that nobody keeps', 'await new Promise(() => {});'],
    ['a promise that fails unheard', 'Promise.reject(new Error("x")); await new Promise(setImmediate);'],
    ['a loop without an end', 'for (;;);'],
    ['a key on every object', 'Object.prototype.key = 1;'],
    ['a key on every list that no loop shows', 'Object.defineProperty(Array.prototype, "key", {});'],
    ['a file outside of its folder', '(await import("node:fs")).writeFileSync(folder + "/../../x", "");'],
  ])('finds %s', async (_, body) => {
    const file = await targetOf(body);
    expect(await fuzz({ file, seed: 3, most: { seconds: 60 } }, 3000)).toMatchObject({
      kind: 'finding',
      seed: 3,
    });
  });

  it.runIf(process.platform === 'linux')('finds files that stay open', async () => {
    const open = 'const { openSync } = await import("node:fs");';
    const file = await targetOf(`${open} for (let n = 0; n < 600; n++) openSync("/dev/null");`);
    expect(await fuzz({ file, seed: 3, most: { seconds: 0 } })).toMatchObject({
      kind: 'finding',
      message: expect.stringContaining('open files'),
    });
  });

  it('tells its usage to who asks for it', async () => {
    const { stdout } = await run('--help');
    expect(stdout).toMatch(/^npm run fuzz \[-- TARGET/);
    expect(stdout).toContain(`one of ${names.join(', ')}`);
  });

  it.each([['nonsense'], ['--nonsense']])(
    'is called wrongly with a target or an option that is not there: %s',
    async (word) => {
      await expect(run(word)).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringContaining('npm run fuzz'),
      });
    },
  );
});

describe('the judge of what is read', () => {
  it('lets values and AlbaErrors pass, and nothing else that is thrown', async () => {
    const refusal = new AlbaError('source', 'no');
    expect(await judge(() => 1)).toEqual({ value: 1 });
    expect(await judge(() => Promise.reject(refusal))).toEqual({ refusal });
    await expect(judge(() => Promise.reject(new TypeError('x')))).rejects.toThrow(/something else/);
  });

  it('finds memory that was taken, though it is free again', async () => {
    // What the process has had at some time does not count again.
    const had = process.resourceUsage().maxRSS * 1024 - process.memoryUsage.rss();
    const fill = () => void Buffer.alloc(had + 400 * 1024 * 1024, 1);
    await expect(judge(fill)).rejects.toThrow(/MiB of memory/);
  });

  it('finds keys that every object has', () => {
    expect(() => assertMap({ a: '' }, 'a map')).not.toThrow();
    for (const text of ['{"__proto__":{}}', '{"constructor":""}', '{"a":{"b":[]}}'] as const) {
      const map: object = JSON.parse(text);
      if (text.includes('"a"')) Object.setPrototypeOf(Reflect.get(map, 'a'), { c: 1 });
      expect(() => assertMap(map, 'a map')).toThrow(/^a map has/);
    }
  });
});

import type { ChildProcess } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Fake, startFake } from '../repository/registry/fake.ts';
import { type ActionEnded, type Ended, runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** As `kill` sends it. */
type Signal = (typeof signals)[number][0];

/** A registry that has nothing, and never takes what is brought. */
let stalling: Fake;

beforeAll(async () => {
  const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [300_000] });
  await temporary.write('app.tar', dockerArchive([image]));
  stalling = await startFake(({ method }, response) => {
    if (method !== 'POST') response.writeHead(404).end();
  });
});
afterAll(() => stalling[Symbol.asyncDispose]());

/** A folder for temporary files, and one for a target. */
async function folders(name: string) {
  const [scratch, site] = [at(name, 'scratch'), at(name, 'site')];
  await Promise.all([mkdir(scratch, { recursive: true }), mkdir(site, { recursive: true })]);
  return { scratch, site };
}

/** Sends a signal once all of these folders have something in them; tells when. */
function stopWhenFull(paths: readonly string[], signal: Signal) {
  const stop = { at: 0 };
  const watch = (child: ChildProcess): void => {
    expect
      .poll(
        async () => (await Promise.all(paths.map((path) => readdir(path)))).every(({ length }) => length > 0),
        {
          timeout: 60_000,
        },
      )
      .toBe(true)
      .finally(() => {
        stop.at = performance.now();
        child.kill(signal);
      });
  };
  return { stop, watch };
}

const words = (site: string) => [
  'app.tar',
  `oci-archive:${site}/app.tar:1`,
  `docker://${stalling.host}/app:1`,
];

describe.each(signals)('a push that is stopped by %s', (signal, code) => {
  it('leaves no temporary file, beside a target or elsewhere, and says what was published', async () => {
    const { scratch, site } = await folders(`push-${signal}`);
    const { stop, watch } = stopWhenFull([scratch, site], signal);
    const ended: Ended = await runAlba(['container', 'push', '--no-cache', ...words(site)], {
      cwd: temporary.path,
      env: { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
      watch,
    });
    expect(performance.now() - stop.at).toBeLessThan(2_000);
    expect(ended).toMatchObject({ code });
    expect(ended.stderr).toContain(`alba: stopped by ${signal}`);
    expect(ended.stderr).toMatch(/nothing was published|no tag was changed/i);
    expect(await readdir(scratch)).toEqual([]);
    expect(await readdir(site)).toEqual([]);
  });

  it('leaves none as a step of a workflow, whose page says so', async () => {
    const { scratch, site } = await folders(`action-${signal}`);
    const { watch } = stopWhenFull([scratch, site], signal);
    const [artifacts = '', ...targets] = words(site);
    const ended: ActionEnded = await runAction(
      { artifacts, target: targets.join('\n'), cache: 'false' },
      { cwd: temporary.path, env: { RUNNER_TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' }, watch },
    );
    expect(ended).toMatchObject({ code });
    expect(ended.summary).toContain(`stopped by ${signal}`);
    expect(ended.summary).toMatch(/nothing was published|no tag was changed/i);
    expect(await readdir(scratch)).toEqual([]);
    expect(await readdir(site)).toEqual([]);
  });
});

it('static push that is stopped leaves no temporary file', async () => {
  const { scratch } = await folders('static');
  await mkdir(at('df/linux/amd64'), { recursive: true });
  await temporary.write('df/linux/amd64/app', '#!/bin/sh');
  const { watch } = stopWhenFull([scratch], 'SIGINT');
  const target = `docker://${stalling.host}/tools:1`;
  const ended = await runAlba(['static', 'push', '--no-cache', 'df', target], {
    cwd: dirname(at('df')),
    env: { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
    watch,
  });
  expect(ended).toMatchObject({ code: 130 });
  expect(await readdir(scratch)).toEqual([]);
});

it('an archive on standard input is not kept where the pipe is stopped', async () => {
  const { scratch, site } = await folders('pipe');
  const { watch } = stopWhenFull([scratch], 'SIGTERM');
  const ended = await runAlba(['container', 'push', '--no-cache', '-t', 'app:1', '-', `file://${site}`], {
    cwd: temporary.path,
    env: { TMPDIR: scratch, TEMP: scratch, NODE_DISABLE_COMPILE_CACHE: '1' },
    isPipeOpen: true,
    watch,
  });
  expect(ended).toMatchObject({ code: 143 });
  expect(await readdir(scratch)).toEqual([]);
  expect(await readdir(site)).toEqual([]);
});

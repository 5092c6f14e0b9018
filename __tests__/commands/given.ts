import { PassThrough, Readable } from 'node:stream';
import type { Host } from '../../src/commands/host.ts';
import type { Given, Inputs } from '../../src/commands/input.ts';
import type { Progress } from '../../src/progress/progress.ts';
import { silent } from '../fixtures/silent.ts';

/** What a test says to a command: `dryRun: 'true'`; `targets` and `tags` for `target` and `tag`. */
export type Said = Readonly<Record<string, string | readonly string[]>>;

/** The same as a door would give it; an empty text was not given. */
export function givenOf(inputs: Inputs, said: Said): Given {
  const entries = Object.entries(said).map(([key, value]): [string, readonly string[]] => {
    const name = key
      .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      .replace(/^(tag|target)s$/, '$1');
    if (!Object.hasOwn(inputs, name)) throw new Error(`there is no input ${name}`);
    return [name, [value].flat().filter((text) => text !== '')];
  });
  return Object.fromEntries(entries);
}

/** A machine without credentials, caches, threads and workflows; two cores. */
export function hostIn(directory: string, temporaryDirectory: string, progress: Progress = silent): Host {
  return {
    env: { DOCKER_CONFIG: temporaryDirectory },
    openStandardInput: () => Readable.from([]),
    openStandardOutput: () => new PassThrough(),
    isTyped: false,
    directory,
    temporaryDirectory,
    parallelism: 2,
    threads: undefined,
    now: new Date(0),
    progress,
    workflowRun: undefined,
    workflowAnnotations: async () => ({}),
    openStore: async () => ({ load: async () => undefined, save: async () => {} }),
    async declare() {},
    onStop() {},
  };
}

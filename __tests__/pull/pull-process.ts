// A pull of one tree, as a process that can be killed: node pull-process.ts '{"path": …}'
import { writeSync } from 'node:fs';
import { openDestination } from '../../src/pull/destination/open.ts';
import { type Tree, writeTreeOf } from './trees.ts';

export interface PullOrder {
  readonly path: string;
  readonly directory: string;
  readonly digest: string;
  readonly tree: Tree;
  readonly current?: boolean;
  readonly replace?: boolean;
  readonly patience?: number;
  /** At which step it kills itself; never if it is not given. */
  readonly dieAt?: number;
  /** Whether it waits, once it has staged its tree, until its input ends. */
  readonly holds?: boolean;
}

if (process.argv[1] === import.meta.filename) await run(JSON.parse(process.argv[2] ?? ''));

async function run({ path, digest, tree, dieAt, holds, ...rest }: PullOrder): Promise<void> {
  let steps = 0;
  const tell = (text: string): void => void writeSync(1, `${text}\n`);
  const progress = {
    line: tell,
    warn: tell,
    debug() {
      steps += 1;
      if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
    },
  };
  await using destination = await openDestination(path, {
    replace: false,
    current: false,
    ...rest,
    progress,
  });
  writeTreeOf(tree, await destination.stage());
  tell('staged');
  if (holds) for await (const _ of process.stdin);
  await destination.take({ digest, options: {} });
  tell(`${steps} steps`);
}

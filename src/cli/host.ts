import { availableParallelism, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Host } from '../commands/host.ts';
import { AlbaError } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';

/** This machine, as commands see it; `takeOutput` is called where a command wants standard output for itself. */
export function cliHost(progress: Progress, takeOutput: () => void): Host {
  const directory = process.cwd();
  return {
    env: process.env,
    openStandardInput: openPipe,
    openStandardOutput() {
      if (process.stdout.isTTY) throw noTerminal();
      takeOutput();
      return process.stdout;
    },
    isTyped: true,
    directory,
    temporaryDirectory: tmpdir(),
    parallelism: availableParallelism(),
    threads: process.argv[1],
    now: new Date(),
    progress,
    workflowRun: undefined,
    workflowAnnotations: async () => ({}),
    async openStore(_, folder) {
      const [{ folderStore }, { default: envPaths }] = await Promise.all([
        import('../cache/folder.ts'),
        import('env-paths'),
      ]);
      return folderStore(resolve(directory, folder ?? envPaths('alba', { suffix: '' }).cache));
    },
    async declare() {},
    onStop: (stop) => void process.once('SIGINT', stop).once('SIGTERM', stop),
  };
}

function openPipe(): NodeJS.ReadStream {
  if (!process.stdin.isTTY) return process.stdin;
  throw new AlbaError(
    'usage',
    '- is an image archive on standard input, which is a terminal: pipe one in, such as docker save app:1 | alba container push -',
  );
}

function noTerminal(): AlbaError {
  return new AlbaError(
    'usage',
    '- is a tar on standard output, which is a terminal: pipe it on, such as alba container pull docker://host/app:1 - | tar -x',
  );
}

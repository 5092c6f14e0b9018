import { styleText } from 'node:util';
import { printable } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { writeText } from './output.ts';

/** How much is told: warnings alone, what happens, or what helps to find a fault, too. */
export type Verbosity = 'quiet' | 'usual' | 'verbose';

/** Lines on stderr, and below them a bar where a person looks at it. `end` takes the bar away. */
export async function cliProgress(verbosity: Verbosity): Promise<Progress & { end(): void }> {
  const { stderr } = process;
  const bar =
    verbosity !== 'quiet' && isWatched(stderr) ? new (await import('./bar.ts')).Bar(stderr) : undefined;
  const print = (text: string): void => {
    const write = (): void => writeText(stderr, `${text}\n`);
    if (bar) bar.printAbove(write);
    else write();
  };
  const tell = (text: string): void => {
    if (verbosity !== 'quiet') print(text);
  };
  return {
    group: (title) => tell(styleText('bold', `-- ${title} --`, { stream: stderr })),
    line: (text) => tell(printable(text)),
    warn: (text) => print(styleText('yellow', `warning: ${printable(text)}`, { stream: stderr })),
    debug: (text) => {
      if (verbosity === 'verbose') print(printable(text));
    },
    expect: (bytes) => bar?.expect(bytes),
    advance: (bytes) => bar?.advance(bytes),
    end: () => bar?.end(),
  };
}

/** Whether this is a terminal whose cursor can be moved, and no machine's that keeps all that it is told. */
function isWatched(stream: NodeJS.WriteStream): boolean {
  const { TERM, CI = '' } = process.env;
  return stream.isTTY && TERM !== 'dumb' && ['', '0', 'false'].includes(CI);
}

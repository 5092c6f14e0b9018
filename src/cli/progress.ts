import { styleText } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { formatBytes, printable } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { writeText } from './output.ts';

/** Lines on stderr, and below them a bar where stderr is a terminal. `end` takes the bar away. */
export function cliProgress(isVerbose: boolean): Progress & { end(): void } {
  const { stderr } = process;
  const bar = stderr.isTTY ? byteBar() : undefined;
  const print = (text: string): void => {
    if (bar?.isActive) stderr.write('\r\u001b[K');
    writeText(stderr, `${text}\n`);
  };
  let total = 0;
  return {
    group: (title) => print(styleText('bold', `-- ${title} --`, { stream: stderr })),
    line: (text) => print(printable(text)),
    warn: (text) => print(styleText('yellow', `warning: ${printable(text)}`, { stream: stderr })),
    debug: (text) => {
      if (isVerbose) print(printable(text));
    },
    expect(bytes) {
      total += bytes;
      if (!bar) return;
      if (bar.isActive) bar.setTotal(total);
      else bar.start(total, 0);
    },
    advance: (bytes) => bar?.increment(bytes),
    end: () => bar?.stop(),
  };
}

function byteBar(): SingleBar {
  return new SingleBar(
    {
      format: '{bar} {percentage}% of {total}',
      formatValue: (value, _options, type) => (type === 'total' ? formatBytes(value) : `${value}`),
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
}

import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import xterm from '@xterm/headless';
import { bareEnvironment, node, program } from './alba.ts';
import { requireTool } from './tools.ts';

/** util-linux's; another system's has other options. */
export const pseudoTerminal = process.platform === 'linux' ? 'script' : 'script of util-linux';

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What the shell does with the streams: `2>log`, `| cat`. */
  readonly redirect?: string;
  /** What a person types, and when. */
  readonly interrupt?: { readonly when: Promise<void>; readonly keys: string };
}

/** What is seen on a terminal, from the first line on, those that went out of view above, too. */
export interface Screen {
  /** What a program wrote as one line is one, wherever the terminal broke it. */
  readonly lines: readonly string[];
  /** Whether the cursor stands behind the last prompt, and is shown. */
  readonly isReady: boolean;
  /** All that the terminal was told. */
  readonly bytes: string;
}

const prompt = '$ ';
const rows = 24;

/** Runs the command line in a shell of a real terminal of 24 rows, between two prompts, and looks at the screen. */
export async function runInTerminal(words: readonly string[], options: TerminalOptions): Promise<Screen> {
  const { cwd, columns, env, redirect = '', interrupt } = options;
  const quoted = [node, program, ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const shell = `stty cols ${columns} rows ${rows}; printf '%s\\n' '${prompt}alba'; ${quoted} ${redirect}; printf '%s' '${prompt}'`;
  const child = spawn(requireTool('script'), ['-qec', shell, '/dev/null'], {
    cwd,
    env: { TERM: 'xterm-256color', SHELL: '/bin/sh', ...bareEnvironment(cwd), ...env } as NodeJS.ProcessEnv,
    stdio: [interrupt ? 'pipe' : 'ignore', 'pipe', 'inherit'],
  });
  void interrupt?.when.then(() => child.stdin?.write(interrupt.keys));
  if (!child.stdout) throw new Error('no output');
  const bytes = await buffer(child.stdout);
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  return screenOf(terminal, bytes.toString());
}

function screenOf(terminal: xterm.Terminal, bytes: string): Screen {
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let y = 0; y < active.length; y += 1) {
    const line = active.getLine(y);
    const text = line?.translateToString(false) ?? '';
    if (line?.isWrapped) lines.push(`${lines.pop() ?? ''}${text}`);
    else lines.push(text);
  }
  const shown = lines.map((line) => line.trimEnd());
  while (shown.at(-1) === '') shown.pop();
  const below = active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? '';
  const isShown = bytes.lastIndexOf('\u001b[?25l') <= bytes.lastIndexOf('\u001b[?25h');
  return {
    lines: shown,
    isReady: active.cursorX === prompt.length && below === prompt && isShown,
    bytes,
  };
}

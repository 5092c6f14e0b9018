import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import type { FillOrder } from './fill-process.ts';
import type { PullOrder } from './pull-process.ts';

/** Starts a pull in another process; `told` is what it says. */
export function startPull(order: PullOrder) {
  return start('pull-process.ts', order);
}

/** Starts a pull that fills a store in another process. */
export function startFill(order: FillOrder) {
  return start('fill-process.ts', order);
}

/** The same for one that the system ends once it writes a byte to any file. */
export function startFillThatMayNotWrite(order: FillOrder) {
  return start('fill-process.ts', order, ['sh', '-c', 'ulimit -c 0 && ulimit -f 0 && exec "$@"', 'sh']);
}

function start(program: string, order: object, before: readonly string[] = []) {
  const line = [process.execPath, join(import.meta.dirname, program), JSON.stringify(order)];
  const [command = '', ...words] = [...before, ...line];
  const child = spawn(command, words);
  const told: string[] = [];
  let hear = (): void => {};
  createInterface(child.stdout).on('line', (line) => {
    told.push(line);
    hear();
  });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const ended = new Promise<{ signal: string | null; errors: string }>((resolve, reject) => {
    child.once('error', reject).once('close', (_, signal) => resolve({ signal, errors }));
  });
  const hears = (text: string): Promise<void> =>
    new Promise((resolve) => {
      hear = () => told.some((line) => line.includes(text)) && resolve();
      hear();
    });
  return { child, told, ended, hears };
}

/** Runs it to its end and gives how many steps that took. */
export async function stepsOf(order: PullOrder): Promise<number> {
  const { told, ended } = startPull(order);
  expect(await ended).toEqual({ signal: null, errors: '' });
  return Number(/^(\d+) steps$/.exec(told.at(-1) ?? '')?.[1]);
}

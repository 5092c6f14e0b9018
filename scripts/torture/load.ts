import { mkdtempSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { requestOf } from '../../__tests__/commands/container/request.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { makeImage } from '../../__tests__/fixtures/image.ts';
import { silent } from '../../__tests__/fixtures/silent.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { fullDisk } from './load-full-disk.ts';
import { largePlaces } from './load-large.ts';
import { type Order, type Outcome, Tally, type Torture } from './torture.ts';

/** Pushes in one process, which has no more memory or open files after the last than after the first hundred. */
const pushes = {
  tools: [],
  async run({ folder, rounds }: Order): Promise<Outcome> {
    const tally = new Tally();
    const count = Math.max(rounds, 500);
    await writeFile(
      join(folder, 'app.tar'),
      dockerArchive([makeImage({ os: 'linux', architecture: 'amd64' })]),
    );
    const look = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      globalThis.gc?.();
      const open = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
      return {
        heap: process.memoryUsage().heapUsed / 2 ** 20,
        rss: process.memoryUsage().rss / 2 ** 20,
        open,
      };
    };
    let first = await look();
    const targets = [`file://${mkdtempSync(join(folder, 'out-'))}`];
    for (let at = 1; at <= count; at += 1) {
      await containerPush(
        await requestOf({ artifacts: ['app.tar'], targets, tags: [`app:${at}`] }, folder),
        silent,
      );
      if (at === 100) first = await look();
    }
    const last = await look();
    tally.count('pushes', count);
    tally.count('heap MB, after 100', Math.round(first.heap));
    tally.count('heap MB, at the end', Math.round(last.heap));
    tally.count('RSS MB, after 100', Math.round(first.rss));
    tally.count('RSS MB, at the end', Math.round(last.rss));
    tally.count('files more', last.open - first.open);
    if (last.open > first.open + 5) tally.findings.push(`${last.open - first.open} files stay open`);
    if (globalThis.gc && last.heap > first.heap * 1.5 + 10) tally.findings.push('the heap grows');
    return tally;
  },
};

/** What is large or many, and disks that are full. */
export const load: Torture = {
  about:
    'what is large or many fits in memory, a full disk is told and moves no tag, and a process does not grow',
  places: { ...largePlaces, 'full-disk': fullDisk, pushes },
};

import { once } from 'node:events';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Served, serve } from '../../src/serve/serve.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
/** As many as are served at once. */
const most = 512;
/** In bytes: more than a connection takes that nobody reads. */
const large = 64 * 1024 * 1024;

let served: Served;
const clients: Socket[] = [];
beforeEach(async () => {
  const root = join(temporary.path, 'root');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'large'), '');
  truncateSync(join(root, 'large'), large);
  writeFileSync(join(root, 'small'), 'small');
  served = await serve(root, { port: 0 });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await served.close();
});

/** Connects, says this, and reads nothing until it is told to. */
async function say(text: string): Promise<Socket> {
  const client = connect({ host: '127.0.0.1', port: Number(new URL(served.url).port) });
  clients.push(client);
  client.pause().on('error', () => {});
  await once(client, 'connect');
  client.write(text);
  return client;
}

it.each([
  ['headers that do not end', 'GET /small HTTP/1.1\r\nHost: localhost\r\nX: '],
  ['nothing', ''],
  ['a request whose answer they do not read', 'GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  [
    'a request whose body does not come',
    'PUT /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n',
  ],
])(
  'others are served beside as many connections as there may be that send %s',
  { timeout: 60_000 },
  async (_, text) => {
    await Promise.all(Array.from({ length: most }, () => say(text)));
    for (let others = 0; others < 20; others += 1) {
      const answer = await fetch(`${served.url}/small`, { headers: { connection: 'close' } });
      expect(await answer.text()).toBe('small');
    }
  },
);

it('what is being read goes on while others come who do nothing', { timeout: 60_000 }, async () => {
  const { body } = await fetch(`${served.url}/large`);
  let size = 0;
  let idle = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (idle < 2 * most && size > idle * 40_000) {
      await say('GET /');
      idle += 1;
    }
  }
  expect(size).toBe(large);
  expect(idle).toBeGreaterThan(most);
});

it('a connection whose headers do not end is ended', { timeout: 60_000 }, async () => {
  const client = await say('GET /small HTTP/1.1\r\nHost: localhost\r\nX: ');
  const began = performance.now();
  await once(client.resume(), 'close');
  expect(performance.now() - began).toBeLessThan(25_000);
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passwordCredentials } from '../../src/repository/registry/credentials.ts';
import { readBytes } from '../../src/storage/bytes.ts';
import { type HttpStorageOptions as HttpOptions, HttpStorage } from '../../src/storage/http.ts';
import { silent } from '../fixtures/silent.ts';
import { listing, read, uploadOf } from './contract.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

let answer: Answer;
let asked: IncomingMessage[];
let warnings: string[];
let server: Server;
let storage: HttpStorage;

beforeEach(async () => {
  [asked, warnings] = [[], []];
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  storage = open();
});
afterEach(async () => {
  await storage.close();
  server.closeAllConnections();
  server.close();
});

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function open(options: Partial<HttpOptions> = {}): HttpStorage {
  return new HttpStorage(`${url()}/dir`, {
    progress: { ...silent, warn: (text) => warnings.push(text) },
    signal: new AbortController().signal,
    findLogin: async () => undefined,
    retries: { count: 3, firstDelay: 1, longestDelay: 10 },
    ...options,
  });
}

/** Answers by path: a text is content, a number a status. */
const site =
  (files: Readonly<Record<string, string | number>>, type = 'application/octet-stream'): Answer =>
  ({ url: path = '', method }, response) => {
    const found = files[path] ?? 404;
    if (typeof found === 'number') return response.writeHead(found).end();
    response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(found) });
    return response.end(method === 'HEAD' ? '' : found);
  };

describe('a web server', () => {
  it('is asked for keys below its folder, colons as they are and all else escaped', async () => {
    answer = site({ '/dir/v2/app/blobs/sha256:ab': 'blob', '/dir/a%20b/%23%3F%25': 'odd' });
    expect(await read(storage, 'v2/app/blobs/sha256:ab')).toBe('blob');
    expect(await read(storage, 'a b/#?%')).toBe('odd');
    expect(await storage.head('a b/#?%')).toMatchObject({ size: 3 });
    expect(await storage.get('missing')).toBeUndefined();
    expect(await storage.head('missing')).toBeUndefined();
    expect(asked.every(({ headers }) => headers['accept-encoding'] === 'identity')).toBe(true);
  });

  it.each(['../x', 'a/../../x', '.', 'a//b', '/a', 'a\0b'])(
    'is not asked for what leads out of it: %j',
    async (key) => {
      answer = site({});
      await expect(storage.get(key)).rejects.toThrow('cannot be asked for');
      expect(asked).toEqual([]);
    },
  );

  it('tells the size of what is made as it is sent', async () => {
    answer = ({ method }, response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.end(method === 'HEAD' ? '' : 'chunks');
    };
    expect(await storage.head('made')).toMatchObject({ size: 6 });
  });

  it('that does not say what takes files in there is neither written to nor listed, and told how to say it', async () => {
    answer = site({});
    const message = `${url()}/dir does not say what takes files in there`;
    await expect(storage.put('key', uploadOf('bytes'), {})).rejects.toThrow(message);
    await expect(storage.put('key', uploadOf('bytes'), {})).rejects.toThrow('?server=webdav|artifactory');
    await expect(storage.delete('key')).rejects.toThrow(message);
    await expect(listing(storage)).rejects.toThrow(message);
    expect(asked.map(({ method }) => method)).toEqual(['OPTIONS']);
  });

  it('that does not know how to say what it takes in is told so, too', async () => {
    answer = (_, response) => response.writeHead(501).end();
    await expect(storage.put('key', uploadOf('bytes'), {})).rejects.toThrow(
      /does not say what takes files in there.*answered 501 to OPTIONS.*\?server=webdav/,
    );
  });
});

describe('what a web server has not', () => {
  it('may be a 403 once something could be read, as of a bucket that may not be listed', async () => {
    answer = site({ '/dir/there': 'yes', '/dir/no': 403 });
    await expect(storage.get('no')).rejects.toThrow(
      `GET ${url()}/dir/no answered 403 Forbidden; tried without a login`,
    );
    expect(await read(storage, 'there')).toBe('yes');
    expect(await storage.get('no')).toBeUndefined();
  });

  it('may be a folder that has that name', async () => {
    answer = ({ url: path }, response) => {
      if (path === '/dir/app') return response.writeHead(301, { location: '/dir/app/' }).end();
      return response.writeHead(403).end();
    };
    expect(await storage.get('app')).toBeUndefined();
  });

  it('may be a web page where there is one for any name, which is told once', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>');
    expect(await storage.get('a')).toBeUndefined();
    expect(await storage.head('b')).toBeUndefined();
    expect(warnings).toEqual([
      `${url()} answers any name with a web page: what it answers so is taken for missing`,
    ]);
    expect(asked.length).toBe(3);
  });

  it('is no web page that was published, with or without the ending of one', async () => {
    answer = site({ '/dir/page.html': '<html>', '/dir/page': '<html>' }, 'text/html');
    expect(await read(storage, 'page.html')).toBe('<html>');
    expect(asked.length).toBe(1);
    expect(await read(storage, 'page')).toBe('<html>');
    expect(await read(storage, 'page')).toBe('<html>');
    expect(asked.length).toBe(4);
  });
});

describe('a connection', () => {
  const content = Buffer.alloc(3_000_000, 'content');
  const ranged: Answer = ({ headers: { range } }, response) => {
    const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
    if (range === undefined) response.writeHead(200, { 'content-length': content.length });
    else {
      response.writeHead(206, {
        'content-length': content.length - from,
        'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
      });
    }
    const part = content.subarray(from, from + 1_000_000);
    response.write(part, () => (from + part.length < content.length ? response.destroy() : response.end()));
  };

  it('that breaks is taken up where it broke', async () => {
    answer = ranged;
    expect(await readBytes(storage, 'large', content.length)).toEqual(content);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.slice(1).every(({ headers }) => /^bytes=[1-9]\d*-$/.test(headers.range ?? ''))).toBe(true);
    expect(warnings[0]).toContain('retry 1 of 3');
  });

  it('that breaks is taken up at a server without ranges', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      if (asked.length > 1) response.end(content);
      else response.write(content.subarray(0, 1_000_000), () => response.destroy());
    };
    expect(await readBytes(storage, 'large', content.length)).toEqual(content);
  });

  it('that brings other bytes than were asked for ends it', async () => {
    answer = (request, response) => {
      if (request.headers.range === undefined) return ranged(request, response);
      return response.writeHead(206, { 'content-range': 'bytes 5-9/10' }).end('12345');
    };
    await expect(readBytes(storage, 'large', content.length)).rejects.toThrow('and answered others: 5');
  });

  it('to a busy server is made again, to one that fails for good is not', async () => {
    const statuses = [503, 429, 200, 500];
    answer = (_, response) => response.writeHead(statuses.shift() ?? 418).end('ok');
    expect(await read(storage, 'a')).toBe('ok');
    await expect(storage.get('a')).rejects.toThrow("answered 418 I'm a Teapot");
  });

  it('follows redirects, and shows nobody but the first server who we are', async () => {
    const other = createServer((request, response) => response.end(JSON.stringify(request.headers)));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const there = `http://127.0.0.1:${(other.address() as AddressInfo).port}/x`;
    answer = (_, response) => response.writeHead(302, { location: there }).end();
    storage = open({ login: { username: 'me', password: 'hush', origin: 'the test' } });
    const headers = (await read(storage, 'a')) ?? '';
    expect(asked[0]?.headers.authorization).toMatch(/^Basic /);
    expect(headers).toContain('user-agent');
    expect(headers).not.toContain('authorization');
    other.close();
    other.closeAllConnections();
  });
});

describe('a login', () => {
  const login = { username: 'me', password: 'hush:hush', origin: 'the test' };
  const members: Answer = ({ headers }, response) => {
    const isMember = headers.authorization === `Basic ${Buffer.from('me:hush:hush').toString('base64')}`;
    if (isMember) return response.end('secret');
    return response.writeHead(401, { 'www-authenticate': 'Digest realm="a", Basic realm="members"' }).end();
  };

  it('that is known is told at once, one that is stored when the server asks', async () => {
    answer = members;
    expect(await read(open({ login }), 'a')).toBe('secret');
    expect(asked.length).toBe(1);
    const found = passwordCredentials(login.username, login.password, 'a file');
    const findLogin = async (missed: (place: string) => void) => {
      const query = { registry: 'x', repository: '', access: 'pull', missed } as const;
      const one = await found(query);
      return one?.kind === 'password' ? one : undefined;
    };
    storage = open({ findLogin });
    expect(await read(storage, 'a')).toBe('secret');
    expect(asked.length).toBe(3);
  });

  it('that is missing or wrong is an error without it', async () => {
    answer = members;
    storage = open({
      findLogin: async (missed) => {
        missed('config.json');
        return undefined;
      },
    });
    await expect(storage.get('a')).rejects.toThrow(
      `GET ${url()}/dir/a answered 401 Unauthorized; give username and password; looked in config.json`,
    );
    const wrong = open({ login: { ...login, password: 'wrong-hush' } }).get('a');
    await expect(wrong).rejects.toThrow('tried with the test: check that it is right');
    await expect(wrong).rejects.not.toThrow('wrong-hush');
    await expect(wrong).rejects.toMatchObject({ code: 'auth' });
  });

  it('is not what a registry wants, which is told', async () => {
    answer = (_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="https://x/token"' }).end();
    await expect(storage.get('v2/app/manifests/1')).rejects.toThrow(
      `it wants a token, as registries do: if it is one, write docker://${new URL(url()).host}/…`,
    );
  });
});

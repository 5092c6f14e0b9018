import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fake, type Seen, startFake } from '../../repository/registry/fake.ts';
import { makeAuthority } from './authority.ts';
import { startProxy } from './proxy.ts';

/** What a host of the internet does when it is asked. */
export type HostAnswer = (request: Seen, response: ServerResponse) => unknown;

export interface Hosts extends AsyncDisposable {
  /** For a process that is to find these hosts, and no others. */
  readonly env: Readonly<Record<string, string>>;
  /** All requests: `GET api.github.com/users/org`. */
  calls(): string[];
  /** The hosts that were shown a text, be it in a header, encoded or not, or in a body. */
  shown(text: string): string[];
}

/** Stands in for hosts of the internet by name, over TLS: a proxy leads to one server whatever host is asked for. */
export async function startHosts(answers: Readonly<Record<string, HostAnswer>>): Promise<Hosts> {
  const folder = await mkdtemp(join(tmpdir(), 'alba-hosts-'));
  const authority = await makeAuthority('hosts');
  await writeFile(join(folder, 'ca.pem'), authority.ca);
  const fake: Fake = await startFake(
    (request, response) => {
      const answer = answers[hostOf(request)];
      return answer ? answer(request, response) : response.writeHead(421).end();
    },
    await authority.issue(...Object.keys(answers)),
  );
  const proxy = await startProxy({ to: Number(fake.host.split(':')[1]) });
  return {
    env: { HTTPS_PROXY: `http://${proxy.host}`, LOCAL_CA_CERTIFICATE: join(folder, 'ca.pem') },
    calls: () => fake.seen.map((request) => `${request.method} ${hostOf(request)}${request.target}`),
    shown(text) {
      const holding = fake.seen.filter((request) => {
        const { authorization = '' } = request.headers;
        const basic = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
        const all = [JSON.stringify(request.headers), basic, `${request.body}`, request.target];
        return all.some((one) => one.includes(text));
      });
      return [...new Set(holding.map(hostOf))].sort();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy[Symbol.asyncDispose](), fake[Symbol.asyncDispose]()]);
      await rm(folder, { recursive: true });
    },
  };
}

function hostOf({ headers }: Seen): string {
  return headers.host ?? '';
}

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(value));
}

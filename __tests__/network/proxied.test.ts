import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Proxies } from '../../src/network/proxy.ts';
import { toS3Location } from '../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import { S3Storage } from '../../src/storage/s3.ts';
import { unattended } from '../fixtures/unattended.ts';
import { type Answer, blobOf, failureOf, memory, openApp, startFake } from '../repository/registry/fake.ts';
import { read, uploadOf } from '../storage/contract.ts';
import { makeCertificate } from '../support/servers/certificate.ts';
import { startProxy, startSocksProxy } from '../support/servers/proxy.ts';
import { describeWith } from '../support/tools.ts';

const registry = 'registry.example';
const bucket = 'bucket.s3.example';
/** The host of a bucket where no endpoint is named. */
const aws = 'bucket.s3.test-1.amazonaws.com';
const schemes = ['http', 'https'] as const;
type Scheme = (typeof schemes)[number];

/** Objects in memory by host and path, whoever signed. */
function objects(): Answer {
  const kept = new Map<string, Buffer>();
  return ({ method, path, headers, body }, response) => {
    const key = `${headers.host}${path}`;
    if (method === 'PUT') kept.set(key, body);
    const found = kept.get(key);
    response.writeHead(found ? 200 : 404, method === 'HEAD' ? { 'content-length': found?.length ?? 0 } : {});
    response.end(method === 'GET' ? found : undefined);
  };
}

interface Tls {
  readonly cert: string;
  readonly key: string;
}

describeWith(['openssl'], 'a proxy', () => {
  let directory: string;
  let ca: string;
  let ofServers: Tls;
  /** For 127.0.0.1, and no name of a server. */
  let ofProxy: Tls;
  const certify = async (name: string, hosts: readonly string[]): Promise<Tls> => {
    const folder = join(directory, name);
    await mkdir(folder);
    const { file, key } = await makeCertificate(folder, hosts);
    return { cert: await readFile(file, 'utf8'), key: await readFile(key, 'utf8') };
  };
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'alba-proxy-'));
    ofServers = await certify('servers', [registry, bucket, aws]);
    ofProxy = await certify('proxy', []);
    ca = ofServers.cert + ofProxy.cert;
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(directory, { recursive: true, force: true });
  });

  function openRegistryAt(scheme: Scheme, proxies: Proxies) {
    const options = { certificates: { ca }, proxies, plainHttp: scheme === 'http', retries: { count: 0 } };
    return openApp(registry, { ...options, timeouts: { connect: 500 } });
  }

  function openBucket(endpoint: string | undefined, proxies: Proxies) {
    const query = `region=test-1${endpoint === undefined ? '' : `&endpoint=${endpoint}`}`;
    const location = toS3Location(splitStorageUrl(`s3://bucket?${query}`));
    const retries = { count: 0, firstDelay: 1, longestDelay: 1 };
    const storage = new S3Storage(
      location,
      { directory, certificates: { ca }, proxies },
      unattended,
      retries,
    );
    return Object.assign(storage, { [Symbol.asyncDispose]: () => storage.close() });
  }

  /** What a registry and a bucket fail with that are asked something through these proxies. */
  async function failuresOf(scheme: Scheme, proxies: Proxies): Promise<Error[]> {
    await using app = openRegistryAt(scheme, proxies);
    await using storage = openBucket(`${scheme}://s3.example`, proxies);
    return [await failureOf(app.exists(blobOf('blob').descriptor)), await failureOf(storage.head('key'))];
  }

  const kinds = [
    ['http://', (to: number, login: string) => startProxy({ to, login })],
    ['https://', (to: number, login: string) => startProxy({ to, login, tls: ofProxy })],
    ['socks5://', (to: number, login: string) => startSocksProxy({ to, login })],
    ['socks5h://', (to: number, login: string) => startSocksProxy({ to, login })],
  ] as const;
  const ways = kinds.flatMap(([kind, start]) => schemes.map((scheme) => [kind, scheme, start] as const));

  it.each(ways)(
    'at %s leads to %s servers, with a login of special characters',
    async (kind, scheme, start) => {
      const registryContent = memory();
      const secure = scheme === 'https' ? ofServers : undefined;
      await using registryServer = await startFake(registryContent, secure);
      await using bucketServer = await startFake(objects(), secure);
      const login = 'us@er:p%ss/w:rd';
      const portOf = ({ host }: { readonly host: string }) => Number(host.split(':')[1]);
      await using toRegistry = await start(portOf(registryServer), login);
      await using toBucket = await start(portOf(bucketServer), login);
      const through = (host: string) => ({ [scheme]: `${kind}us%40er:p%25ss%2Fw%3Ard@${host}` });

      const blob = blobOf('a blob');
      await using app = openRegistryAt(scheme, through(toRegistry.host));
      await app.push(blob);
      expect(await text(await app.fetch(blob.descriptor))).toBe('a blob');

      await using storage = openBucket(`${scheme}://s3.example`, through(toBucket.host));
      // The SDK puts the first, alba itself the second.
      for (const key of ['one', 'a//two+']) await storage.put(key, uploadOf(key), {});
      expect(await read(storage, 'a//two+')).toBe('a//two+');

      const port = scheme === 'https' ? 443 : 80;
      const isForwarded = scheme === 'http' && !kind.startsWith('socks');
      const expected = (host: string) =>
        isForwarded
          ? expect.stringMatching(new RegExp(`^(POST|PUT|GET|HEAD) http://${host}/`))
          : `${kind.startsWith('socks') ? '' : 'CONNECT '}${host}:${port}`;
      for (const [proxy, host] of [
        [toRegistry, registry],
        [toBucket, bucket],
      ] as const) {
        expect(proxy.asked.length).toBeGreaterThan(0);
        expect(proxy.asked).toEqual(proxy.asked.map(() => expected(host)));
      }
      expect(registryServer.seen.every(({ headers }) => headers.host === registry)).toBe(true);
      expect(bucketServer.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'PUT /one',
        'PUT /a//two%2B',
        'GET /a//two%2B',
      ]);
      const logins = [...registryServer.seen, ...bucketServer.seen].map(
        ({ headers }) => headers['proxy-authorization'],
      );
      expect(new Set(logins)).toEqual(new Set([undefined]));
    },
  );

  it('carries large objects to http servers, whose header asks to wait for their body', async () => {
    await using server = await startFake((_, response) => response.writeHead(200).end());
    await using proxy = await startProxy({ to: Number(server.host.split(':')[1]), login: 'user:pass' });
    await using storage = openBucket('http://s3.example', { http: `http://user:pass@${proxy.host}` });
    const large = Buffer.alloc(3 * 1024 * 1024, 'alba');
    for (const key of ['one', 'two']) await storage.put(key, uploadOf(large), {});
    expect(proxy.asked.map((line) => line.split('?')[0])).toEqual([
      `PUT http://${bucket}/one`,
      `PUT http://${bucket}/two`,
    ]);
    expect(server.seen.map(({ body }) => body.equals(large))).toEqual([true, true]);
  });

  it('is asked for the host of a bucket, its region within, where no endpoint is named', async () => {
    await using server = await startFake(objects(), ofServers);
    await using proxy = await startProxy({ to: Number(server.host.split(':')[1]) });
    const https = `http://${proxy.host}`;
    await using storage = openBucket(undefined, { https, http: 'http://unused.invalid' });
    await storage.put('key', uploadOf('bytes'), {});
    expect(proxy.asked).toEqual([`CONNECT ${aws}:443`]);
    // Not the host that is asked, and so the way still leads through the proxy.
    await using other = openBucket(undefined, { https, no: 's3.test-2.amazonaws.com,s3.amazonaws.com' });
    expect(await read(other, 'key')).toBe('bytes');
    expect(proxy.asked).toHaveLength(2);
  });

  it.each(schemes)('is not asked for what NO_PROXY names, over %s', async (scheme) => {
    await using server = await startFake(memory(), scheme === 'https' ? ofServers : undefined);
    await using proxy = await startProxy({ to: Number(server.host.split(':')[1]) });
    const url = `http://${proxy.host}`;
    const [ofRegistry, ofBucket] = await failuresOf(scheme, { http: url, https: url, no: '.example' });
    // No such host: RFC 6761 keeps these names from all.
    expect(ofRegistry?.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(ofBucket?.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).toEqual([]);
    // Loopback never is.
    const proxies = { http: url, https: url };
    await using local = openApp(server.host, { certificates: { ca }, proxies, plainHttp: scheme === 'http' });
    await local.push(blobOf('blob'));
    await using bucketHere = openBucket(`${server.url}&s3ForcePathStyle=true`, proxies);
    await bucketHere.head('key').catch(() => undefined);
    expect(server.seen.at(-1)).toMatchObject({ method: 'HEAD', path: '/bucket/key' });
    expect(proxy.asked).toEqual([]);
  });

  it.each(ways)(
    'at %s to %s servers that nobody runs is told as such, without its login',
    async (kind, scheme, start) => {
      const gone = await start(1, 'user:hush');
      await gone[Symbol.asyncDispose]();
      const failures = await failuresOf(scheme, { [scheme]: `${kind}user:hush@${gone.host}` });
      for (const [at, host] of [registry, bucket].entries()) {
        const failure = failures[at];
        expect(failure).toMatchObject({ name: 'AlbaError', code: 'target' });
        expect(failure?.message).toMatch(
          new RegExp(
            `^the proxy ${gone.host} (cannot be reached on the way|opens no way) to ${host}: connect ECONNREFUSED.*; correct ${scheme.toUpperCase()}_PROXY, or name ${host} in NO_PROXY$`,
          ),
        );
        expect(inspect(failure, { depth: 9 })).not.toContain('hush');
      }
    },
  );

  it.each(schemes)(
    'at http:// that wants a login for %s servers is told where to write it',
    async (scheme) => {
      await using proxy = await startProxy({ to: 1, login: 'user:pass' });
      const without = await failuresOf(scheme, { [scheme]: proxy.host });
      const wrong = await failuresOf(scheme, { [scheme]: `http://user:hush@${proxy.host}` });
      for (const failure of [...without, ...wrong]) expect(failure).toMatchObject({ code: 'auth' });
      for (const failure of wrong) expect(inspect(failure, { depth: 9 })).not.toContain('hush');
      const variable = `${scheme.toUpperCase()}_PROXY`;
      for (const { message } of without) {
        expect(message).toBe(
          `the proxy ${proxy.host} wants a login (407): write it into ${variable}, http://user:password@${proxy.host}`,
        );
      }
      for (const { message } of wrong) {
        expect(message).toMatch(
          new RegExp(
            `^the proxy ${proxy.host} does not take the login in ${variable} \\(407\\): check it, .*%XX$`,
          ),
        );
      }
    },
  );

  it('at socks5:// that refuses the login is told as such', async () => {
    await using proxy = await startSocksProxy({ to: 1, login: 'user:pass' });
    for (const failure of await failuresOf('https', { https: `socks5://user:hush@${proxy.host}` })) {
      expect(failure.message).toMatch(
        /^the proxy 127.* opens no way to .*: Socks5 Authentication failed; correct HTTPS_PROXY/,
      );
      expect(inspect(failure, { depth: 9 })).not.toContain('hush');
    }
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    [403, false],
    [502, true],
  ])('that opens no way and answers %s is told with what to do; passing: %s', async (status, passes) => {
    await using proxy = await startProxy({ to: 1, status });
    const failures = await failuresOf('https', { https: proxy.host });
    for (const [at, host] of [registry, bucket].entries()) {
      expect(failures[at]?.message).toBe(
        `the proxy ${proxy.host} does not open a way to ${host}: it answered ${status}; if ${host} is to be reached without it, name that in NO_PROXY`,
      );
      expect(failures[at]).toMatchObject({ status, transient: passes, code: 'target' });
    }
  });

  it('that says nothing is given up', async () => {
    await using proxy = await startProxy({ to: 1, status: 0 });
    await using app = openRegistryAt('https', { https: proxy.host });
    const failure = await failureOf(app.exists(blobOf('blob').descriptor));
    expect(failure.message).toBe(
      `the proxy ${proxy.host} did not open a way to ${registry} within 0.5 s; is it the right one in HTTPS_PROXY?`,
    );
    expect(failure).toMatchObject({ transient: true });
  });

  it('at https:// whose certificate nobody vouches for is told what to give', async () => {
    await using proxy = await startProxy({ to: 1, tls: ofProxy });
    for (const scheme of schemes) {
      ca = ofServers.cert;
      const failures = await failuresOf(scheme, { [scheme]: `https://${proxy.host}` });
      ca = ofServers.cert + ofProxy.cert;
      for (const { message } of failures) {
        expect(message).toMatch(
          /^the proxy 127.*certificate.*; give the certificate of its authority as ca-/,
        );
      }
    }
    expect(proxy.asked).toEqual([]);
  });

  it('leaves the certificate of the server behind it to be checked', async () => {
    await using server = await startFake(memory(), ofProxy);
    await using proxy = await startProxy({ to: Number(server.host.split(':')[1]) });
    const [ofRegistry, ofBucket] = await failuresOf('https', { https: proxy.host });
    expect(ofRegistry?.message).toContain(`https://${registry}/v2/`);
    expect(ofRegistry?.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(ofBucket?.message).toContain(
      'https://s3.example cannot be reached (ERR_TLS_CERT_ALTNAME_INVALID)',
    );
    expect(server.seen).toEqual([]);
  });
});

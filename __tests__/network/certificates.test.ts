import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Certificates, ClientCertificate } from '../../src/network/certificates.ts';
import { readSystemAuthorities } from '../../src/network/system-authorities.ts';
import { toS3Location } from '../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import { S3Storage } from '../../src/storage/s3.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { type Answer, blobOf, type Fake, openApp, startFake } from '../repository/registry/fake.ts';
import { type Authority, makeAuthority, type Pair } from '../support/servers/authority.ts';
import { describeWith, requireTool } from '../support/tools.ts';

const { descriptor } = blobOf('blob');
/** A server of OpenSSL's own that serves nobody without a certificate that it trusts. */
async function startStrict({
  cert,
  key,
  ca,
  maxVersion,
}: Pair & { readonly ca: string; readonly maxVersion: string }) {
  const folder = await mkdtemp(join(tmpdir(), 'alba-strict-'));
  for (const [name, pem] of Object.entries({ cert, key, ca })) await writeFile(join(folder, name), pem);
  const version = maxVersion === 'TLSv1.2' ? '-tls1_2' : '-tls1_3';
  const child = spawn(
    requireTool('openssl'),
    [
      ...['s_server', '-accept', '127.0.0.1:0', '-cert', 'cert', '-key', 'key', version, '-www'],
      ...['-CAfile', 'ca', '-Verify', '1', '-verify_return_error'],
    ],
    { cwd: folder },
  );
  const lines = createInterface({ input: child.stdout });
  const state = { connections: 0 };
  const port = await new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const [, found] = /^ACCEPT .*:(\d+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
      if (line === 'ERROR') state.connections += 1;
    });
  });
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `https://${host}`,
    /** How many it refused. */
    get connections() {
      return state.connections;
    },
    async stop() {
      child.kill();
      await once(child, 'close');
      await rm(folder, { recursive: true });
    },
  };
}

/** Nothing is there, which is an answer. */
const nothing: Answer = (_, response) => response.writeHead(404).end();

describeWith(['openssl'], 'over TLS', () => {
  const temporary = useTemporary();
  let company: Authority;
  let other: Authority;
  let ofServer: Pair;
  let server: Fake;
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    [company, other] = await Promise.all([makeAuthority('company'), makeAuthority('other')]);
    ofServer = await company.issue();
    server = await startFake(nothing, ofServer);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.[Symbol.asyncDispose]();
  });

  /** Asks a server as a registry, and as a bucket; gives what each fails with. */
  async function ask(
    { host, url }: Pick<Fake, 'host' | 'url'>,
    certificates: Certificates,
  ): Promise<(Error | undefined)[]> {
    await using app = openApp(host, { certificates, plainHttp: false, retries: { count: 2, firstDelay: 1 } });
    const location = toS3Location(
      splitStorageUrl(`s3://bucket?region=x&s3ForcePathStyle=true&endpoint=${url}`),
    );
    const retries = { count: 2, firstDelay: 1, longestDelay: 1 };
    const options = { directory: temporary.path, certificates };
    const bucket = new S3Storage(location, options, unattended, retries);
    const nobody = (failure: Error): Error => failure;
    const failures = [
      await app.exists(descriptor).then(() => undefined, nobody),
      await bucket.head('key').then(() => undefined, nobody),
    ];
    await bucket.close();
    return failures;
  }

  const fine = [undefined, undefined];

  it('a server of an authority that nobody knows is refused, once, with what to give', async () => {
    const before = server.seen.length;
    for (const failure of await ask(server, {})) {
      expect(failure?.message).toMatch(
        /UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER).*give the certificate of its/,
      );
    }
    expect(server.seen).toHaveLength(before);
  });

  it('the authority that is given is trusted', async () => {
    expect(await ask(server, { ca: company.ca })).toEqual(fine);
    expect(await ask(server, { ca: other.ca })).not.toContain(undefined);
  });

  it('the authorities of SSL_CERT_FILE are trusted, those behind a damaged one, too', async () => {
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const file = await temporary.write('bundle.pem', `# company\n${other.ca}${damaged}${company.ca}`);
    expect(await ask(server, { system: { file } })).toEqual(fine);
  });

  it('the authorities in the folders of SSL_CERT_DIR are trusted, whatever else lies there', async () => {
    const folder = join(temporary.path, 'certs');
    await mkdir(join(folder, 'java'), { recursive: true });
    await writeFile(join(folder, '0b1b94ef.0'), company.ca);
    await writeFile(join(folder, 'README'), 'not a certificate');
    const folders = [join(temporary.path, 'none'), folder].join(delimiter);
    expect(await ask(server, { system: { folders } })).toEqual(fine);
  });

  it('the authorities of NODE_EXTRA_CA_CERTS stay trusted beside one that is given', async () => {
    const extra = await temporary.write('extra.pem', company.ca);
    expect(await ask(server, { ca: other.ca, system: { extra } })).toEqual(fine);
  });

  it('what the environment names and is not there is passed over', async () => {
    const none = join(temporary.path, 'none');
    const system = { file: none, folders: none, extra: none };
    expect(await ask(server, { ca: company.ca, system })).toEqual(fine);
  });

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('of version %s', (maxVersion) => {
    let asking: Fake;
    let mine: ClientCertificate;
    beforeAll(async () => {
      asking = await startFake(nothing, { ...ofServer, ca: company.ca, requestCert: true, maxVersion });
      const { cert, key } = await company.issue();
      mine = { certificate: cert, key };
    });
    afterAll(() => asking?.[Symbol.asyncDispose]());

    it.each(['none', 'one of an authority that it does not know'])(
      'a server that wants a client certificate and gets %s is told as such, at once',
      async (given) => {
        const { cert, key } = await other.issue();
        const client = given === 'none' ? undefined : { certificate: cert, key };
        const strict = await startStrict({ ...ofServer, ca: company.ca, maxVersion });
        const failures = await ask(strict, { ca: company.ca, ...(client && { client }) });
        await strict.stop();
        for (const failure of failures) {
          expect(failure?.message).toMatch(
            /alert .*; it refuses the TLS handshake: .*give client-certificate and client-key/,
          );
          expect(failure).toMatchObject({ code: 'auth' });
        }
        expect(strict.connections).toBeLessThanOrEqual(2);
      },
    );

    it('a server that asks who we are is shown the client certificate', async () => {
      expect(await ask(asking, { ca: company.ca, client: mine })).toEqual(fine);
      expect(asking.seen).toHaveLength(2);
    });
  });
});

describe('the authorities of the system', () => {
  it.runIf(existsSync('/etc/ssl/certs/ca-certificates.crt'))(
    'are found where the distribution keeps them',
    async () => {
      const found = await readSystemAuthorities({});
      expect(found.length).toBeGreaterThan(50);
      expect(new Set(found).size).toBe(found.length);
      for (const pem of found) expect(pem).toMatch(/^-----BEGIN (TRUSTED )?CERTIFICATE-----\n[^-]+-----END/);
    },
  );
});

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { formatDocument } from '../../../src/oci/manifest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { passwordCredentials } from '../../../src/repository/registry/credentials.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import { registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith } from '../../support/tools.ts';
import { blobOf, failureOf, heldBy, openApp, quick } from './fake.ts';

const { oci } = mediaTypes;
const config = blobOf('{}', oci.config);
const layer = blobOf(Buffer.alloc(5 * 1024 * 1024, 'layer'));
const empty = blobOf('');
const manifest = blobOf(
  formatDocument({
    schemaVersion: 2,
    mediaType: oci.manifest,
    config: config.descriptor,
    layers: [layer.descriptor, empty.descriptor],
  }),
  oci.manifest,
);
const index = blobOf(
  formatDocument({ schemaVersion: 2, mediaType: oci.index, manifests: [manifest.descriptor] }),
  oci.index,
);

describe.each([2, 3] as const)('distribution %i', (version) => {
  describeWith([registryTool[version], 'openssl'], 'as a registry', () => {
    it('takes a graph, shows it and gives it back', async () => {
      await using server = await startRegistry({ version });
      await using app = openApp(server.host);
      expect(await app.tags()).toEqual([]);
      expect(await app.resolve('1.0')).toBeUndefined();
      for (const blob of [config, layer, empty, manifest, index]) {
        expect(await app.exists(blob.descriptor)).toBe(false);
        await app.push(blob);
        expect(await app.exists(blob.descriptor)).toBe(true);
        const bytes = await buffer(await app.fetch(blob.descriptor));
        expect(bytes.equals(await buffer(await blob.open()))).toBe(true);
      }
      await app.tag(index, ['1.0', 'latest']);
      await app.tag(manifest, ['amd64']);
      expect(await app.resolve('latest')).toEqual(index.descriptor);
      expect(await app.resolve('amd64')).toEqual(manifest.descriptor);
      expect((await app.tags()).sort()).toEqual(['1.0', 'amd64', 'latest']);
      expect(await app.exists({ ...layer.descriptor, size: 1 })).toBe(false);
    });

    it('mounts what another repository of it has', async () => {
      await using server = await startRegistry({ version });
      await using app = openApp(server.host);
      const other = openRegistry({ registry: server.host, repository: 'org/other' }, quick);
      expect(await other.mount(heldBy(server.host, 'app', layer))).toBe(false);
      await app.push(layer);
      expect(await other.mount(heldBy(server.host, 'app', layer))).toBe(true);
      expect(await other.exists(layer.descriptor)).toBe(true);
      await other.close();
    });

    it('says what is missing', async () => {
      await using server = await startRegistry({ version });
      await using app = openApp(server.host);
      const failure = await failureOf(app.fetch(layer.descriptor));
      expect(failure).toMatchObject({ name: 'AlbaError', code: 'target' });
      expect(failure.message).toContain(`docker://${server.host}/app has no ${layer.descriptor.digest}`);
      expect((await failureOf(app.push(index))).message).toContain('MANIFEST_BLOB_UNKNOWN');
    });

    it('refuses a blob that is not what it claims to be, without trying again', async () => {
      await using server = await startRegistry({ version });
      await using app = openApp(server.host);
      const other = blobOf(Buffer.alloc(5 * 1024 * 1024, 'other'));
      const failure = await failureOf(app.push({ descriptor: layer.descriptor, open: other.open }));
      expect(failure.message).toMatch(/answered 400 Bad Request: DIGEST_INVALID/);
      const short = { descriptor: layer.descriptor, open: config.open };
      expect((await failureOf(app.push(short))).message).toContain(`not ${layer.descriptor.size} bytes long`);
      expect(await app.exists(layer.descriptor)).toBe(false);
    });

    it('signs in with a password, over TLS with a certificate of its own', async () => {
      await using server = await startRegistry({
        version,
        auth: { username: 'ann', password: 'pass:wörd' },
        tls: true,
      });
      const ca = await readFile(server.certificate ?? '', 'utf8');
      const common = { certificates: { ca }, plainHttp: false };
      await using app = openApp(server.host, {
        ...common,
        credentials: passwordCredentials('ann', 'pass:wörd', 'the inputs'),
      });
      await app.push(layer);
      expect(await app.exists(layer.descriptor)).toBe(true);

      await using wrong = openApp(server.host, {
        ...common,
        credentials: passwordCredentials('ann', 'hunter2', 'the inputs'),
      });
      const refused = await failureOf(wrong.push(config));
      expect(refused).toMatchObject({ code: 'auth' });
      expect(refused.message).toMatch(
        /answered 401 Unauthorized: UNAUTHORIZED.*tried with the credentials from the inputs/,
      );
      expect(refused.message).not.toContain('hunter2');

      await using nobody = openApp(server.host, common);
      expect((await failureOf(nobody.tags())).message).toMatch(/tried with no credentials/);

      await using strange = openApp(server.host, { plainHttp: false });
      expect((await failureOf(strange.tags())).message).toMatch(
        /\(DEPTH_ZERO_SELF_SIGNED_CERT\).*ca-certificate/,
      );

      await using plain = openApp(server.host);
      expect((await failureOf(plain.tags())).message).toMatch(/the registry speaks https/);
    });

    it('hints at plain http', async () => {
      await using server = await startRegistry({ version });
      await using app = openApp(server.host, { plainHttp: false });
      expect((await failureOf(app.tags())).message).toContain('add ?plain-http=true');
    });
  });
});

it('names itself without secrets', () => {
  const app = openRegistry({ registry: 'docker.io', repository: 'library/app', tag: 'ignored' }, quick);
  expect(app.url).toBe('docker://docker.io/library/app');
  expect(app.reference('1.0', index.descriptor.digest)).toBe(
    `docker.io/library/app:1.0@${index.descriptor.digest}`,
  );
  expect(app.reference(undefined, undefined)).toBe('docker.io/library/app');
});

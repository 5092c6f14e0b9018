import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, parseConfig } from '../src/oci/manifest.ts';
import { formatPlatform, type Platform, parsePlatform } from '../src/oci/platform.ts';
import { makeImage } from './fixtures/image.ts';
import { FixtureLayout } from './fixtures/oci-layout.ts';
import { useTemporary } from './fixtures/temporary.ts';
import {
  copyWithSkopeo,
  craneValidate,
  pullWithContainerd,
  pullWithDocker,
  pullWithOras,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from './support/clients.ts';
import { run } from './support/run.ts';
import { type Containerd, startContainerd } from './support/servers/containerd.ts';
import { type Dockerd, startDockerd } from './support/servers/dockerd.ts';
import { startGarage } from './support/servers/garage.ts';
import { type Registry, registryTool, startRegistry } from './support/servers/registry.ts';
import { s3Client, s3Environment, startMinio, startS3 } from './support/servers/s3.ts';
import { describeWith, itWith } from './support/tools.ts';

const platforms = ['linux/amd64', 'linux/arm/v6', 'linux/arm/v7', 'linux/arm64'].map(parsePlatform);

const temporary = useTemporary();
const images = platforms.map((platform) => makeImage(platform, { seed: formatPlatform(platform) }));
beforeAll(async () => {
  const layout = new FixtureLayout();
  const manifests = images.map((image) => ({ ...layout.image(image), platform: image.platform }));
  await layout.list(layout.index(manifests)).write(join(temporary.path, 'layout'));
});

for (const version of [2, 3] as const) {
  describeWith([registryTool[version], 'skopeo'], `registry ${version}, with all clients`, () => {
    let registry: Registry;
    let reference: string;
    beforeAll(async () => {
      registry = await startRegistry({ version });
      reference = `${registry.host}/org/app:1.0`;
      await copyWithSkopeo(`oci:${temporary.path}/layout`, `docker://${reference}`);
    });
    afterAll(() => registry?.stop());

    const pullsAll = async (pull: (platform: Platform) => Promise<Config>) => {
      const pulled: Config[] = [];
      for (const platform of platforms) pulled.push(await pull(platform));
      expect(pulled).toEqual(images.map(({ config }) => parseConfig(config, 'the fixture')));
    };

    itWith(['dockerd', 'docker'], 'dockerd pulls every platform', async () => {
      await using dockerd: Dockerd = await startDockerd();
      await pullsAll((platform) => pullWithDocker(dockerd, reference, platform));
    });
    itWith(['containerd', 'ctr'], 'containerd pulls every platform', async () => {
      await using containerd: Containerd = await startContainerd();
      await pullsAll((platform) => pullWithContainerd(containerd, reference, platform));
    });
    itWith(['podman'], 'podman pulls every platform', () =>
      pullsAll((platform) => pullWithPodman(reference, platform)),
    );
    it('skopeo pulls every platform', () => pullsAll((platform) => pullWithSkopeo(reference, platform)));
    itWith(['regctl'], 'regctl pulls every platform', () =>
      pullsAll((platform) => pullWithRegctl(reference, platform)),
    );
    itWith(['oras'], 'oras pulls every platform', () =>
      pullsAll((platform) => pullWithOras(reference, platform)),
    );
    itWith(['crane'], 'crane validates all of it', () => craneValidate(reference));
    it('a platform that is not there is a failure, not another platform', async () => {
      await expect(pullWithSkopeo(reference, parsePlatform('linux/s390x'))).rejects.toThrow();
    });
  });
}

describeWith(['docker-registry', 'openssl'], 'a registry with a password over TLS', () => {
  it('lets in who knows the password and trusts the certificate', async () => {
    const auth = { username: 'alba', password: 'correct horse' };
    await using registry = await startRegistry({ auth, tls: true });
    const status = async (...options: string[]) =>
      run('curl', [
        ...['--silent', '--cacert', registry.certificate ?? '', '--output', '/dev/null'],
        ...['--write-out', '%{http_code}', ...options, `${registry.url}/v2/`],
      ]);
    expect(await status()).toBe('401');
    expect(await status('--user', 'alba:wrong')).toBe('401');
    expect(await status('--user', 'alba:correct horse')).toBe('200');
  });
});

describe.each([
  { tool: 'versitygw', start: startS3 },
  { tool: 'minio', start: startMinio },
])('$tool', ({ tool, start }) => {
  itWith([tool, 's5cmd'], 'keeps what another client puts, for those who sign', async () => {
    await using s3 = await start();
    await s3.createBucket('alba');
    const file = await temporary.write('file', 'what was put');
    const s5cmd = (env: Record<string, string>, ...args: string[]) =>
      run('s5cmd', ['--endpoint-url', s3.endpoint, '--retry-count', '0', ...args], { env });
    const env = s3Environment(s3);
    await s5cmd(env, 'cp', file, 's3://alba/a/b');
    expect(await s5cmd(env, 'cat', 's3://alba/a/b')).toBe('what was put');
    const stranger = { ...env, AWS_SECRET_ACCESS_KEY: 'not the secret' };
    await expect(s5cmd(stranger, 'cat', 's3://alba/a/b')).rejects.toThrow(/SignatureDoesNotMatch|403/);
  });
});

describeWith(['garage'], 'garage', () => {
  it('serves a bucket as a website, with its index documents', async () => {
    await using garage = await startGarage();
    const client = s3Client(garage);
    await garage.createBucket('other');
    for (const Bucket of [garage.bucket, 'other']) {
      const put = { Bucket, Key: 'v2/index.html', Body: `of ${Bucket}`, ContentType: 'text/html' };
      await client.send(new PutObjectCommand(put));
    }
    client.destroy();
    expect(await (await fetch(`${garage.web.url}/v2/`)).text()).toBe('of alba');
    expect((await fetch(`${garage.web.url}/missing`)).status).toBe(404);
    const other = ['--silent', '--header', 'Host: other.web.test', `${garage.web.url}/v2/`];
    expect(await run('curl', other)).toBe('of other');
  });
});

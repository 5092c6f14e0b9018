import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseFilesTarget } from '../../src/place/target.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { unattended } from '../fixtures/unattended.ts';
import { craneValidate, pullWithContainerd, pullWithPodman, pullWithSkopeo } from '../support/clients.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Garage, startGarage } from '../support/servers/garage.ts';
import { s3Environment, s3Url } from '../support/servers/s3.ts';
import { describeWith, itWith } from '../support/tools.ts';
import { makeRelease, platforms, publish } from './release.ts';

describeWith(['garage'], 'a static registry on the website of a bucket', () => {
  let garage: Garage;
  let reference: string;
  let plain: string;
  beforeAll(async () => {
    garage = await startGarage('bucket');
    for (const [name, value] of Object.entries(s3Environment(garage))) vi.stubEnv(name, value);
    const storage = await parseFilesTarget(s3Url(garage, 'bucket')).openStorage(
      { directory: '.' },
      unattended,
    );
    await publish(openStatic(storage, 'org/app'), makeRelease('one', true), ['1.0']);
    await publish(openStatic(storage, 'org/plain'), makeRelease('one'), ['1.0']);
    reference = `${garage.web.host}/org/app:1.0`;
    plain = `${garage.web.host}/org/plain:1.0`;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await garage?.stop();
  });

  it('answers the ping, and tells the types of documents', async () => {
    expect((await fetch(`${garage.web.url}/v2/`)).status).toBe(200);
    const manifest = await fetch(`${garage.web.url}/v2/org/app/manifests/1.0`);
    expect(manifest.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json');
    expect(manifest.headers.get('cache-control')).toBe('no-cache');
    const list = await fetch(`${garage.web.url}/v2/org/app/tags/list`);
    expect(list.headers.get('content-type')).toBe('application/json');
    expect(await list.json()).toEqual({ name: 'org/app', tags: ['1.0'] });
  });

  itWith(['skopeo'], 'serves skopeo every platform', async () => {
    for (const platform of platforms) await pullWithSkopeo(reference, platform);
  });
  itWith(['podman'], 'serves podman', () =>
    pullWithPodman(reference, { os: 'linux', architecture: 'amd64' }),
  );
  itWith(['crane'], 'has nothing wrong for crane', () => craneValidate(plain));
  itWith(['containerd', 'ctr'], 'serves containerd every platform', async () => {
    await using containerd: Containerd = await startContainerd();
    for (const platform of platforms) await pullWithContainerd(containerd, reference, platform);
  });
});

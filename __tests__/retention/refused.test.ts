import { expect, it } from 'vitest';
import { openRegistry } from '../../src/repository/registry/registry.ts';
import { unattended } from '../fixtures/unattended.ts';
import { runAlba } from '../support/alba.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';
import { makeReleases, pushReleases } from './releases.ts';

const releases = makeReleases(4);

async function fill(host: string): Promise<() => Promise<string[]>> {
  const place = { registry: host, repository: 'app' };
  const options = { ...unattended, credentials: async () => undefined, access: 'push' } as const;
  const repository = openRegistry(place, options);
  await pushReleases(repository, releases);
  return () => repository.tags();
}

for (const version of [2, 3] as const) {
  describeWith([registryTool[version]], `distribution ${version} that deletes nothing`, () => {
    it('is told of in one sentence that says what to do, and stays as it is', async () => {
      await using server = await startRegistry({ version, deletes: false });
      const tags = await fill(server.host);
      const { code, stderr } = await runAlba([
        'container',
        'gc',
        '--keep',
        '1',
        `docker://${server.host}/app`,
      ]);
      expect(code).toBe(1);
      expect(stderr).toContain(
        `${server.host} answered 405: it deletes nothing by the registry API; deletion has to be switched on there (distribution: REGISTRY_STORAGE_DELETE_ENABLED=true)`,
      );
      expect((await tags()).length).toBe(7);
    }, 60_000);
  });
}

describeWith([registryTool[2]], 'distribution 2.8', () => {
  it('cannot take one of several tags off a manifest: that is an error, and the tag stays', async () => {
    await using server = await startRegistry({ version: 2 });
    const tags = await fill(server.host);
    const { code, stderr } = await runAlba(['container', 'rm', `docker://${server.host}/app:1.3.0`]);
    expect(stderr).toContain(`${server.host}/app:1.3.0 stays: this registry deletes no tag by itself`);
    expect(code).toBe(1);
    expect(await tags()).toContain('1.3.0');
  }, 60_000);

  it('deletes a tag with its manifest, and tells what frees the bytes', async () => {
    await using server = await startRegistry({ version: 2 });
    const tags = await fill(server.host);
    const { code, stderr } = await runAlba(['container', 'rm', `docker://${server.host}/app:1.0.0`]);
    expect(stderr).toContain('registry garbage-collect');
    expect(code).toBe(0);
    expect(await tags()).not.toContain('1.0.0');
  }, 60_000);
});

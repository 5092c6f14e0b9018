import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import {
  copyWithSkopeo,
  craneValidate,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from '../support/clients.ts';
import { run } from '../support/run.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const arm = { os: 'linux', architecture: 'arm', variant: 'v6' };
const amd64 = { os: 'linux', architecture: 'amd64' };
const mark = { 'io.github.containers.compression.zstd': 'true' };

describeWith([registryTool[3], 'skopeo', 'crane', 'regctl', 'podman'], 'layouts on a registry', () => {
  let registry: Registry;

  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(async () => {
    await registry.stop();
  });

  /** What alba says that it published under a name. */
  async function push(artifact: string, name: string): Promise<string> {
    const target = `docker://${registry.host}/${name}:1`;
    const ended = await runAlba(['container', 'push', artifact, target, '--json', '--no-cache']);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    return JSON.parse(ended.stdout).digest;
  }

  /** crane validates no zstd. */
  function build({ hasZstd = true } = {}): { layout: FixtureLayout; index: Descriptor } {
    const layout = new FixtureLayout();
    const small = makeImage(amd64);
    const entries = [
      { ...layout.image(small), platform: amd64 },
      ...(hasZstd
        ? [{ ...layout.image(small, { compression: 'zstd' }), platform: amd64, annotations: mark }]
        : []),
      { ...layout.image(makeImage(arm, { seed: 'arm' })), platform: arm },
    ];
    const index = layout.index(entries, { annotations: { 'org.example.built': 'yes' } });
    return { layout: layout.list(index), index };
  }

  it('keep the digest of their index, with two images of one platform, for every client to pull', async () => {
    const { layout, index } = build();
    expect(await push(await layout.write(at('folder')), 'folder')).toBe(index.digest);
    expect(await push(await temporary.write('app.tar', tar(layout.members())), 'archive')).toBe(index.digest);
    const reference = `${registry.host}/folder:1`;
    expect((await run('crane', ['digest', '--insecure', reference])).trim()).toBe(index.digest);
    for (const pull of [pullWithSkopeo, pullWithRegctl, pullWithPodman]) {
      for (const platform of [amd64, arm]) await pull(reference, platform);
    }
  });

  it('are the same as a dir: of skopeo', async () => {
    const { layout, index } = build({ hasZstd: false });
    const source = `oci:${await layout.write(at('source'))}`;
    await copyWithSkopeo(source, `dir:${at('dir')}`);
    expect(await push(at('dir'), 'dir')).toBe(index.digest);
    await craneValidate(`${registry.host}/dir:1`);
  });

  it('are found for the variant that only the config has', async () => {
    const layout = new FixtureLayout();
    const told = { os: 'linux', architecture: 'arm' };
    layout.list(layout.index([{ ...layout.image(makeImage(arm)), platform: told }]));
    await push(await layout.write(at('variant')), 'variant');
    const reference = `${registry.host}/variant:1`;
    const printed = await run('regctl', [
      ...['--host', `reg=${registry.host},tls=disabled`, 'manifest', 'get', '--platform', 'linux/arm/v6'],
      ...['--format', '{{.GetDescriptor.Digest}}', reference],
    ]);
    expect(layout.blobs.has(`blobs/${printed.trim().replace(':', '/')}`)).toBe(true);
  });
});

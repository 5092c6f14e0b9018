import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { type Manifest, parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const spdx = '{\n  "spdxVersion": "SPDX-2.3",\n  "name": "größe", "big": 12345678901234567890\n}\n';
const cycloneDx = '{"bomFormat":"CycloneDX","specVersion":"1.6"}';

async function given(folder: string, platforms: readonly string[]): Promise<string> {
  await mkdir(at(folder));
  for (const platform of platforms) {
    const image = makeImage(parsePlatform(platform), { seed: platform });
    await writeFile(at(folder, `${platform.replaceAll('/', '-')}.tar`), dockerArchive(image));
  }
  await writeFile(at(folder, 'app.spdx.json'), spdx);
  await writeFile(at(folder, 'app.cdx.json'), cycloneDx);
  return at(folder);
}

const push = (cwd: string, ...args: readonly string[]): Promise<Ended> =>
  runAlba(['container', 'push', '--no-cache', '-t', 'app:1', '--json', ...args], { cwd });

/** Every attestation that the index of a tag names, with what its layers hold. */
async function attestations(site: string, tag = '1') {
  const v2 = (...path: string[]) => readFile(join(site, 'v2', 'app', ...path));
  const { manifests } = parseIndex(await v2('manifests', tag), 'index');
  const found: { entry: Descriptor; manifest: Manifest; statements: string[] }[] = [];
  for (const entry of manifests.filter(({ platform }) => platform?.os === 'unknown')) {
    const manifest = parseManifest(await v2('manifests', entry.digest), 'attestation');
    const blobs = manifest.layers.map(({ digest }) => v2('blobs', digest));
    found.push({ entry, manifest, statements: (await Promise.all(blobs)).map(String) });
  }
  return { manifests, found, v2 };
}

describe('an SBOM that is given as a file', () => {
  it('becomes an attestation in the index as BuildKit writes it, byte for byte, and refers to its image', async () => {
    const cwd = await given('buildkit', ['linux/amd64', 'linux/arm64']);
    const sboms = ['--sbom', 'linux/arm64=app.cdx.json', '--sbom', 'linux/arm64=app.spdx.json'];
    expect(await push(cwd, ...sboms, '.', 'file://./site')).toMatchObject({ code: 0 });
    const { manifests, found, v2 } = await attestations(join(cwd, 'site'));
    const arm = manifests.find(({ platform }) => platform?.architecture === 'arm64');
    expect(found).toHaveLength(1);
    expect(manifests.at(-1)).toEqual(found[0]?.entry);
    expect(found[0]).toMatchObject({
      entry: {
        annotations: {
          'vnd.docker.reference.type': 'attestation-manifest',
          'vnd.docker.reference.digest': arm?.digest,
        },
        platform: { os: 'unknown', architecture: 'unknown' },
      },
      manifest: {
        artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
        config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2 },
        subject: { digest: arm?.digest, size: arm?.size },
        layers: [
          {
            mediaType: 'application/vnd.in-toto+json',
            annotations: { 'in-toto.io/predicate-type': 'https://cyclonedx.org/bom' },
          },
          {
            mediaType: 'application/vnd.in-toto+json',
            annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' },
          },
        ],
      },
    });
    const statement = found[0]?.statements[1] ?? '';
    expect(statement).toContain(`"predicate":${spdx.trim()}}`);
    expect(JSON.parse(statement)).toMatchObject({
      _type: 'https://in-toto.io/Statement/v0.1',
      subject: [{ digest: { sha256: arm?.digest.slice('sha256:'.length) } }],
      predicateType: 'https://spdx.dev/Document',
    });
    const referrers = parseIndex(await v2('referrers', arm?.digest ?? ''), 'referrers');
    expect(referrers.manifests).toMatchObject([
      {
        digest: found[0]?.entry.digest,
        artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
      },
    ]);
  });

  it('has one digest in whatever order and from whichever folder it comes, and is not sent again', async () => {
    const one = await given('one', ['linux/amd64', 'linux/arm64']);
    await cp(one, at('other'), { recursive: true });
    const both = ['linux/amd64=./app.cdx.json', 'linux/amd64=app.spdx.json', 'app.spdx.json'];
    const options = (items: readonly string[]) => items.flatMap((item) => ['--sbom', item]);
    const first = JSON.parse((await push(one, ...options(both), '.', 'file://./site')).stdout);
    const second = JSON.parse(
      (await push(at('other'), ...options(both.toReversed()), '.', 'file://./site')).stdout,
    );
    expect(second.digest).toBe(first.digest);
    const again = JSON.parse((await push(one, ...options(both), '.', 'file://./site')).stdout);
    expect(again).toMatchObject({ digest: first.digest, pushedBytes: 0 });
  });

  it('is about the only image there is where it names no platform, and about the index of several as a referrer', async () => {
    const single = await given('single', ['linux/amd64']);
    await push(single, '--sbom', 'app.spdx.json', '.', 'file://./site');
    const { manifests, found } = await attestations(join(single, 'site'));
    expect(found[0]?.manifest.subject?.digest).toBe(manifests[0]?.digest);

    const several = await given('several', ['linux/amd64', 'linux/arm64']);
    const { digest: bare } = JSON.parse((await push(several, '.', 'file://./bare')).stdout);
    const { digest } = JSON.parse(
      (await push(several, '--sbom', 'app.spdx.json', '.', 'file://./site')).stdout,
    );
    expect(digest).toBe(bare);
    const { v2 } = await attestations(join(several, 'site'));
    const [referrer] = parseIndex(await v2('referrers', digest), 'referrers').manifests;
    const manifest = parseManifest(await v2('manifests', referrer?.digest ?? ''), 'referrer');
    expect(manifest).toMatchObject({
      subject: { digest },
      layers: [{ mediaType: 'application/vnd.in-toto+json' }],
    });
  });

  it('goes along with its image when that is taken elsewhere, and stays when another platform joins', async () => {
    const cwd = await given('along', ['linux/amd64']);
    const { digest } = JSON.parse((await push(cwd, '--sbom', 'app.spdx.json', '.', 'oci:./layout')).stdout);
    const moved = await push(cwd, 'layout', 'file://./site');
    expect(JSON.parse(moved.stdout).digest, moved.stderr).toBe(digest);
    const arm = await given('joining', ['linux/arm64']);
    const sbom = ['--sbom', 'linux/arm64=app.cdx.json'];
    const joined = await push(arm, '--update', ...sbom, '.', `file://${join(cwd, 'site')}`);
    expect(joined, joined.stderr).toMatchObject({ code: 0 });
    const { found } = await attestations(join(cwd, 'site'));
    expect(found.map(({ statements }) => JSON.parse(statements[0] ?? '').predicateType)).toEqual([
      'https://spdx.dev/Document',
      'https://cyclonedx.org/bom',
    ]);
  });

  it('stands beside the one that an image came with, and is there once when it comes again', async () => {
    const cwd = await given('beside', ['linux/amd64']);
    await push(cwd, '--sbom', 'app.spdx.json', '.', 'oci:./layout');
    const added = await push(
      cwd,
      '--sbom',
      'app.cdx.json',
      '--sbom',
      'app.spdx.json',
      'layout',
      'file://./site',
    );
    expect(added, added.stderr).toMatchObject({ code: 0 });
    const { found } = await attestations(join(cwd, 'site'));
    expect(found.map(({ statements }) => statements.length)).toEqual([1, 2]);
    const same = await push(cwd, '--sbom', 'app.spdx.json', 'layout', 'file://./same');
    expect(same, same.stderr).toMatchObject({ code: 0 });
    expect((await attestations(join(cwd, 'same'))).found).toHaveLength(1);
  });

  it('is read from the lines of an input, too, by the action', async () => {
    const cwd = await given('action', ['linux/amd64', 'linux/arm64']);
    const lines = 'linux/amd64=app.spdx.json\r\n\r\nlinux/arm64=app.cdx.json\r\n';
    const inputs = { artifacts: '.', tag: 'app:1', target: 'file://./site', sbom: lines, cache: 'false' };
    const ended = await runAction(inputs, { cwd });
    expect(ended, ended.stderr + ended.stdout).toMatchObject({ code: 0 });
    expect((await attestations(join(cwd, 'site'))).found).toHaveLength(2);
  });

  it('is refused by name where it is neither SPDX nor CycloneDX, missing, or of a platform that is not pushed; nothing is written', async () => {
    const cwd = await given('refused', ['linux/amd64', 'linux/arm64']);
    await writeFile(join(cwd, 'package.json'), '{"name":"app"}');
    await writeFile(join(cwd, 'app.spdx'), 'SPDXVersion: SPDX-2.3');
    const refusals = [
      ['package.json', /sbom package\.json is neither SPDX .* nor CycloneDX/],
      ['linux/amd64=app.spdx', /sbom app\.spdx is not JSON/],
      ['linux/amd64=missing.json', /sbom missing\.json does not exist in /],
      [
        'linux/s390x=app.spdx.json',
        /app\.spdx\.json is for linux\/s390x, which is not published here: that is linux\/amd64, linux\/arm64/,
      ],
      ['amd64=app.spdx.json', /"amd64" is not a platform; expected linux\/amd64=PATH/],
      ['linux/amd64=', /names no file/],
    ] as const;
    for (const [line, message] of refusals) {
      const ended = await push(cwd, '--sbom', line, '.', 'file://./site');
      expect(ended.code).not.toBe(0);
      expect(ended.stderr).toMatch(message);
    }
    const docker = await push(cwd, '--format', 'docker', '--sbom', 'app.spdx.json', '.', 'file://./site');
    expect(docker.stderr).toContain('format docker has no attestations');
    await expect(readFile(join(cwd, 'site', 'v2', 'app', 'manifests', '1'))).rejects.toThrow('ENOENT');
  });
});

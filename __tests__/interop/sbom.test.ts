import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parsePlatform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { pullWithSkopeo } from '../support/clients.ts';
import { run } from '../support/run.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const spdx = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app' };

interface Entry {
  readonly digest: string;
  readonly artifactType?: string;
  readonly platform?: { readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

const servers = [
  { tool: registryTool[2], start: () => startRegistry({ version: 2 }) },
  { tool: registryTool[3], start: () => startRegistry({ version: 3 }) },
  { tool: 'olareg', start: startOlareg },
];
for (const { tool, start } of servers) {
  describeWith([tool, 'oras', 'crane', 'skopeo'], `an SBOM on ${tool}`, () => {
    it('is found by oras as a referrer, by way of the index as in a build of BuildKit, and does not keep clients from pulling', async () => {
      await using server = await start();
      const { host } = server;
      await temporary.write('app.spdx.json', JSON.stringify(spdx));
      for (const platform of ['linux/amd64', 'linux/arm64']) {
        const image = dockerArchive(makeImage(parsePlatform(platform), { seed: platform }));
        await writeFile(join(temporary.path, `${platform.replace('/', '-')}.tar`), image);
      }
      const sboms = ['--sbom', 'linux/arm64=app.spdx.json', '--sbom', 'app.spdx.json'];
      const target = `docker://${host}/app:1?plain-http=true`;
      const args = ['container', 'push', '--no-cache', '--json', ...sboms, '.', target];
      const pushed = await runAlba(args, { cwd: temporary.path });
      expect(pushed, pushed.stderr).toMatchObject({ code: 0 });
      const { digest } = JSON.parse(pushed.stdout);

      const manifest = async (reference: string) =>
        JSON.parse(await run('crane', ['manifest', '--insecure', `${host}/app${reference}`]));
      const { manifests } = (await manifest(':1')) as { manifests: Entry[] };
      const arm = manifests.find(({ platform }) => platform?.architecture === 'arm64');
      const attestation = manifests.find(
        ({ annotations }) => annotations?.['vnd.docker.reference.digest'] === arm?.digest,
      );
      const { layers } = await manifest(`@${attestation?.digest}`);
      const blob = await run('crane', ['blob', '--insecure', `${host}/app@${layers[0].digest}`]);
      expect(JSON.parse(blob)).toMatchObject({ predicateType: 'https://spdx.dev/Document', predicate: spdx });

      const discover = async (of: string | undefined) => {
        const text = await run('oras', [
          ...['discover', '--plain-http', '--format', 'json'],
          `${host}/app@${of}`,
        ]);
        const { referrers, manifests: older } = JSON.parse(text);
        return (referrers ?? older) as Entry[];
      };
      const artifactType = 'application/vnd.docker.attestation.manifest.v1+json';
      expect(await discover(arm?.digest)).toMatchObject([{ digest: attestation?.digest, artifactType }]);
      expect(await discover(digest)).toMatchObject([{ artifactType }]);
      for (const name of ['linux/amd64', 'linux/arm64']) {
        await pullWithSkopeo(`${host}/app:1`, parsePlatform(name));
      }

      const again = await runAlba(args, { cwd: temporary.path });
      expect(JSON.parse(again.stdout)).toMatchObject({ digest, pushedBytes: 0 });
    });
  });
}

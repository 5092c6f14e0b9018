import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { startGarage } from '../support/servers/garage.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { s3Environment, s3Url } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();

async function alba(words: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await runAlba(['container', ...words], { cwd: temporary.path, env });
  expect(code, stderr).toBe(0);
  return stdout;
}
const inspect = async (what: string, env?: Record<string, string>) =>
  JSON.parse(await alba(['inspect', '--json', what], env));

interface ToldReferrer {
  readonly kind: string;
  readonly by: string;
  readonly artifactType?: string;
  readonly subject: string;
}

beforeAll(() => {
  makeArtifacts(join(temporary.path, 'docker'));
});

describeWith(['garage'], 'container inspect and diff of a bucket', () => {
  it('tell the same as of a layout', async () => {
    await using garage = await startGarage();
    const bucket = s3Url(garage, garage.bucket);
    const env = s3Environment(garage);
    await alba(['push', '-q', '--no-cache', '-t', 'app:1.0', 'docker/', 'oci:./layout', bucket], env);
    const { reference, ...stored } = await inspect(`${bucket}#app:1.0`, env);
    expect(reference).toContain(garage.bucket);
    expect(reference).not.toContain(garage.secretAccessKey);
    const { reference: _, ...local } = await inspect('oci:./layout:1.0');
    expect(stored).toEqual(local);
    expect(stored.images).toHaveLength(4);
    const told = JSON.parse(await alba(['diff', '--json', 'layout', `${bucket}#app:1.0`], env));
    expect(told).toMatchObject({ differs: false, readBytes: 0 });
  });
});

for (const { tool, start } of [
  { tool: registryTool[2], start: () => startRegistry({ version: 2 }) },
  { tool: registryTool[3], start: () => startRegistry({ version: 3 }) },
  { tool: 'olareg', start: startOlareg },
]) {
  describeWith([tool, 'oras', 'cosign'], `container inspect on ${tool}`, () => {
    let server: Awaited<ReturnType<typeof start>> | Registry;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server?.stop());

    it('tells of signatures, attestations and bills of materials by what they are, and what they are about', async () => {
      const where = `${server.host}/app`;
      await alba(['push', '-q', '--no-cache', '-t', 'app:1.0', 'docker/', `docker://${where}`]);
      const { digest, images } = await inspect(`docker://${where}:1.0`);
      const options = { cwd: temporary.path, env: { HOME: temporary.path, COSIGN_PASSWORD: '' } };
      await temporary.write('sbom.json', '{}');
      const attach = ['attach', '--plain-http', '--artifact-type', 'application/spdx+json'];
      const [{ digest: first }] = images;
      await run('oras', [...attach, `${where}@${first}`, 'sbom.json:application/json'], options);
      const key = `key-${tool}`;
      await run('cosign', ['generate-key-pair', '--output-key-prefix', key], options);
      await run('cosign', ['signing-config', 'create', '--out', `${key}.json`], options);
      const common = ['--yes', '--key', `${key}.key`, '--signing-config', `${key}.json`];
      const image = ['--allow-http-registry', `${where}@${digest}`];
      await run('cosign', ['sign', ...common, ...image], options);
      await temporary.write('predicate.json', '{"builder":"test"}');
      const attest = ['attest', ...common, '--predicate', 'predicate.json', '--type', 'slsaprovenance1'];
      await run('cosign', [...attest, ...image], options);
      const { referrers } = await inspect(`docker://${where}:1.0`);
      const told = referrers.map(({ kind, by, subject }: ToldReferrer) => `${kind} ${by} ${subject}`);
      expect(told.sort()).toEqual([
        `attestation subject ${digest}`,
        `sbom subject ${first}`,
        `signature subject ${digest}`,
      ]);
      const page = await alba(['inspect', `docker://${where}@${digest}`]);
      expect(page).toMatch(/^sbom +linux\/386 +[0-9a-f]{12} {2}application\/spdx\+json$/m);
      expect(page).toMatch(/^signature +all of it /m);
    });

    it('tells of what oras pushed, and how two of it differ', async () => {
      const where = `${server.host}/files`;
      for (const version of ['1', '2']) {
        await temporary.write('tool.txt', `tool ${version}`);
        const type = ['--plain-http', '--artifact-type', 'application/vnd.example.tool'];
        const options = { cwd: temporary.path };
        await run('oras', ['push', ...type, `${where}:${version}`, 'tool.txt:text/plain'], options);
      }
      const { artifacts, images } = await inspect(`docker://${where}:1`);
      expect(images).toEqual([]);
      expect(artifacts).toMatchObject([
        {
          kind: 'application/vnd.example.tool',
          layers: [{ title: 'tool.txt', mediaType: 'text/plain', size: 6 }],
        },
      ]);
      const two = [`docker://${where}:1`, `docker://${where}:2`];
      const { platforms } = JSON.parse(await alba(['diff', '--json', ...two]));
      expect(platforms[0].layers).toMatchObject([
        { change: 'added', title: 'tool.txt' },
        { change: 'removed', title: 'tool.txt' },
      ]);
    });
  });
}

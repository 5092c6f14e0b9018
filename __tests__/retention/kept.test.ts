import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePlatform } from '../../src/oci/platform.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { pullWithContainerd, pullWithDocker, pullWithPodman, pullWithSkopeo } from '../support/clients.ts';
import { run } from '../support/run.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { describeWith } from '../support/tools.ts';
import { makeReleases, pushReleases } from './releases.ts';
import { openSite, type Site, type SiteKind, siteKinds } from './sites.ts';

const releases = makeReleases(12);
const kept = releases.slice(8);
const [gone, signed] = [releases[3], releases[10]];
if (!gone || !signed) throw new Error('no releases');
const amd64 = parsePlatform('linux/amd64');
const temporary = useTemporary();

/** A place with all releases, `before` something is done there, of which gc keeps the newest four. */
async function openSwept({ name, open }: SiteKind, before: (site: Site) => Promise<unknown>): Promise<Site> {
  const site = await open(join(temporary.path, `${name} ${crypto.randomUUID()}`));
  const repository = await openSite(site);
  await pushReleases(repository, releases);
  await repository.close();
  await before(site);
  const words = ['container', 'gc', '--keep', '4', '--grace', '0s', ...site.words, site.target];
  const { code, stdout, stderr } = await runAlba(words, { env: site.env });
  expect(stderr + code).toMatch(/0$/);
  expect(stdout).toContain('9 tags, ');
  return site;
}

const { directory, garage, distribution2, distribution3, olareg } = siteKinds;
const kinds = [directory, garage, distribution2, distribution3, olareg];

for (const kind of kinds) {
  const clients = ['dockerd', 'containerd', 'podman', 'skopeo'];
  describeWith([...kind.tools, ...clients], `every tag that gc has kept on ${kind.name}`, () => {
    let site: Site;
    let dockerd: Dockerd;
    let containerd: Containerd;
    beforeAll(async () => {
      [site, dockerd, containerd] = await Promise.all([
        openSwept(kind, async () => {}),
        startDockerd(),
        startContainerd(),
      ]);
    });
    afterAll(() => Promise.all([site?.[Symbol.asyncDispose](), dockerd?.stop(), containerd?.stop()]));

    it('is pulled by dockerd, containerd, podman and skopeo', async () => {
      // Nested indexes are beyond some of the clients.
      for (const { tag } of kept.filter((one) => one.tag !== '1.9.0')) {
        const reference = `${site.served}:${tag}`;
        const configs = await Promise.all([
          pullWithDocker(dockerd, reference, amd64),
          pullWithContainerd(containerd, reference, amd64),
          pullWithPodman(reference, amd64),
          pullWithSkopeo(reference, amd64),
        ]);
        for (const config of configs) expect(config.diffIds.length).toBe(3);
      }
    }, 120_000);
  });
}

/** What oras finds to refer to a manifest, and to that. */
async function discover(site: Site, digest: string): Promise<string[]> {
  const words = ['discover', '--plain-http', '--format', 'json', `${site.served}@${digest}`];
  const told = await run('oras', words);
  const found = [...new Set(told.match(/sha256:[0-9a-f]{64}/g))].filter((one) => one !== digest);
  const further = await Promise.all(found.map((one) => discover(site, one)));
  return [...new Set([...found, ...further.flat()])].sort();
}

for (const kind of kinds) {
  describeWith([...kind.tools, 'oras'], `what refers to a release that gc has kept on ${kind.name}`, () => {
    it('is found by oras as before, and what signed that, too', async () => {
      let before: string[] = [];
      await using site = await openSwept(kind, async (full) => {
        before = await discover(full, signed.root.descriptor.digest);
      });
      expect(before).toEqual(signed.referrers.map(({ descriptor }) => descriptor.digest).sort());
      expect(await discover(site, signed.root.descriptor.digest)).toEqual(before);
    }, 60_000);
  });
}

for (const kind of [siteKinds.distribution3, siteKinds.olareg]) {
  describeWith([...kind.tools, 'cosign'], `a signature of cosign on ${kind.name}`, () => {
    it('goes with its release, and verifies where that was kept', async () => {
      const options = { cwd: temporary.path, env: { COSIGN_PASSWORD: '', HOME: temporary.path } };
      const key = `${kind.tools[0]}-key`;
      const cosign = (...words: string[]) => run('cosign', words, options);
      await cosign('generate-key-pair', '--output-key-prefix', key);
      await cosign('signing-config', 'create', '--out', `${key}.json`);
      await cosign('trusted-root', 'create', '--out', `${key}-root.json`);
      const imageOf = (site: Site, { root, tag }: typeof signed) =>
        `${site.served}:${tag}@${root.descriptor.digest}`;
      const verify = (site: Site, release: typeof signed) =>
        cosign(
          ...['verify', '--key', `${key}.pub`, '--trusted-root', `${key}-root.json`],
          ...['--insecure-ignore-tlog', '--allow-http-registry', imageOf(site, release)],
        );
      await using site = await openSwept(kind, async (full) => {
        const common = ['--yes', '--key', `${key}.key`, '--signing-config', `${key}.json`];
        for (const release of [gone, signed]) {
          await cosign('sign', ...common, '--allow-http-registry', imageOf(full, release));
          await verify(full, release);
        }
      });
      await verify(site, signed);
      await expect(verify(site, gone)).rejects.toThrow();
    }, 60_000);
  });
}

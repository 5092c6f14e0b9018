import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readValues } from '../../src/commands/command.ts';
import { containerGc } from '../../src/commands/container/gc.ts';
import { containerGcCommand, containerGcInputs } from '../../src/commands/container/gc-command.ts';
import { containerPush } from '../../src/commands/container/push.ts';
import { messageOf } from '../../src/errors.ts';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { parseSuccessors } from '../../src/oci/manifest.ts';
import { isDocument } from '../../src/oci/media-type.ts';
import { readConnection } from '../../src/place/connection.ts';
import { parseLocator } from '../../src/place/locator.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { requestOf } from '../commands/container/request.ts';
import { givenOf, hostIn } from '../commands/given.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
/** Few images that come again and again, so that what is pushed is there, and about to go. */
const images = 3;
let archives: string[][];

/** Numbers below a bound, the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

beforeAll(async () => {
  archives = await Promise.all(
    Array.from({ length: images }, (_, at) =>
      Promise.all(
        ['amd64', 'arm64'].map((architecture) =>
          temporary.write(
            `${at}-${architecture}.tar`,
            dockerArchive([makeImage({ os: 'linux', architecture }, { seed: `${at}`, layers: [300, 200] })]),
          ),
        ),
      ),
    ),
  );
});

/** Fails where something that a tag leads to is not there. */
async function assertWhole(repository: Repository, tag: string): Promise<void> {
  const visit = async (descriptor: Descriptor): Promise<void> => {
    const bytes = Buffer.concat(await (await repository.fetch(descriptor)).toArray());
    if (!isDocument(descriptor.mediaType)) return;
    for (const child of parseSuccessors(descriptor.mediaType, bytes, tag)) await visit(child);
  };
  const root = await repository.resolve(tag);
  if (!root) throw new Error(`${tag} is not there`);
  await visit(root);
}

/** Pushes and deletes at the same time, again and again; what was reported as pushed has to be there, whole. */
async function meet(
  rounds: number,
  target: string,
  tagged: (tag: string) => Record<string, string>,
  locator: string,
) {
  const random = randomNumbers(rounds);
  const words = target === locator ? {} : { tag: 'app' };
  const host = { ...hostIn(temporary.path, tmpdir()), now: new Date() };
  const wait = async (): Promise<void> => {
    for (let left = random(60); left > 0; left -= 1) await setImmediate();
  };
  let [pushed, deleted] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const tag = `1.${round}.0`;
    const push = async (): Promise<boolean> => {
      await wait();
      const request = await requestOf(
        { artifacts: archives[random(images)] ?? [], targets: [target], ...tagged(tag) },
        temporary.path,
      );
      try {
        await containerPush(request, silent);
        return true;
      } catch (failure) {
        expect(messageOf(failure)).toMatch(/no longer|no more|unknown/i);
        return false;
      }
    };
    const gc = async (): Promise<void> => {
      await wait();
      const given = givenOf(containerGcCommand.inputs, {
        targets: [target],
        ...words,
        keep: '1',
        grace: '0s',
      });
      const result = await containerGc(await readValues(containerGcInputs, given, host), {
        ...host,
        now: new Date(),
      });
      deleted += result.deleted.length;
    };
    if (round === 0) expect(await push()).toBe(true);
    const [isPushed] = await Promise.all([push(), gc()]);
    const repository = await parseLocator(locator).place.openRepository(
      await readConnection({}, {}, '/'),
      unattended,
      'pull',
    );
    if (isPushed) {
      pushed += 1;
      await assertWhole(repository, tag);
    }
    await repository.close();
  }
  return { pushed, deleted };
}

const tagOf = (tag: string) => ({ tags: `app:${tag}` });

describeWith([], 'a push beside a deletion', () => {
  it('loses nothing that it has reported, in a directory', async () => {
    const url = `file://${join(temporary.path, 'site')}`;
    const { pushed, deleted } = await meet(60, url, tagOf, `${url}#app`);
    expect(pushed).toBeGreaterThan(50);
    expect(deleted).toBeGreaterThan(30);
  }, 120_000);

  it('loses nothing that it has reported, in a layout', async () => {
    const url = `oci:${join(temporary.path, 'layout')}`;
    const { pushed, deleted } = await meet(40, url, (tag) => ({ tags: `app:${tag}` }), url);
    expect(pushed).toBeGreaterThan(30);
    expect(deleted).toBeGreaterThan(20);
  }, 120_000);
});

describeWith(['versitygw'], 'a push beside a deletion in a bucket', () => {
  it('loses nothing that it has reported', async () => {
    const server = await startS3();
    await server.createBucket('bucket');
    Object.assign(process.env, s3Environment(server));
    const url = s3Url(server, 'bucket');
    const { pushed } = await meet(25, url, tagOf, `${url}#app`);
    expect(pushed).toBeGreaterThan(20);
    await server.stop();
  }, 120_000);
});

describeWith([registryTool[3]], 'a push beside a deletion on a registry', () => {
  let host: string;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const registry = await startRegistry({ version: 3 });
    ({ host, stop } = registry);
  });
  afterAll(() => stop?.());

  it('loses nothing that it has reported: other manifests over the same blobs', async () => {
    const url = `docker://${host}/app`;
    const { pushed, deleted } = await meet(
      25,
      url,
      (tag) => ({ ...tagOf(tag), labels: `round=${tag}` }),
      url,
    );
    expect(pushed).toBe(25);
    expect(deleted).toBeGreaterThan(10);
  }, 120_000);
});

import { describe, expect, it } from 'vitest';
import type { Host } from '../../../src/commands/host.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import type { Said } from '../given.ts';
import { requestOf } from './request.ts';

const digest = digestOf(Buffer.from('content'));

/** A workflow run for a tag of git's. */
const runFor = (ref: string): Partial<Host> => ({ workflowRun: { repository: 'Org/App', ref } });

/** What goes where: each place with its tags, as `place: tag, tag`. */
async function goes(
  targets: readonly string[],
  tags: readonly string[],
  said: Said = {},
  more?: Partial<Host>,
) {
  const request = await requestOf({ artifacts: ['app.tar'], targets, tags, ...said }, '/', more);
  return request.targets.map(({ place, tags: own }) =>
    [place.urlOf(digest).replace(`@${digest}`, ''), own.join(', ') || 'no tag'].join(' '),
  );
}

const byDigest = { byDigest: 'true' };
const registry = ['docker://h.example/org/app'];

describe('a name alone', () => {
  it.each(['main', 'nightly', 'edge', 'stable', 'latest', '1.0', 'sha-0123abc', 'pr-12', 'feature-x'])(
    'that is not that of the repository is meant as a tag: %s',
    async (name) => {
      await expect(goes(registry, [name])).rejects.toThrow(
        new RegExp(`"${name}" is a name without a tag.*did you mean app:${name}\\?.*by-digest`),
      );
    },
  );

  it.each([
    ['12/merge', 'app:12-merge'],
    ['2024/hotfix', 'app:2024-hotfix'],
    ['feature/x', 'app:feature-x'],
  ])('that is a branch is told with a tag that can be: %s, %s', async (name, meant) => {
    await expect(goes(registry, [name])).rejects.toThrow(`did you mean ${meant}?`);
  });

  it.each(['app', 'org/app', 'h.example/org/app'])(
    'that is that of the repository publishes by digest: %s',
    async (name) => {
      expect(await goes(registry, [name])).toEqual(['docker://h.example/org/app no tag']);
    },
  );

  it.each([['file://./site'], ['s3://bucket'], ['oci:./layout']])(
    'is an error for %s, and not with by-digest',
    async (target) => {
      await expect(goes([target], ['app'])).rejects.toThrow(/"app" is a name without a tag.*by-digest/);
      const [found] = await goes([target], ['app'], byDigest);
      expect(found).toMatch(/ no tag$/);
    },
  );

  it('that is that of the folder of a layout publishes there without a tag', async () => {
    expect(await goes(['oci:./out/app'], ['app'])).toEqual(['oci:./out/app no tag']);
    expect(await goes(['docker://h.example/app', 'oci:./layout'], ['app'])).toEqual([
      'docker://h.example/app no tag',
      'oci:./layout no tag',
    ]);
  });

  it('with by-digest may be any in a bucket or a directory', async () => {
    expect(await goes(['file://./site'], ['any/name'], byDigest)).toEqual(['file://./site#any/name no tag']);
  });

  it('goes along with a tag in the address, and not with one of its own', async () => {
    expect(await goes(['docker://h.example/org/app:1'], ['app'])).toEqual(['docker://h.example/org/app 1']);
    await expect(goes(registry, ['app', 'app:1'])).rejects.toThrow(/"app" publishes by digest.*app:1/);
  });
});

describe('by-digest', () => {
  it('with a tag is an error', async () => {
    await expect(goes(registry, ['app:1'], byDigest)).rejects.toThrow(/by-digest.*app:1/);
    await expect(goes(['docker://h.example/app:1'], [], byDigest)).rejects.toThrow(/by-digest.*:1/);
    await expect(goes(['oci:./layout:1'], [], byDigest)).rejects.toThrow(/by-digest.*:1/);
  });

  it('needs no name but in a bucket or a directory, where a tag of git gives it', async () => {
    const targets = [...registry, 'oci:./layout'];
    expect(await goes(targets, [], byDigest)).toEqual([
      'docker://h.example/org/app no tag',
      'oci:./layout no tag',
    ]);
    await expect(goes(['s3://bucket'], [], byDigest)).rejects.toThrow(
      /target s3:\/\/bucket needs "tag": a name/,
    );
    for (const ref of ['refs/tags/v1.2.3', 'refs/tags/nightly']) {
      expect(await goes([...registry, 's3://bucket'], [], byDigest, runFor(ref))).toEqual([
        'docker://h.example/org/app no tag',
        's3://bucket#app no tag',
      ]);
    }
  });

  it('takes a name that is not the repository of a registry for a contradiction, too', async () => {
    await expect(goes(registry, ['other'], byDigest)).rejects.toThrow(/no target is a repository "other"/);
  });
});

describe('names in "tag"', () => {
  it('that no target has are an error, beside others that one has', async () => {
    await expect(goes(['docker://h.example/albatros'], ['albatros:0.9', 'other:0.9'])).rejects.toThrow(
      /"other:0.9".*no target is a repository "other".*did you mean albatros:0.9\?/,
    );
  });

  it('that a bucket, a directory or a layout uses are none', async () => {
    expect(await goes(['docker://h.example/a', 'file://./site'], ['a:1', 'b:2'])).toEqual([
      'docker://h.example/a 1',
      'file://./site#a 1',
      'file://./site#b 2',
    ]);
    expect(await goes(['docker://h.example/a', 'oci:./layout'], ['a:1', 'b:2'])).toEqual([
      'docker://h.example/a 1',
      'oci:./layout 1, 2',
    ]);
  });

  it('go each to its own repository', async () => {
    expect(await goes(['docker://h.example/a', 'docker://h.example/b'], ['a:1', 'b:2', 'a:3'])).toEqual([
      'docker://h.example/a 1, 3',
      'docker://h.example/b 2',
    ]);
  });

  it('go to a repository of another name beside their own: a mirror', async () => {
    expect(await goes(['docker://h.example/app', 'docker://m.example/app-mirror'], ['app:1'])).toEqual([
      'docker://h.example/app 1',
      'docker://m.example/app-mirror 1',
    ]);
  });

  it('may be the path of a repository, on Docker Hub, too', async () => {
    expect(await goes(['docker://docker.io/org/app'], ['org/app:1'])).toEqual([
      'docker://docker.io/org/app 1',
    ]);
    expect(await goes(['docker://alpine'.replace('alpine', 'docker.io/alpine')], ['alpine:3'])).toEqual([
      'docker://docker.io/library/alpine 3',
    ]);
  });

  it('are no contradiction where a tag of git gives them', async () => {
    expect(
      await goes(['docker://h.example/other', 'oci:./layout'], [], {}, runFor('refs/tags/v1.2.3')),
    ).toEqual(['docker://h.example/other 1.2.3', 'oci:./layout 1.2.3']);
  });
});

describe('full references in "tag"', () => {
  const both = ['ghcr.io/org/app:1', 'ghcr.io/org/app:latest', 'index.docker.io/org/app:1'];

  it('go each to the target of its repository', async () => {
    expect(await goes(['docker://ghcr.io/org/app', 'docker://docker.io/org/app'], both)).toEqual([
      'docker://ghcr.io/org/app 1, latest',
      'docker://docker.io/org/app 1',
    ]);
  });

  it('are the targets where none is given', async () => {
    expect(await goes([], both)).toEqual([
      'docker://ghcr.io/org/app 1, latest',
      'docker://docker.io/org/app 1',
    ]);
    expect(await goes([], ['ghcr.io/org/app'], byDigest)).toEqual(['docker://ghcr.io/org/app no tag']);
    await expect(goes([], ['ghcr.io/org/app'])).rejects.toThrow(
      /"ghcr.io\/org\/app" is a name without a tag.*by-digest/,
    );
    await expect(goes([], ['app:1'])).rejects.toThrow(/no target: .*docker:\/\//);
    await expect(goes([], [])).rejects.toThrow(/no target/);
  });

  it('of a repository that no target has are an error', async () => {
    await expect(goes(['docker://ghcr.io/org/app'], both)).rejects.toThrow(
      /"index.docker.io\/org\/app:1".*no target is docker:\/\/docker.io\/org\/app/,
    );
    await expect(goes(['docker://other.example/org/md'], ['ghcr.io/org/md:1.4.0'])).rejects.toThrow(
      /"ghcr.io\/org\/md:1.4.0".*no target is docker:\/\/ghcr.io\/org\/md/,
    );
  });

  it('of other repositories alone leave a target without a tag: an error', async () => {
    const targets = ['docker://ghcr.io/org/app', 'docker://mirror.example/org/app'];
    await expect(goes(targets, ['ghcr.io/org/app:1'])).rejects.toThrow(
      /target docker:\/\/mirror.example\/org\/app has no tag/,
    );
    expect(await goes([targets[0] ?? '', `${targets[1]}:2`], ['ghcr.io/org/app:1'])).toEqual([
      'docker://ghcr.io/org/app 1',
      'docker://mirror.example/org/app 2',
    ]);
  });

  it('name the repository in a bucket, a directory or a layout without their host', async () => {
    expect(await goes(['docker://ghcr.io/org/app', 'file://./site'], ['ghcr.io/org/app:1'])).toEqual([
      'docker://ghcr.io/org/app 1',
      'file://./site#org/app 1',
    ]);
    expect(await goes(['file://./site', 'oci:./layout'], ['ghcr.io/org/app:1'])).toEqual([
      'file://./site#org/app 1',
      'oci:./layout 1',
    ]);
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { writeFiles } from '../../__tests__/fixtures/binaries.ts';
import { dockerArchive } from '../../__tests__/fixtures/docker-archive.ts';
import { noise } from '../../__tests__/fixtures/image.ts';
import { imageOf } from '../../__tests__/fixtures/pullable.ts';
import type { TarMember } from '../../__tests__/fixtures/tar.ts';
import { runAlba } from '../../__tests__/support/alba.ts';
import { ownPlatform } from '../../src/pull/choose-platforms.ts';
import { ownSystem } from '../../src/pull/static/choose-files.ts';

/** The versions that are pulled in turn. */
export const versions = ['1.0', '2.0'] as const;

/** In entries: many at the root, so that a swap of them takes a while, and many below. */
const entries = 80;

/** Publishes two versions of an image and of a release of files into `site` below a folder. */
export async function publishVersions(folder: string): Promise<void> {
  for (const version of versions) {
    const image = imageOf(ownPlatform({ arch: process.arch }), baseLayer(), layerOf(version));
    const archive = join(folder, `${version}.tar`);
    await writeFile(archive, dockerArchive(image));
    await mkdir(join(folder, version));
    const { os, architecture } = ownSystem({ platform: process.platform, arch: process.arch });
    await writeFiles(join(folder, version), filesOf(version, `${os}/${architecture}`));
    for (const words of [
      ['container', 'push', '--no-cache', '-t', `app:${version}`, archive],
      ['static', 'push', '--no-cache', '-t', `tool:${version}`, version],
    ]) {
      const { code, stderr } = await runAlba([...words, 'file://./site'], { cwd: folder });
      if (code !== 0) throw new Error(`could not publish ${version}: ${stderr}`);
    }
  }
}

function baseLayer(): TarMember[] {
  return [
    { name: 'base/', mode: 0o755 },
    { name: 'base/large', content: noise('base', 1_500_000) },
    ...many('base/', 'base'),
    { name: 'base/link', symlink: '../both' },
  ];
}

function layerOf(version: string): TarMember[] {
  return [
    { name: 'both', content: version },
    { name: 'share/', mode: 0o755 },
    { name: 'share/same', link: 'both' },
    { name: `only-${version}`, content: noise(version, 500_000) },
    ...many(`v${version}-`, version),
    { name: 'base/.wh.7' },
  ];
}

function many(prefix: string, text: string): TarMember[] {
  return Array.from({ length: entries }, (_, at) => ({ name: `${prefix}${at}`, content: `${text} ${at}` }));
}

function filesOf(version: string, platform: string): Record<string, string | Buffer> {
  return {
    [`${platform}/tool`]: `#!/bin/sh\necho ${version}\n`,
    [`${platform}/large`]: noise('large', 1_000_000),
    [`${platform}/own`]: noise(version, 1_000_000),
    ...Object.fromEntries(
      many(`${platform}/v${version}-`, version).map(({ name, content = '' }) => [name, `${content}`]),
    ),
  };
}

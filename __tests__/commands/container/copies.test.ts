import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const at = (name: string) => join(temporary.path, name);

describe('one image under the names of two platforms', () => {
  it('is refused, and nothing is published', async () => {
    const image = makeImage({ os: 'linux', architecture: 'arm' });
    await temporary.write('app-linux-arm-v6.tar', dockerArchive([image]));
    await copyFile(at('app-linux-arm-v6.tar'), at('app-linux-arm-v7.tar'));
    const words = ['app-linux-arm-v6.tar', 'app-linux-arm-v7.tar', 'file://./site'];
    const ended = await runAlba(['container', 'push', '--no-cache', '-t', 'app:1', ...words], {
      cwd: temporary.path,
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/are for linux\/arm\/v6 and linux\/arm\/v7, but hold one image/);
    expect(await readdir(temporary.path)).not.toContain('site');
  });
});

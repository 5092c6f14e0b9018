import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { commands } from '../../src/commands/all.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const push = ['container', 'push', '-t', 'a:1'];
const release = ['static', 'push', '-t', 'a:1', 'df', 'file://./site'];
const pull = ['container', 'pull', 'docker/linux.amd64.tar.gz', './out'];

/** Every input that takes the name of a file or a folder that has to be there, and a call that gives one. */
const reading: readonly (readonly [input: string, words: (path: string) => string[]])[] = [
  ['artifacts', (path) => [...push, path, 'oci:./layout']],
  ['artifacts', (path) => ['static', 'push', '-t', 'a:1', path, 'file://./site']],
  ['base', (path) => [...push, '--base', `./${path}`, 'df', 'oci:./layout']],
  ['sbom', (path) => [...push, '--sbom', path, 'docker', 'oci:./layout']],
  ['sbom', (path) => [...push, '--sbom', `linux/amd64=${path}`, 'docker', 'oci:./layout']],
  ['skeleton', (path) => [...push, '--from-files', '--skeleton', `ca=${path}`, 'df', 'oci:./layout']],
  ['notes', (path) => [...release, '--notes', path]],
  ['ca-certificate', (path) => [...release, '--ca-certificate', path]],
  ['client-certificate', (path) => [...release, '--client-certificate', path, '--client-key', 'plain']],
  ['apply', (path) => ['container', 'gc', '--apply', path, 'oci:./layout']],
  ['apply', (path) => ['static', 'gc', '--apply', path, 'file://./site#a']],
  ['source', (path) => ['container', 'pull', path, './out']],
  ['source', (path) => ['container', 'copy', `docker-archive:./${path}`, 'oci:./layout']],
  ['source', (path) => ['container', 'copy', `oci-archive:./${path}:1`, 'oci:./layout']],
  ['source', (path) => ['container', 'inspect', path]],
  ['sources', (path) => ['container', 'diff', path, 'docker/linux.amd64.tar.gz']],
  ['directory', (path) => ['serve', path]],
  ['store', (path) => ['store', 'gc', path]],
];

/** Those whose file or folder is made, by a call that names one below a file. */
const writing: readonly (readonly [input: string, words: (path: string) => string[]])[] = [
  [
    'save-plan',
    (path) => ['container', 'gc', '--keep', '1', '--dry-run', '--save-plan', path, 'oci:./standing'],
  ],
  ['cache-dir', (path) => [...push, '--cache-dir', path, 'docker', 'oci:./layout']],
  ['store', (path) => [...pull, '--store', path]],
  ['destination', (path) => ['container', 'pull', 'docker/linux.amd64.tar.gz', path]],
  ['target', (path) => [...push, 'docker', `oci:./${path}`]],
  ['target', (path) => [...push, 'docker', `oci-archive:./${path}`]],
  ['target', (path) => [...push, 'docker', `file://./${path}`]],
];

/** What Node and the system say, which no sentence of ours has in it. */
const raw = /\bE[A-Z]{4,}\b|, (open|stat|read|mkdir|scandir)\b/;

describe('an input that names a file', () => {
  beforeAll(async () => {
    makeArtifacts(join(temporary.path, 'docker'));
    await mkdir(join(temporary.path, 'df/linux/amd64'), { recursive: true });
    await writeFile(join(temporary.path, 'df/linux/amd64/app'), '#!/bin/sh\n');
    await mkdir(join(temporary.path, 'folder'));
    await writeFile(join(temporary.path, 'plain'), 'text');
    const made = await runAlba([...push, '--no-cache', 'docker', 'oci:./standing'], { cwd: temporary.path });
    expect(made, made.stderr).toMatchObject({ code: 0 });
  });

  it('is one that some command has', () => {
    const known = new Set(commands.flatMap(({ inputs }) => Object.keys(inputs)));
    expect([...reading, ...writing].filter(([input]) => !known.has(input))).toEqual([]);
  });

  it.each(reading)('of what is not there says so, and where it was looked for: %s', async (_, words) => {
    const ended = await runAlba(words('missing'), { cwd: temporary.path });
    expect(ended.code, ended.stderr).toBeGreaterThan(0);
    expect(ended.stderr).toMatch(/missing.*(does not exist|is not there|is no store|no such f)/);
    expect(ended.stderr).not.toMatch(raw);
  });

  it.each(reading.filter(([input]) => input !== 'directory'))(
    'of an empty folder says what it is: %s',
    async (_, words) => {
      const ended = await runAlba(words('folder'), { cwd: temporary.path });
      expect(ended.code, ended.stderr).toBeGreaterThan(0);
      expect(ended.stderr).toContain('folder');
      expect(ended.stderr).not.toMatch(raw);
    },
  );

  it.each(writing)('that cannot be made below a file says so: %s', async (_, words) => {
    const ended = await runAlba(words('plain/x'), { cwd: temporary.path });
    expect(ended.stderr).toMatch(/a part of the path is a file|there is a file|is a file/);
    expect(ended.stderr).toContain('plain');
    expect(ended.stderr).not.toMatch(raw);
  });
});

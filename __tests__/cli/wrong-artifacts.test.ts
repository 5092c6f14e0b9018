import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const amd64 = { os: 'linux', architecture: 'amd64' };
const archive = dockerArchive(makeImage(amd64));
const sbom = '{"spdxVersion": "SPDX-2.3", "packages": []}';
const digest = `sha256:${'0a'.repeat(32)}`;

/** What lies in the working directory. */
const files: Readonly<Record<string, Buffer | string>> = {
  'two.tar': dockerArchive([makeImage(amd64), makeImage(amd64, { layers: [5000] })]),
  'rootfs.tar': tar([
    { name: 'bin/sh', content: '#!' },
    { name: 'etc/os-release', content: 'ID=x' },
  ]),
  'nested.tar': tar([
    { name: 'image/oci-layout', content: '{}' },
    { name: 'image/index.json', content: '{}' },
  ]),
  'files.tar': tar([{ name: 'hello', content: 'x' }]),
  'compose.yaml': '# our site\nservices:\n  app:\n    build: .\n',
  Dockerfile: '# syntax=docker/dockerfile:1\nFROM scratch\n',
  'build.sh': '#!/bin/sh\nmake\n',
  'result-old':
    '#!/nix/store/a-bash/bin/bash -e\nexec /nix/store/b-python3/bin/python3 /nix/store/c-stream_layered_image.py\n',
  result:
    '#! /nix/store/a-bash-5.2/bin/bash -e\nexec "/nix/store/b-stream"  /nix/store/c-app-conf.json "$@"\n',
  'index.json': '{"schemaVersion": 2, "manifests": []}',
  'sbom.spdx.json': sbom,
  'beside/app.tar': archive,
  'beside/sbom.spdx.json.gz': gzipSync(sbom),
  'other/app.tar': archive,
  'other/notes.tar': tar([{ name: 'notes', content: 'x' }]),
  'named/app-linux-amd64.tar': archive,
  'named/app-linux-arm64.spdx.json': sbom,
};

/** An artifact as somebody may name it, and what is said of it. */
const sentences: readonly (readonly [artifact: string, sentence: string])[] = [
  [
    'app:1',
    'app:1 does not exist in DIR: if it is an image that docker has here, save it first (docker save -o image.tar app:1) and name image.tar; if it is published, write docker://host/app:1, for Docker Hub docker://docker.io/library/app:1',
  ],
  [
    'org/app:1',
    'org/app:1 does not exist in DIR: if it is an image that docker has here, save it first (docker save -o image.tar org/app:1) and name image.tar; if it is published, write docker://host/org/app:1, for Docker Hub docker://docker.io/org/app:1',
  ],
  [
    'docker-archive:files.tar',
    'docker-archive:files.tar does not exist in DIR: an artifact on disk is named by its path alone: files.tar',
  ],
  [
    'containers-storage:app',
    'if it is an image that docker has here, save it first (docker save -o image.tar app) and name image.tar',
  ],
  [
    digest,
    `${digest} does not exist in DIR: a digest does not say where the image is: write docker://host/name@sha256:…, or, if docker has it here, save it (docker save) and name the file`,
  ],
  [`app@${digest}`, 'a digest does not say where the image is: write docker://host/name@sha256:…'],
  [
    'two.tar,files.tar',
    'two.tar,files.tar does not exist in DIR: if it is several artifacts, name each on a line of its own, on the command line as a word of its own',
  ],
  [
    'two.tar files.tar',
    'two.tar files.tar does not exist in DIR: if it is several artifacts, name each on a line',
  ],
  ['~/x', '~/x does not exist in DIR: only a shell replaces ~ by the home folder: write its path'],
  [
    '$VAR/x',
    `$VAR/x does not exist in DIR: VAR is a variable, which only a shell replaces: in a workflow write \${{ env.VAR }}, on the command line leave it out of single quotes`,
  ],
  [`\${VAR}/x`, `VAR is a variable, which only a shell replaces: in a workflow write \${{ env.VAR }}`],
  [`\${{ github.workspace }}/x`, `only workflow files have \${{ … }} replaced: write what it stands for`],
  [
    'C:\\x',
    'C:\\x does not exist in DIR: that is a path of Windows, and this machine is none: write a path from the working directory, with /',
  ],
  ['images\\x.tar', 'the parts of a path are separated by / here: is images/x.tar meant?'],
  [
    '"two.tar"',
    '"two.tar" does not exist in DIR: the quotes are taken for a part of the name: leave them out',
  ],
  ['gone/app.tar', 'gone/app.tar does not exist in DIR: is the path right, and was it built before this?'],
  ['/gone/app.tar', '/gone/app.tar does not exist: is the path right, and was it built before this?'],
  [
    '*.zst',
    '*.zst matches no image archive and no OCI layout in DIR: is the path right, and was it built before this?',
  ],
  [
    'rootfs.tar',
    'DIR/rootfs.tar is no image archive: it is a root filesystem, as docker export and buildx --output type=tar write it: save the image (docker save), or build with --output type=docker or type=oci',
  ],
  [
    'nested.tar',
    'DIR/nested.tar is no image archive: it has image/oci-layout where oci-layout should be: pack what is in image/, not the folder (tar -C image -cf image.tar .)',
  ],
  [
    'files.tar',
    'DIR/files.tar is no image archive: it has neither manifest.json (docker archive) nor index.json (OCI layout) at its root: expected what docker save writes, or an OCI layout',
  ],
  [
    'compose.yaml',
    'DIR/compose.yaml is not a tar, but a compose file: build its images (docker compose build), then docker save each; expected an image archive as docker save writes it, or an OCI layout',
  ],
  ['Dockerfile', 'DIR/Dockerfile is not a tar, but a Dockerfile: build it (docker build), then docker save'],
  [
    'build.sh',
    'DIR/build.sh is not a tar, but a script: if it writes an image, run it and name what it has written',
  ],
  ...['result', 'result-old'].map(
    (name) =>
      [
        name,
        `DIR/${name} is not a tar, but a script of Nix's streamLayeredImage: run it, since it writes the image: ./result > image.tar, and name image.tar; on the command line, ./result | alba container push -t name:tag - target`,
      ] as const,
  ),
  [
    'index.json',
    'DIR/index.json is not a tar, but a document of an OCI layout: name the folder of the layout, which it lies in',
  ],
  [
    'sbom.spdx.json',
    'DIR/sbom.spdx.json is not a tar, but an SBOM: it describes an image; expected an image archive',
  ],
  [
    'beside',
    'DIR/beside/sbom.spdx.json.gz is not a tar, but an SBOM: it describes an image; expected an image archive as docker save writes it, or an OCI layout; where a folder or a glob led to it, !DIR/beside/sbom.spdx.json.gz leaves it out',
  ],
  [
    'other/*',
    'at its root: expected what docker save writes, or an OCI layout; where a folder or a glob led to it, !DIR/other/notes.tar leaves it out',
  ],
  [
    'named',
    'warning: named/app-linux-arm64.spdx.json is passed over, though it is named for linux/arm64: it is not a tar, but an SBOM; if it is to be left out, say so by a line !named/app-linux-arm64.spdx.json',
  ],
  [
    'two.tar',
    'an index holds one of each platform: save only the one that is meant (docker save -o image.tar name:tag)',
  ],
];

describe.skipIf(process.platform === 'win32')('an artifact that is none', () => {
  beforeAll(async () => {
    for (const folder of ['beside', 'other', 'named']) await mkdir(join(temporary.path, folder));
    for (const [name, content] of Object.entries(files)) await temporary.write(name, content);
  });

  it.each(sentences)('%j is told with what to do', async (artifact, sentence) => {
    const { stderr } = await runAlba(
      ['container', 'push', '--dry-run', '-t', 'app:1.0', artifact, 'file://./site'],
      { cwd: temporary.path },
    );
    expect(stderr).toContain(sentence.replaceAll('DIR', temporary.path));
  });

  it('named for a static push is told in the same words', async () => {
    const { code, stderr } = await runAlba(
      ['static', 'push', '--dry-run', '-t', 'app:1.0', '~/df', 'gone', 'file://./site'],
      { cwd: temporary.path },
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      'there is no such folder: only a shell replaces ~ by the home folder: write its path',
    );
    expect(stderr).toContain('there is no such folder: is the path right, and was it built before this?');
  });
});

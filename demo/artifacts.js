// Makes small but real docker archives for four platforms, by code alone: node demo/artifacts.js FOLDER
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const platforms = [
  { os: 'linux', architecture: '386' },
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
  { os: 'linux', architecture: 'arm64' },
];

/** Writes one archive a platform into a folder, as `docker save | gzip` would; returns their paths. */
export function makeArtifacts(folder) {
  mkdirSync(folder, { recursive: true });
  return platforms.map((platform) => {
    const path = join(folder, `${Object.values(platform).join('.')}.tar.gz`);
    writeFileSync(path, gzipSync(archive(platform)));
    return path;
  });
}

function archive(platform) {
  const name = Object.values(platform).join('/');
  const common = tar([['etc/motd', Buffer.from('The same on every platform.\n'.repeat(2000))]]);
  const own = tar([['bin/hello', Buffer.from(`#!/bin/sh\necho hello from ${name}\n`), 0o755]]);
  const config = Buffer.from(
    JSON.stringify({
      ...platform,
      config: { Cmd: ['/bin/hello'] },
      rootfs: { type: 'layers', diff_ids: [common, own].map((layer) => `sha256:${sha256(layer)}`) },
    }),
  );
  const manifest = [
    {
      Config: `${sha256(config)}.json`,
      RepoTags: ['albatros:0.9'],
      Layers: ['common/layer.tar', 'own/layer.tar'],
    },
  ];
  return tar([
    ['common/layer.tar', common],
    ['own/layer.tar', own],
    [`${sha256(config)}.json`, config],
    ['manifest.json', Buffer.from(JSON.stringify(manifest))],
  ]);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A POSIX tar of regular files. */
function tar(files) {
  const blocks = files.flatMap(([name, bytes, mode = 0o644]) => {
    const header = Buffer.alloc(512);
    const octal = (value, at, length) => header.write(value.toString(8).padStart(length - 1, '0'), at);
    header.write(name);
    octal(mode, 100, 8);
    octal(0, 108, 8);
    octal(0, 116, 8);
    octal(bytes.length, 124, 12);
    octal(1, 136, 12);
    header.write('        0', 148);
    header.write('ustar\u000000', 257);
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      148,
      7,
    );
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const path of makeArtifacts(process.argv[2] ?? 'docker')) console.log(path);
}

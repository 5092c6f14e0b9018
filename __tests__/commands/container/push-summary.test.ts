import { expect, it } from 'vitest';
import { containerPushSummary } from '../../../src/commands/container/push-summary.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}` as const;

it.each([
  ['ghcr.io/org/app', 'https://ghcr.io/org/app'],
  ['docker.io/org/app', 'https://hub.docker.com/r/org/app'],
  ['quay.io/org/app', 'https://quay.io/repository/org/app'],
  ['registry.example.org/app', undefined],
])('the page of a run links to where %s is looked at: %s', (repository, url) => {
  const { blocks } = containerPushSummary(
    {
      digest,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      size: 1,
      index: `docker://${repository}@${digest}`,
      references: [
        `${repository}:1.0@${digest}`,
        `${repository}:latest@${digest}`,
        `file:///site/app:1.0@${digest}`,
      ],
      platforms: {},
      manifests: [],
      tags: ['1.0', 'latest'],
      targets: [],
      pushedBytes: 1,
      skippedBytes: 1,
      missingBytes: 0,
      cacheHit: 'false',
      dryRun: false,
    },
    1,
  );
  const links = blocks
    .flatMap((block) => ('list' in block ? block.list.flat() : []))
    .filter((cell) => {
      return typeof cell === 'object' && 'url' in cell;
    });
  expect(links).toEqual(url === undefined ? [] : [{ text: repository, url }]);
  expect(blocks.filter((block) => 'command' in block)).toEqual([
    { command: `docker pull ${repository}:1.0` },
  ]);
});

import { pullDestinationForms } from '../../place/pull-destination.ts';
import { formsIn } from '../../place/schemes.ts';
import { parseWantedLayer } from '../../pull/choose-layers.ts';
import { parseSize } from '../../pull/size-limit.ts';
import { command } from '../command.ts';
import { connection, trustedEndpoints } from '../connection.ts';
import { flag, integer, lines, list, parsed, text } from '../kinds.ts';
import { pullOutputs } from '../pull-outputs.ts';
import { parseWantedPlatforms } from '../wanted-platforms.ts';

/** What `container pull` is told. */
export const containerPullInputs = {
  source: text('what to pull: a published image, or an image archive or an OCI layout', {
    more: 'As a reference, by tag or by digest, or as a path; on the command line `-` for an archive that is piped in',
    needed: 'no source: name a published image, such as docker://ghcr.io/org/app:1.0, or an archive',
    word: 'source',
    forms: [...formsIn('reference'), ['./path', 'what docker save, Nix, buildx, podman or skopeo wrote']],
  }),
  destination: text('where to: a folder for the files, or a layout or an archive for the image', {
    needed: 'no destination: name a folder, such as ./app, or oci:./directory or docker-archive:./file.tar',
    word: 'destination',
    forms: pullDestinationForms,
  }),
  platform: list('the platforms to pull, such as `linux/arm64`, or `all`', {
    more: 'Empty means what runs best on Linux on this machine, for layouts all of them. Of several each gets a folder of its own, such as `linux-arm64`, in the destination',
    placeholder: 'list',
    parse: parseWantedPlatforms,
  }),
  path: lines('paths in the image: what lies below them is pulled, and nothing else', {
    more: 'It lies at the root of the destination; a path that is a file keeps its name',
    placeholder: 'path',
    parse: (paths) => paths,
  }),
  layer: parsed('one layer alone, by its digest, its diffID or its number', parseWantedLayer, {
    more: 'Layers are numbered from 0 at the base, or from -1 at the top',
    placeholder: 'layer',
  }),
  store: text('a folder that keeps layers, so that pulls fetch each once', {
    more: 'Several pulls may share it; `alba store gc` cleans it',
    placeholder: 'folder',
  }),
  link: flag('link files to those of the store in place of copying them', {
    more: 'Who changes one then changes the store',
  }),
  replace: flag('take a folder that is not empty and that no pull wrote; all in it goes'),
  current: flag('let the destination be a symbolic link to the tree, which is swapped in one step'),
  'keep-owner': flag('give files the owners that the image names, which takes root'),
  'keep-special': flag('keep setuid and setgid, devices and pipes, which takes root'),
  'max-size': parsed('what the files may come to, such as `2GB` or `500MiB`; more is an error', parseSize, {
    more: 'Empty means 64 GB, and nine tenths of what is free where they go',
    placeholder: 'size',
  }),
  connection,
  concurrency: integer('how many layers are fetched at once, 4 if not given', {
    least: 1,
    most: 64,
    placeholder: 'count',
  }),
  'trusted-endpoints': trustedEndpoints(
    'servers that may be shown who we are although the source alone names them',
    'The source of a step may come from another job, and name any server; `AWS_ENDPOINT_URL` may be shown it, too. What is typed on the command line is trusted',
  ),
  'dry-run': flag('say what would be fetched, write nothing'),
};

/** `container pull`. */
export const containerPullCommand = command({
  name: 'container pull',
  about: 'unpack a published image or an archive into a folder, or copy it into a layout or an archive',
  inputs: containerPullInputs,
  example: 'alba container pull docker://ghcr.io/org/app:1.0 ./app',
  report: {
    schema: async () => (await import('./pull-result.ts')).containerPullResult,
    lines: ({ path, images }) => {
      const folders = images.flatMap((image) => image.path ?? []);
      if (folders.length > 0) return folders;
      return path === '-' ? [] : [path];
    },
    outputs: pullOutputs({
      digest: 'digest of what was pulled: of the index, or of the manifest where there is none',
      files: 'how many files there are; empty for layouts and archives',
      'pulled-bytes': 'bytes of layers that were fetched or read',
      'skipped-bytes': 'bytes of layers that were here already',
    }),
    summary: async (result, took) => (await import('./pull-summary.ts')).containerPullSummary(result, took),
  },
  async run(values, host) {
    const [{ containerPull }, { containerPullRequest }] = await Promise.all([
      import('./pull.ts'),
      import('./pull-request.ts'),
    ]);
    return containerPull(containerPullRequest(values, host), host.progress);
  },
});

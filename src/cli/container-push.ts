import { Command } from 'commander';
import { splitItems } from '../commands/values.ts';
import { AlbaError } from '../errors.ts';
import { addConnectionOptions, type ConnectionFlags, collect, splitWords } from './options.ts';

interface Flags extends ConnectionFlags {
  readonly tag: readonly string[];
  readonly from: readonly string[];
  readonly platforms: string;
  readonly format: string;
  readonly compression: string;
  readonly compressionLevel: string;
  readonly concurrency: string;
  readonly dryRun: boolean;
  readonly cacheFrom: readonly string[];
  readonly floating: boolean;
  readonly immutable: boolean;
  readonly annotation: readonly string[];
  readonly label: readonly string[];
  readonly json: boolean;
  readonly verbose: boolean;
}

const examples = `
Targets:
  docker://host[:port]/repository[:tag]  a registry
  s3://bucket[/prefix]?endpoint=…        a bucket, which serves as a registry by itself
  file://./directory                     the same tree on disk; alba serve DIRECTORY serves it
  oci:./directory[:tag]                  an OCI image layout

Example:
  alba container push -t albatros:0.9 docker/ 's3://registry.example.org?endpoint=s3.example.org&region=garage'`;

/** `alba container push`. */
export function containerPushCommand(): Command {
  const command = new Command('push')
    .description('merge image archives and layouts into one multi-platform index and publish it')
    .argument(
      '<artifact|target...>',
      'what the build left: files, folders, globs; then one or more target URLs',
    )
    .option('-t, --tag <name:tag>', 'may repeat; a name alone publishes by digest', collect, [])
    .option('--from <reference>', 'a published image to publish elsewhere, too; may repeat', collect, [])
    .option(
      '--platforms <list>',
      'the platforms that must be there and no others, such as linux/amd64,linux/arm64',
      '',
    )
    .option('--format <format>', 'media types of the index and of manifests made here: oci or docker', 'oci')
    .option('--compression <name>', 'of layers that arrive uncompressed: gzip, zstd or none', 'gzip')
    .option('--compression-level <level>', 'gzip: 1 to 9, usually 3; zstd: 1 to 19, usually 2', '')
    .option('--concurrency <count>', 'uploads at once for each target', '4')
    .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
    .option('--floating', 'let 1.2, 1 and latest move with a release 1.2.3, never backwards', false)
    .option('--immutable', 'fail where a tag names something else already', false)
    .option('--annotation <key=value>', 'for the index and its manifests; may repeat', collect, [])
    .option('--label <key=value>', 'for the configs of images; may repeat', collect, [])
    .option('--cache-from <url>', 'a published image to learn layers from; may repeat', collect, [])
    .option('--json', 'print what was published as JSON on stdout', false)
    .option('--verbose', 'tell more', false)
    .addHelpText('after', examples);
  return addConnectionOptions(command).action(run);
}

async function run(words: readonly string[], flags: Flags): Promise<void> {
  const [{ containerPush }, { parseContainerPush }, { readContext }, { cliProgress }] = await Promise.all([
    import('../commands/container/push.ts'),
    import('../commands/container/push-request.ts'),
    import('./context.ts'),
    import('./progress.ts'),
  ]);
  const { artifacts, targets } = splitWords(words);
  if (artifacts.length + flags.from.length === 0) {
    const before = 'name at least one path or glob before the targets, or a published image with --from';
    throw new AlbaError('usage', `no artifacts: ${before}`);
  }
  const request = await parseContainerPush(
    {
      artifacts: [...artifacts, ...flags.from],
      targets,
      tags: flags.tag.flatMap(splitItems),
      platforms: splitItems(flags.platforms),
      format: flags.format,
      compression: flags.compression,
      compressionLevel: flags.compressionLevel,
      concurrency: flags.concurrency,
      dryRun: `${flags.dryRun}`,
      cacheFrom: flags.cacheFrom,
      floating: `${flags.floating}`,
      immutable: `${flags.immutable}`,
      annotations: flags.annotation,
      labels: flags.label,
    },
    () => readContext(flags),
  );
  const progress = cliProgress(flags.verbose);
  try {
    const result = await containerPush(request, progress);
    if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else for (const reference of result.references) progress.line(reference);
  } finally {
    progress.end();
  }
}

import { Command } from 'commander';
import { addConnectionOptions, type ConnectionFlags, collect, splitWords } from './options.ts';

interface Flags extends ConnectionFlags {
  readonly tag: readonly string[];
  readonly extract: string;
  readonly page: boolean;
  readonly publicUrl: string;
  readonly contentDisposition: string;
  readonly concurrency: string;
  readonly dryRun: boolean;
  readonly immutable: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

const examples = `
Targets:
  s3://bucket[/prefix]?endpoint=…  a bucket
  file://./directory               the same tree on disk; alba serve DIRECTORY serves it

Example:
  alba static push -t albatros:0.9 df/ 's3://download.example.org?endpoint=s3.example.org&region=garage'`;

/** `alba static push`. */
export function staticPushCommand(): Command {
  const command = new Command('push')
    .description('publish a tree <os>/<architecture>/<files> as df-dist-v1')
    .argument(
      '<tree|target...>',
      'folders <os>/<architecture>[/<variant>]/<files>; then one or more target URLs',
    )
    .option('-t, --tag <name:tag>', 'the release', collect, [])
    .option('--extract <path>', 'take the files below this path out of image archives instead', '')
    .option('--page', 'write a page to download from', false)
    .option('--public-url <url>', 'where the target is served, for links', '')
    .option('--content-disposition <value>', 'attachment: browsers save the files rather than show them', '')
    .option('--concurrency <count>', 'uploads at once for each target', '4')
    .option('--dry-run', 'read and check everything, tell what would be sent, write nothing', false)
    .option('--immutable', 'fail where the tag is there with other files', false)
    .option('--json', 'print what was published as JSON on stdout', false)
    .option('--verbose', 'tell more', false)
    .addHelpText('after', examples);
  return addConnectionOptions(command).action(run);
}

async function run(words: readonly string[], flags: Flags): Promise<void> {
  const [{ staticPush }, { parseStaticPush }, { readContext }, { cliProgress }] = await Promise.all([
    import('../commands/static/push.ts'),
    import('../commands/static/push-request.ts'),
    import('./context.ts'),
    import('./progress.ts'),
  ]);
  const { artifacts, targets } = splitWords(words);
  const request = await parseStaticPush(
    {
      artifacts,
      targets,
      tags: flags.tag,
      extract: flags.extract,
      page: `${flags.page}`,
      publicUrl: flags.publicUrl,
      contentDisposition: flags.contentDisposition,
      concurrency: flags.concurrency,
      dryRun: `${flags.dryRun}`,
      immutable: `${flags.immutable}`,
    },
    () => readContext(flags),
  );
  const progress = cliProgress(flags.verbose);
  try {
    const result = await staticPush(request, progress);
    if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else progress.line(result.url);
  } finally {
    progress.end();
  }
}

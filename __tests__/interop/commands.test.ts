import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePlatform } from '../../src/oci/platform.ts';
import { type Served, serve } from '../../src/serve/serve.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeConfig } from '../fixtures/image.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { coreModule } from '../fixtures/wasm.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, startS3 } from '../support/servers/s3.ts';
import { pages } from '../support/snippets.ts';
import { describeWith } from '../support/tools.ts';

interface Documented {
  readonly page: string;
  readonly line: string;
}

/** Those that cannot be run here, by a part of the line, and why. */
const apart: readonly (readonly [part: string, why: string])[] = [
  ['…', 'a part of a command'],
  ['[options]', 'a synopsis, not a command'],
  ['alba store gc <store>', 'a synopsis, not a command'],
  ['alba completion bash|zsh|fish', 'a synopsis, not a command'],
  ['alba serve', 'serves until it is stopped: __tests__/serve'],
  ['https://files.example.org/', 'a server of WebDAV: __tests__/commands/static/push-http'],
  ['https://artifacts.example.org/', 'a server of Artifactory: __tests__/storage/http-servers'],
  ['https://nexus.example.org/', 'a server of Nexus: __tests__/storage/http-servers'],
  ['https://gitlab.example.org/', 'a server of GitLab: __tests__/storage/http-servers'],
  ['https://gitea.example.org/', 'a server of Gitea: __tests__/storage/http-servers'],
  [' github-release:', 'GitHub: __tests__/release/github-release'],
];

/** Every call of alba that stands in a block of code on a page; continued lines are one. */
function documented(): Documented[] {
  return [...pages()].flatMap(([page, text]) => {
    const fenced = [...text.matchAll(/^```(?:sh|console)\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
    const indented = text.replace(/^ *```[\s\S]*?^ *```$/gm, '').match(/^ {4}(?!\|).*$/gm) ?? [];
    const lines = [...fenced, indented.map((line) => line.slice(4)).join('\n')].join('\n');
    const joined = lines.replace(/ *\\\n\s*/g, ' ').split('\n');
    return joined
      .map((line) =>
        line
          .replace(/^\$ /, '')
          .replace(/\s+#\s.*$/, '')
          .replace(/ &$/, '')
          .trim(),
      )
      .filter((line) => /^alba [a-z]/.test(line))
      .map((line) => ({ page, line }));
  });
}

/** Words as a shell takes them apart; there is no expansion in documented commands but `~`. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  );
}

const all = documented();
const isApart = (line: string) => apart.some(([part]) => line.includes(part));

it('commands on the pages are found, and every exception is on one', () => {
  expect(all.length).toBeGreaterThan(25);
  expect(apart.filter(([part]) => !all.some(({ line }) => line.includes(part)))).toEqual([]);
});

describeWith([registryTool[2], 'versitygw'], 'a command on a page, with servers of this machine', () => {
  const temporary = useTemporary();
  const at = (...names: string[]) => join(temporary.path, ...names);
  let registry: Registry;
  let bucket: S3Server;
  let served: Served;

  const tags = ['1.0', '1.1', 'v1.0', '2.1', '1.2.3'];
  const app = (): string => `docker://${registry.host}/org/app`;
  const run = (words: readonly string[], cwd = temporary.path): Promise<Ended> =>
    runAlba(words, { cwd, env: { ...s3Environment(bucket), HOME: temporary.path } });
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), content);
    if (typeof content === 'string') await chmod(at(name), 0o755);
  };
  const here = (word: string): string =>
    word
      .replace(
        /^(?:docker:\/\/)?(?:ghcr\.io|docker\.io|registry\.(?:example\.org|internal))\//,
        `docker://${registry.host}/`,
      )
      .replace(/^https:\/\/[\w.]+\.example\.org/, served.url)
      .replace(
        /^(s3:\/\/[\w.-]+(?:\/[\w./-]*)?)\?[^#]*/,
        `$1?endpoint=${bucket.endpoint}&region=${bucket.region}&s3ForcePathStyle=true`,
      )
      .replace(/^file:\/\/\/srv\//, `file://${temporary.path}/web/`)
      .replace(/^~/, temporary.path);

  beforeAll(async () => {
    [registry, bucket] = await Promise.all([startRegistry(), startS3()]);
    for (const name of new Set(all.flatMap(({ line }) => /s3:\/\/([\w.-]+)/.exec(line)?.[1] ?? []))) {
      await bucket.createBucket(name);
    }
    for (const [platform, file] of [
      ['linux/amd64', 'docker/linux.amd64.tar.gz'],
      ['linux/arm64', 'docker/arm64.tar'],
      ['linux/arm64', 'arm64.tar'],
      ['linux/amd64', 'images/amd64.tar'],
    ] as const) {
      const layers = [
        tar([{ name: 'usr/local/bin/' }, { name: 'usr/local/bin/app', content: Buffer.from(file) }]),
      ];
      const config = makeConfig(parsePlatform(platform), layers);
      await write(file, dockerArchive({ platform: parsePlatform(platform), config, layers }));
    }
    for (const platform of ['linux/amd64', 'linux/arm64']) {
      for (const tree of ['df', 'dist', 'build']) await write(`${tree}/${platform}/app`, '#!app');
    }
    await write('public/index.html', '<p>site');
    await write('target/wasm32-wasip2/release/app.wasm', coreModule());
    const store = (name: string): string =>
      `s3://${name}?endpoint=${bucket.endpoint}&region=${bucket.region}&s3ForcePathStyle=true`;
    const image = 'images/amd64.tar';
    const push = ['container', 'push', '--no-cache'];
    const worlds = [
      ...[...tags].map((tag) => [...push, image, `${app()}:${tag}`]),
      [...push, '-t', 'app:1.0', image, 'file://./srv', store('registry.example.org')],
      ...['0.8', '0.9'].map((tag) => [...push, '-t', `app:${tag}`, image, 'file://./site']),
      [...push, image, 'oci-archive:./app.tar:1.0'],
      ...['0.8', '1.2.0'].map((tag) => [
        ...['static', 'push', '-t', `albatros:${tag}`, 'df'],
        ...['file://./srv', store('download.example.org')],
      ]),
    ];
    for (const words of worlds) {
      const ended = await run(words);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
    }
    served = await serve(at('srv'), { port: 0 });
  }, 120_000);
  afterAll(async () => {
    await served?.close();
    await Promise.all([registry?.stop(), bucket?.stop()]);
  });

  it.each(all.filter((one) => !isApart(one.line)))(
    'does what it is written for, in a folder as the build left it: $line on $page',
    async ({ line }) => {
      const [command = ''] = line.split(' | ');
      const words = wordsOf(command).slice(1).map(here);
      const cwd = `${temporary.path}-used`;
      await cp(temporary.path, cwd, { recursive: true });
      if (words.includes('--check')) await run(words.filter((word) => word !== '--check'));
      const savePlan = words.map((word) => (word === '--apply' ? '--save-plan' : word));
      if (words.includes('--apply')) await run(savePlan, cwd);
      const ended = await run(words, cwd);
      await rm(cwd, { recursive: true });
      // The next one finds under this tag what it is written for.
      if (words[1] === 'push')
        await run(['container', 'push', '--no-cache', 'images/amd64.tar', `${app()}:1.0`]);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
    },
    60_000,
  );
});

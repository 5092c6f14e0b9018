import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeConfig, makeImage } from '../fixtures/image.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { craneValidate, pullWithPodman, pullWithSkopeo } from '../support/clients.ts';
import { itWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const platform = { os: 'linux', architecture: 'amd64' } as const;
let pages: Server;

/** Serves a folder as Cloudflare's documentation of `_headers` says: rules by path, `*` for any rest. */
function servePages(root: string): Server {
  return createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? '').replace(/\/$/, '/index.html'));
    const bytes = await readFile(join(root, path)).catch(() => undefined);
    if (!bytes) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
      return;
    }
    const blocks = (await readFile(join(root, '_headers'), 'utf8')).replace(/^#.*\n/gm, '').split(/^(?=\/)/m);
    const types = blocks.flatMap((block) => {
      const [rule = '', header = ''] = block.split('\n');
      const isMet = rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
      return isMet ? (/^ {2}Content-Type: (.*)$/.exec(header)?.[1] ?? []) : [];
    });
    response.writeHead(200, {
      'content-type': types.join(', ') || 'application/octet-stream',
      'content-length': bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }).listen(0, '127.0.0.1');
}

const push = (tag: string, images: string, site = 'site') =>
  runAlba(['container', 'push', '-t', `org/app:${tag}`, images, `file://./${site}?layout=cloudflare-pages`], {
    cwd: temporary.path,
  });

describe('a directory with layout=cloudflare-pages', () => {
  let host: string;
  beforeAll(async () => {
    await mkdir(at('images'));
    for (const architecture of ['amd64', 'arm64']) {
      const image = makeImage({ os: 'linux', architecture });
      await writeFile(at('images', `${architecture}.tar`), dockerArchive(image));
    }
    await mkdir(at('site'));
    await writeFile(at('site/_headers'), '/mine/*\n  X-Robots-Tag: noindex\n');
    expect(await push('1.0', 'images/')).toMatchObject({ code: 0 });
    pages = servePages(at('site'));
    await once(pages, 'listening');
    host = `127.0.0.1:${(pages.address() as AddressInfo).port}`;
  });
  afterAll(() => pages?.close());

  itWith(['crane', 'skopeo', 'podman'], 'is pulled by crane, skopeo and podman', async () => {
    await craneValidate(`${host}/org/app:1.0`);
    await pullWithSkopeo(`${host}/org/app:1.0`, platform);
    await pullWithPodman(`${host}/org/app:1.0`, platform);
  });

  it("leaves the user's rules, and has one for each document that is there", async () => {
    const text = await readFile(at('site/_headers'), 'utf8');
    expect(text.startsWith('/mine/*\n  X-Robots-Tag: noindex\n# What follows')).toBe(true);
    const rules = text.match(/^\/v2\/org\/app\/manifests\/.*$/gm) ?? [];
    const files = await readdir(at('site/v2/org/app/manifests'));
    expect(rules.map((rule) => rule.replace(/^.*\//, '')).sort()).toEqual(files.sort());
    // An address that leaves the layout out changes nothing of it.
    const rm = ['container', 'rm', 'file://./site#org/app:2.0'];
    await push('2.0', 'images/amd64.tar');
    expect(await readFile(at('site/_headers'), 'utf8')).toContain('manifests/2.0\n');
    expect(await runAlba(rm, { cwd: temporary.path })).toMatchObject({ code: 0 });
    expect(await readFile(at('site/_headers'), 'utf8')).not.toContain('manifests/2.0\n');
  });

  it('refuses more rules than Pages takes before a tag is written', async () => {
    const tags = Array.from({ length: 97 }, (_, at) => ['-t', `org/app:n${at}`]).flat();
    const target = 'file://./many?layout=cloudflare-pages';
    const ended = await runAlba(['container', 'push', ...tags, 'images/', target], { cwd: temporary.path });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('Cloudflare Pages takes 100 rules in _headers');
  });

  it('refuses a file that Pages does not take before a tag is written', async () => {
    const layer = tar([{ name: 'noise', content: randomBytes(27 * 1024 * 1024) }]);
    const image = { platform, config: makeConfig(platform, [layer]), layers: [layer] };
    await writeFile(at('large.tar'), dockerArchive(image));
    const ended = await push('1.0', 'large.tar', 'large');
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(/Cloudflare Pages takes files of 26\.2 MB at most/);
    await expect(access(at('large/v2/org/app/manifests/1.0'))).rejects.toThrow('ENOENT');
  });

  it('is refused for GitHub Pages with the reason, for images alone', async () => {
    const run = (...args: string[]) => runAlba(args, { cwd: temporary.path });
    const images = await run('container', 'push', '-t', 'a:1', 'images/', 'file://./gh?layout=github-pages');
    expect(images).toMatchObject({ code: 2 });
    expect(images.stderr).toContain('GitHub Pages serves manifests as application/octet-stream');
    await mkdir(at('df/linux/amd64'), { recursive: true });
    await writeFile(at('df/linux/amd64/app'), '#!app');
    expect(await run('static', 'push', '-t', 'a:1', 'df/', 'file://./gh?layout=github-pages')).toMatchObject({
      code: 0,
    });
    expect(await run('static', 'push', '-t', 'a:1', 'df/', 'file://./gh?layout=pages')).toMatchObject({
      code: 2,
    });
  });
});

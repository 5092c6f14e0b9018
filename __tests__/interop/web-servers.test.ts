import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { parseIndex } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import {
  craneValidate,
  pullWithContainerd,
  pullWithDocker,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from '../support/clients.ts';
import { answers, type Daemon, freePort, makeDirectory, startDaemon } from '../support/daemon.ts';
import { run } from '../support/run.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const site = () => join(temporary.path, 'site');
const platform = { os: 'linux', architecture: 'amd64' } as const;
const others = { os: 'linux', architecture: 'arm64' } as const;

/** The block of a language on the page, with this machine's directory and address in the place of the reader's. */
async function snippet(language: string, address: string): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '../../docs/web-servers.md'), 'utf8');
  const [, text] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page) ?? [];
  if (text === undefined) throw new Error(`docs/web-servers.md has no ${language}`);
  return text
    .replaceAll('/srv/site', site())
    .replace('listen 80;', `listen ${address};`)
    .replace('<VirtualHost *:80>', `<VirtualHost ${address}>`)
    .replace(/^example\.org \{/m, `http://${address} {\n\tbind 127.0.0.1`);
}

const apacheModules = ['mpm_event', 'authz_core', 'dir', 'mime', 'rewrite'];

const servers: Readonly<
  Record<
    string,
    (directory: string, address: string) => Promise<{ file: string; text: string; args: string[] }>
  >
> = {
  nginx: async (directory, address) => ({
    file: 'nginx.conf',
    text: `daemon off; worker_processes 1; pid nginx.pid; user root;
events {}
http {
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path tmp-${name};`).join('\n')}
access_log off;
${await snippet('nginx', address)}
}
`,
    args: ['-p', directory, '-c', 'nginx.conf', '-e', 'stderr'],
  }),
  caddy: async (_directory, address) => ({
    file: 'Caddyfile',
    text: `{\n\tadmin off\n}\n${await snippet('caddy', address)}`,
    args: ['run', '--config', 'Caddyfile', '--adapter', 'caddyfile'],
  }),
  apache2: async (directory, address) => ({
    file: 'apache.conf',
    text: `ServerRoot ${directory}
ServerName 127.0.0.1
Listen ${address}
PidFile ${directory}/pid
ErrorLog ${directory}/errors
${apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
User www-data
Group www-data
TypesConfig /etc/mime.types
${await snippet('apache', address)}
`,
    args: ['-D', 'FOREGROUND', '-f', join(directory, 'apache.conf')],
  }),
};

const clients = ['dockerd', 'docker', 'containerd', 'ctr', 'podman', 'skopeo', 'crane', 'regctl'];

describeWith([...Object.keys(servers), ...clients], 'a directory with layout=web', () => {
  const started: Daemon[] = [];
  const addresses: Record<string, string> = {};
  let dockerd: Dockerd;
  let containerd: Containerd;

  async function push(name: string, tag: string, ...more: string[]) {
    const ended = await runAlba(
      [
        'container',
        'push',
        '--json',
        '-t',
        `${name}:${tag}`,
        ...more,
        'images/',
        `file://${site()}?layout=web`,
      ],
      { cwd: temporary.path },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }

  beforeAll(async () => {
    await mkdir(join(temporary.path, 'images'));
    for (const each of [platform, others]) {
      await writeFile(
        join(temporary.path, 'images', `${each.architecture}.tar`),
        dockerArchive(makeImage(each)),
      );
    }
    await push('org/app', '1.0.gz');
    await run('chmod', ['a+rx', temporary.path]);
    for (const [tool, configure] of Object.entries(servers)) {
      const directory = makeDirectory(tool);
      const address = `127.0.0.1:${await freePort()}`;
      const { file, text, args } = await configure(directory, address);
      await writeFile(join(directory, file), text);
      const env = { HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
      started.push(
        await startDaemon({ tool, directory, args, env, ready: () => answers(`http://${address}/`) }),
      );
      addresses[tool] = address;
    }
    // What comes after the servers have started needs no reload.
    await push('org/old', '1.0', '--format', 'docker');
    [dockerd, containerd] = await Promise.all([startDockerd(), startContainerd()]);
    started.push(dockerd, containerd);
  });
  afterAll(async () => {
    await Promise.all(started.map((server) => server.stop()));
  });

  const all = Object.keys(servers);

  it('serves what was published before it was to be served so, and what is published without a word of it', async () => {
    const old = join(temporary.path, 'old');
    const alba = (...args: string[]) => runAlba(args, { cwd: temporary.path });
    const copies = async () => (await readdir(join(old, 'alba-web/v2/org/app/manifests'))).sort();
    await alba('container', 'push', '-t', 'org/app:1.0', 'images/', 'file://./old');
    await alba(
      'container',
      'push',
      '-t',
      'org/app:2.0',
      '--format',
      'docker',
      'images/',
      'file://./old?layout=web',
    );
    expect(await copies()).toEqual(expect.arrayContaining(['1.0.oci-index', '2.0.docker-list']));
    await alba('container', 'push', '-t', 'org/app:2.0', 'images/', 'file://./old');
    expect(await copies()).toContain('2.0.oci-index');
    expect(await copies()).not.toContain('2.0.docker-list');
  });

  it.each(all)('%s gives each manifest its media type, and the version 200', async (tool) => {
    const get = async (path: string, method = 'GET') => {
      const response = await fetch(`http://${addresses[tool]}/v2/${path}`, { method });
      await response.arrayBuffer();
      const { headers } = response;
      return [response.status, headers.get('content-type'), headers.get('content-encoding')];
    };
    const index = parseIndex(await readFile(join(site(), 'v2/org/app/manifests/1.0.gz')), 'index');
    expect((await get(''))[0]).toBe(200);
    expect(await get('org/app/manifests/1.0.gz')).toEqual([200, mediaTypes.oci.index, null]);
    expect(await get('org/app/manifests/1.0.gz', 'HEAD')).toEqual([200, mediaTypes.oci.index, null]);
    expect(await get('org/old/manifests/1.0')).toEqual([200, mediaTypes.docker.index, null]);
    for (const { digest } of index.manifests) {
      expect(await get(`org/app/manifests/${digest}`)).toEqual([200, mediaTypes.oci.manifest, null]);
    }
    expect((await get('org/app/manifests/2.0'))[0]).toBe(404);
    expect((await get(`org/app/referrers/${digestOf(Buffer.from('none'))}`))[0]).toBe(404);
  });

  const pulls = {
    docker: (reference: string) => pullWithDocker(dockerd, reference, platform),
    containerd: (reference: string) => pullWithContainerd(containerd, reference, platform),
    podman: (reference: string) => pullWithPodman(reference, platform),
    skopeo: (reference: string) => pullWithSkopeo(reference, others),
    regctl: (reference: string) => pullWithRegctl(reference, others),
    crane: (reference: string) => craneValidate(reference),
  };
  it.each(all.flatMap((tool) => Object.keys(pulls).map((client) => [tool, client])))(
    'is served by %s and pulled by %s, in both formats',
    async (tool, client) => {
      const pull = Object.entries(pulls).find(([name]) => name === client)?.[1];
      await pull?.(`${addresses[tool]}/org/app:1.0.gz`);
      await pull?.(`${addresses[tool]}/org/old:1.0`);
    },
  );

  it('loses the copies of what is deleted, and of nothing else', async () => {
    const note = (name: string) => access(join(site(), 'alba-web/v2/org/app/manifests', `${name}.oci-index`));
    await push('org/app', '2.0');
    await note('2.0');
    const address = `file://${site()}#org/app`;
    const ended = await runAlba(['container', 'rm', `${address}:2.0`], { cwd: temporary.path });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    await expect(note('2.0')).rejects.toThrow(/ENOENT/);
    await note('1.0.gz');
  });
});

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { component, coreModule } from '../fixtures/wasm.ts';
import { runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith, itWith, requireTool } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);

async function alba(args: readonly string[], certificate?: string): Promise<void> {
  const env = { NODE_EXTRA_CA_CERTS: certificate };
  const ended = await runAlba([...args], { cwd: temporary.path, env });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
}

/** A zip file with one program in it, which is stored as it is (APPNOTE.TXT 4.3). */
function zipOf(name: string, content: Buffer): Buffer {
  const path = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, content]);
  const more = Buffer.alloc(14);
  more.writeUInt32LE(0o100755 * 0x10000, 6);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, more, path]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(entry.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, entry, Buffer.from('PK\x05\x06'), end]);
}

describeWith([registryTool[2], 'openssl'], 'artifacts that are no images', () => {
  itWith(
    ['wkg'],
    'are components and modules of WebAssembly for wkg, by reference and as a package',
    async () => {
      await using registry = await startRegistry();
      const modules = {
        component: component({ imports: ['wasi:cli/environment@0.2.0'], exports: ['wasi:cli/run@0.2.0'] }),
        core: coreModule(),
      };
      for (const [name, bytes] of Object.entries(modules)) {
        await writeFile(at(`${name}.wasm`), bytes);
        const reference = `${registry.host}/org/${name}:1.0.0`;
        await alba(['container', 'push', '--artifact', 'wasm', `${name}.wasm`, `docker://${reference}`]);
        const pulled = at(`pulled-${name}.wasm`);
        await run(requireTool('wkg'), ['oci', 'pull', '--insecure', registry.host, '-o', pulled, reference]);
        expect(await readFile(pulled)).toEqual(bytes);
      }
      const settings = [
        `default_registry = "${registry.host}"`,
        `[registry."${registry.host}"]\ntype = "oci"`,
        `[registry."${registry.host}".oci]\nprotocol = "http"\n`,
      ];
      await writeFile(at('wkg.toml'), settings.join('\n'));
      const where = ['--config', at('wkg.toml'), '--cache', at('wkg-cache'), '-o', at('package.wasm')];
      await run(requireTool('wkg'), ['get', ...where, 'org:component']);
      expect(await readFile(at('package.wasm'))).toEqual(modules.component);
    },
  );

  itWith(['tofu'], 'are a mirror of providers for OpenTofu', async () => {
    await using registry = await startRegistry({ tls: true });
    const { certificate } = registry;
    const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
    const provider = Buffer.from('#!/bin/sh\n');
    for (const name of [architecture, 'riscv64']) {
      await mkdir(at('providers/linux', name), { recursive: true });
      const zip = zipOf(
        'terraform-provider-example_v1.2.3',
        Buffer.from(name === architecture ? provider : ''),
      );
      await writeFile(at('providers/linux', name, `terraform-provider-example_1.2.3_linux_${name}.zip`), zip);
    }
    const type = 'application/vnd.opentofu.provider';
    const types = [
      '--artifact-type',
      type,
      '--artifact-type',
      `${type}-target`,
      '--media-type',
      'archive/zip',
    ];
    const target = `docker://${registry.host}/mirror/org/example:1.2.3?plain-http=false`;
    await alba(['static', 'push', '--as', 'files', ...types, 'providers', target], certificate);

    const mirror = `repository_template = "${registry.host}/mirror/\${namespace}/\${type}"`;
    const include = 'include = ["registry.opentofu.org/*/*"]';
    await writeFile(
      at('tofu.rc'),
      `provider_installation {\n oci_mirror {\n  ${mirror}\n  ${include}\n }\n}\n`,
    );
    await mkdir(at('module'));
    const wanted = 'example = {\n source = "org/example"\n version = "~> 1.2"\n}';
    await writeFile(at('module/main.tf'), `terraform {\n required_providers {\n ${wanted}\n }\n}\n`);
    const env = { SSL_CERT_FILE: certificate ?? '', TF_CLI_CONFIG_FILE: at('tofu.rc') };
    await run(requireTool('tofu'), ['init', '-no-color'], { cwd: at('module'), env });
    const folder = `.terraform/providers/registry.opentofu.org/org/example/1.2.3/linux_${architecture}`;
    expect(await readFile(at('module', folder, 'terraform-provider-example_v1.2.3'))).toEqual(provider);
  });
});

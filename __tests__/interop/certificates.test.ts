import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAction, runAlba } from '../support/alba.ts';
import { makeAuthority, type Pair } from '../support/servers/authority.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [900] });

describeWith([registryTool[2], 'openssl'], 'a registry with a certificate of its own', () => {
  const temporary = useTemporary();
  let registry: Registry;
  let target: string;
  let pem: string;
  beforeAll(async () => {
    await temporary.write('app.tar', dockerArchive([image]));
    registry = await startRegistry({ tls: true });
    pem = await readFile(registry.certificate ?? '', 'utf8');
    target = `docker://${registry.host}/app:1?plain-http=false`;
  });
  afterAll(() => registry?.stop());

  it.each<readonly [name: string, inputs: () => Readonly<Record<string, string>>]>([
    ['as it is', () => ({ 'ca-certificate': pem })],
    ['on one line', () => ({ 'ca-certificate': pem.replaceAll('\n', ' ') })],
    ['with \\n in letters', () => ({ 'ca-certificate': pem.replaceAll('\n', '\\n') })],
    ['as a path', () => ({ 'ca-certificate': registry.certificate ?? '' })],
  ])('is published to with ca-certificate %s', async (_, inputs) => {
    const ended = await runAction(
      { artifacts: 'app.tar', target, cache: 'false', ...inputs() },
      { cwd: temporary.path },
    );
    expect(ended.stdout).not.toMatch(/::error/);
    expect(ended.code).toBe(0);
  });

  it.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('is published to with %s', async (variable) => {
    const env = { [variable]: registry.certificate };
    const ended = await runAlba(['container', 'push', 'app.tar', target], { cwd: temporary.path, env });
    expect(ended).toMatchObject({ code: 0 });
  });

  it('is refused without, by one line that says what to give', async () => {
    const ended = await runAlba(['container', 'push', 'app.tar', target], { cwd: temporary.path });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^alba: .* failed: self-signed certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\); give the certificate of its authority as ca-/m,
    );
    expect(ended.stderr).not.toMatch(/retry/);
  });
});

describeWith([registryTool[2], 'openssl'], 'a registry that wants a certificate of ours', () => {
  const temporary = useTemporary();
  let registry: Registry;
  let common: Readonly<Record<string, string>>;
  let mine: Pair;
  beforeAll(async () => {
    await temporary.write('app.tar', dockerArchive([image]));
    const authority = await makeAuthority('of clients');
    mine = await authority.issue();
    const clientAuthorities = await temporary.write('clients.pem', authority.ca);
    registry = await startRegistry({ tls: true, clientAuthorities });
    common = {
      artifacts: 'app.tar',
      target: `docker://${registry.host}/app:1?plain-http=false`,
      cache: 'false',
      'ca-certificate': registry.certificate ?? '',
    };
  });
  afterAll(() => registry?.stop());

  it('is published to with it', async () => {
    const inputs = { 'client-certificate': mine.cert, 'client-key': mine.key.replaceAll('\n', '\\n') };
    const ended = await runAction({ ...common, ...inputs }, { cwd: temporary.path });
    expect(ended.code).toBe(0);
    expect(ended.outputs.digest).toMatch(/^sha256:/);
  });

  it('says at once what to give where there is none', async () => {
    const started = performance.now();
    const ended = await runAction(common, { cwd: temporary.path });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(
      /^::error::.* alert .*; it refuses the TLS handshake: .*, give client-certificate and client-key, /m,
    );
    expect(ended.stdout.match(/retry/g)?.length ?? 0).toBeLessThan(2);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

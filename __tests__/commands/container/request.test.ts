import { expect, it } from 'vitest';
import { requestOf } from './request.ts';

it('a request tells of every problem at once', async () => {
  const said = {
    artifacts: [],
    targets: ['gopher://x'],
    tags: ['UPPER:x y'],
    platforms: ['amd64'],
    format: 'zip',
    compressionLevel: '10',
    concurrency: '0',
    dryRun: 'maybe',
    cacheFrom: ['nowhere'],
    floating: 'sink',
    immutable: 'carved',
    annotations: ['planet:key=value'],
    labels: ['unlabelled'],
    annotate: ['licence'],
    username: 'me',
  };
  const words = [
    'artifacts',
    'gopher',
    '"x y"',
    'amd64',
    'zip',
    'compression-level',
    'concurrency',
    'dry-run',
  ];
  const more = ['nowhere', 'sink', 'carved', 'planet', 'unlabelled', 'licence', 'password is missing'];
  const failure = await requestOf(said, '/').catch(String);
  for (const word of [...words, ...more]) expect(failure).toContain(word);
});

const signedIn = async (said: object): Promise<string | undefined> => {
  const given = { artifacts: ['app.tar'], targets: ['file://./out'], tags: ['app:1'], ...said };
  const request = await requestOf({ ...given, username: 'me', password: 'secret' }, '/');
  return request.connection.login?.registry;
};
const source = `docker://source.example/app@sha256:${'0'.repeat(64)}`;
const cacheFrom = ['docker://cache.example/app'];

it('a request shows a password to one registry: that of the targets, else the one that is read from and named', async () => {
  const targets = ['docker://target.example/app'];
  expect(await signedIn({ targets, artifacts: [source], cacheFrom })).toBe('target.example');
  expect(await signedIn({ cacheFrom })).toBe('cache.example');
  const trustedEndpoints = ['source.example'];
  expect(await signedIn({ artifacts: [source], trustedEndpoints })).toBe('source.example');
  await expect(signedIn({ artifacts: [source] })).rejects.toThrow(
    /be shown to source\.example.* trusted-endp/,
  );
  expect(await signedIn({})).toBeUndefined();
});

it('a request refuses a password that may be for several registries', async () => {
  const targets = ['docker://one.example/app', 'docker://two.example/app'];
  await expect(signedIn({ targets })).rejects.toThrow(/not for one\.example, two\.example: log in/);
  await expect(signedIn({ artifacts: [source], cacheFrom })).rejects.toThrow(/source.*, cache\.example/);
});

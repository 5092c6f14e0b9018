import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readConnection } from '../../src/place/connection.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { run } from '../support/run.ts';
import { type Authority, makeAuthority, type Pair } from '../support/servers/authority.ts';
import { describeWith } from '../support/tools.ts';

const oneLine = (pem: string): string => pem.trim().replaceAll('\n', ' ');
const escaped = (pem: string): string => pem.replaceAll('\n', '\\n');
/** What secrets, environments and YAML make of PEM. */
const spellings: readonly (readonly [name: string, spell: (pem: string) => string])[] = [
  ['as it is', (pem) => pem],
  ['on one line', oneLine],
  ['on one line without blanks', (pem) => pem.replaceAll('\n', '')],
  ['with \\n in letters', escaped],
  ['with \\r\\n in letters', (pem) => pem.replaceAll('\n', '\\r\\n')],
  ['with the ends of line of Windows', (pem) => pem.replaceAll('\n', '\r\n')],
  ['indented', (pem) => pem.replace(/^/gm, '      ')],
  ['with words around it', (pem) => `Subject: company\n${pem}-- \n`],
];

describeWith(['openssl'], 'a certificate that is given', () => {
  const temporary = useTemporary();
  let authority: Authority;
  let second: Authority;
  let pair: Pair;
  let stranger: Pair;
  beforeAll(async () => {
    [authority, second] = await Promise.all([makeAuthority('one'), makeAuthority('two')]);
    [pair, stranger] = await Promise.all([authority.issue(), second.issue()]);
  });

  const read = (given: Parameters<typeof readConnection>[0], env: Readonly<Record<string, string>> = {}) =>
    readConnection(given, env, temporary.path).then(({ certificates }) => certificates);
  const issuers = (pem = ''): string[] =>
    pem.split(/(?<=-----END CERTIFICATE-----\n)/).map((block) => new X509Certificate(block).subject);

  it.each(spellings)('%s is read, as text and out of a file', async (_, spell) => {
    const text = spell(authority.ca + second.ca);
    await temporary.write('ca.pem', text);
    for (const caCertificate of [text, 'ca.pem', join(temporary.path, 'ca.pem')]) {
      expect(issuers((await read({ caCertificate })).ca)).toEqual(['CN=one', 'CN=two']);
    }
    expect(issuers((await read({}, { LOCAL_CA_CERTIFICATE: text })).ca)).toHaveLength(2);
    const client = await read({ clientCertificate: spell(pair.cert), clientKey: spell(pair.key) });
    expect(client.client).toEqual({ certificate: pair.cert, key: pair.key });
  });

  it('may come with its key in one text', async () => {
    const expected = { client: { certificate: pair.cert, key: pair.key } };
    expect(await read({ clientCertificate: pair.key + pair.cert })).toMatchObject(expected);
    const both = await temporary.write('both.pem', pair.cert + pair.key);
    expect(await read({ clientCertificate: both })).toMatchObject(expected);
    expect(await read({ clientCertificate: both, clientKey: both })).toMatchObject(expected);
  });

  it('comes with what leads to its authority', async () => {
    const { client } = await read({ clientCertificate: pair.cert + authority.ca, clientKey: pair.key });
    expect(issuers(client?.certificate)).toEqual(['CN=issued', 'CN=one']);
  });

  it('is none where the input is empty', async () => {
    const { ca, client } = await read({ caCertificate: '', clientCertificate: '', clientKey: '' });
    expect([ca, client]).toEqual([undefined, undefined]);
  });

  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  it.each<readonly [name: string, given: () => Parameters<typeof readConnection>[0], says: RegExp]>([
    [
      'a key in its place',
      () => ({ caCertificate: pair.key }),
      /^ca-certificate holds no certificate: expected -----BEGIN C/,
    ],
    [
      'a beginning alone',
      () => ({ caCertificate: authority.ca.slice(0, 99) }),
      /^ca-certificate is not PEM: expected/,
    ],
    [
      'damage',
      () => ({ caCertificate: authority.ca + broken }),
      /^ca-certificate: certificate 2 of 2 is damaged: export it once more$/,
    ],
    [
      'no such file',
      () => ({ caCertificate: 'none.pem' }),
      /^ca-certificate \/.*\/none\.pem cannot be read \(no such file or directory\): give the path/,
    ],
    ['a file of words', () => ({ caCertificate: 'words' }), /^ca-certificate words is not PEM: expected/],
    [
      'no key',
      () => ({ clientCertificate: pair.cert }),
      /^client-key is missing: give it beside client-certificate/,
    ],
    [
      'a key alone',
      () => ({ clientKey: pair.key }),
      /^client-certificate is missing: give it beside client-key$/,
    ],
    [
      'a key of another',
      () => ({ clientCertificate: pair.cert, clientKey: stranger.key }),
      /^client-key is not the key of client-certificate/,
    ],
    [
      'a certificate as key',
      () => ({ clientCertificate: pair.cert, clientKey: pair.cert }),
      /^client-key holds no private key, -----BEGIN/,
    ],
    [
      'a damaged key',
      () => ({ clientCertificate: pair.cert, clientKey: pair.key.replace(/M.{9}/, '') }),
      /^client-key is damaged: export it once more$/,
    ],
    [
      'a key without its first line',
      () => ({ clientCertificate: pair.cert, clientKey: pair.key.split('\n').slice(1, -2).join('') }),
      /^client-key names a file that cannot be read \([a-z ]+\): give the path of a file, or PEM itself/,
    ],
  ])('with %s is an error of the call', async (_, given, says) => {
    await temporary.write('words', 'no certificate\n');
    const failure = await read(given()).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ code: 'usage' });
    expect(failure?.message).toMatch(says);
    for (const line of pair.key.split('\n').slice(1, 3)) expect(failure?.message).not.toContain(line);
  });

  it('with a key that has a passphrase is an error that says how to take it off', async () => {
    const plain = await temporary.write('plain.key', pair.key);
    for (const more of [[], ['-traditional']]) {
      const clientKey = await run('openssl', [
        'pkey',
        '-in',
        plain,
        '-aes256',
        '-passout',
        'pass:hush',
        ...more,
      ]);
      await expect(read({ clientCertificate: pair.cert, clientKey })).rejects.toThrow(
        /^client-key is encrypted: .*openssl pkey -in key\.pem/,
      );
    }
  });
});

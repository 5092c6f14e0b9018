import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlbaError, messageOf } from '../../src/errors.ts';
import { digestOf } from '../../src/oci/digest.ts';
import type { Address, Place } from '../../src/place/scheme.ts';
import { guessAddress, isAddress, parseAddress, schemes } from '../../src/place/schemes.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { redactUrl, withoutPassword } from '../../src/progress/format.ts';
import { requestOf } from '../commands/container/request.ts';

const digest = digestOf(Buffer.from('content'));

/** One row a scheme: an address of a place, as a target, if it can be one, and as a reference to what another run finds there. */
const rows: readonly { readonly target?: string; readonly reference: string }[] = [
  { target: 'docker://ghcr.io/org/app', reference: `docker://ghcr.io/org/app@${digest}` },
  { target: 's3://bucket/folder?region=eu', reference: `s3://bucket/folder?region=eu#app@${digest}` },
  { target: 'file://./out', reference: `file://./out#app@${digest}` },
  { target: 'oci:./layout', reference: `oci:./layout@${digest}` },
  { target: 'oci-archive:./app.tar', reference: `oci-archive:./app.tar@${digest}` },
  { reference: `https://example.org:8443/org/app@${digest}` },
];
const cases: ((url: string) => string)[] = [
  (url) => url,
  (url) => url.replace(/^\w+/, (name) => name.toUpperCase()),
  (url) => url.replace(/^\w/, (letter) => letter.toUpperCase()),
];

/** The place that an address names in each role that a push has for it; `--from` adds to the artifacts. */
const roles: Readonly<Record<string, (url: string) => Promise<Place | undefined>>> = {
  target: async (url) => (await request({ targets: [url] })).targets[0]?.place,
  artifact: async (url) => (await request({ artifacts: ['app.tar', url] })).references[0]?.place,
  'the JSON of a matrix': async (url) =>
    (await request({ artifacts: [JSON.stringify({ 'linux-amd64': url })] })).references[0]?.place,
  'cache-from': async (url) => (await request({ cacheFrom: [url] })).cacheFrom[0]?.place,
};
const request = (said: Readonly<Record<string, readonly string[]>>) =>
  requestOf({ artifacts: ['app.tar'], targets: ['oci:./out'], tags: ['app:1'], ...said }, '/');

const each = rows.flatMap(({ target, reference }) =>
  Object.keys(roles).flatMap((role) => {
    const url = role === 'target' ? target : reference;
    return url === undefined ? [] : [{ role, url, reference }];
  }),
);

describe('an address', () => {
  it('is of one of these schemes, each of which is tried below', () => {
    const tried = rows.map(({ reference }) => schemes.find(({ match }) => match(reference))?.name);
    const read = schemes.filter(({ forms }) => forms.reference !== undefined);
    expect(tried).toEqual(read.map(({ name }) => name));
  });

  it.each(each)('is read in any case of its scheme, and found by another run: $url as $role', async (row) => {
    for (const change of cases) {
      expect(isAddress(change(row.url))).toBe(true);
      const place = await roles[row.role]?.(change(row.url));
      expect(place?.urlOf(digest)).toBe(row.reference);
    }
  });

  it.each(['s3://bucket/folder', 'file://./out'])('is a place for plain files, too: %s', (url) => {
    for (const change of cases) {
      expect(parseFilesTarget(change(url)).repository('app').urlOf(digest)).toBe(`${url}#app@${digest}`);
    }
  });

  const parameters = [
    ['docker://ghcr.io/org/app', 'plain-http', 'known is plain-http'],
    ['s3://bucket', 'anonymous', 'known are region, endpoint'],
    ['file://./out', 'create_dir', 'known are create_dir, no_tmp_dir, metadata'],
  ] as const;
  const withParameters = Object.keys(roles).flatMap((role) =>
    parameters.map(([base, name, known]) => ({
      role,
      name,
      known,
      url: (query: string) =>
        `${base}?${query}${role === 'target' || base.startsWith('docker') ? '' : '#app:1'}`,
    })),
  );

  it.each(withParameters)('has booleans as Go has them: $name in a $role', async ({ role, name, url }) => {
    for (const value of ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']) {
      await expect(roles[role]?.(url(`${name}=${value}`))).resolves.toBeDefined();
    }
    for (const value of ['yes', 'tRUE', '', '2', 'toString']) {
      await expect(roles[role]?.(url(`${name}=${value}`))).rejects.toThrow(
        `parameter "${name}" must be true or false, not "${value}"`,
      );
    }
  });

  it.each(withParameters)(
    'has no parameter twice, nor one that is not known: $name in a $role',
    async (row) => {
      await expect(roles[row.role]?.(row.url(`${row.name}=1&${row.name}=1`))).rejects.toThrow(
        `parameter "${row.name}" is given twice`,
      );
      await expect(roles[row.role]?.(row.url('colour=red'))).rejects.toThrow(
        `unknown parameter "colour"; ${row.known}`,
      );
    },
  );

  it('keeps for another run whether plain http is taken', async () => {
    for (const [value, kept] of [
      ['T', 'true'],
      ['0', 'false'],
    ]) {
      const place = await roles.target?.(`docker://ghcr.io/org/app?plain-http=${value}`);
      expect(place?.urlOf(digest)).toBe(`docker://ghcr.io/org/app@${digest}?plain-http=${kept}`);
    }
  });

  it.each(['app.tar', './oci:dir', 'C:\\images', 'images/docker:latest', 'ghcr.io/org/app:1', '*.tar'])(
    'is no path: %s',
    (path) => {
      expect(isAddress(path)).toBe(false);
    },
  );
});

describe('a text that is no address', () => {
  it.each([
    ['ghcr.io/org/app:1', 'docker://ghcr.io/org/app:1'],
    ['127.0.0.1:5000/app', 'docker://127.0.0.1:5000/app'],
    ['localhost/app', 'docker://localhost/app'],
    ['https://ghcr.io/org/app', 'docker://ghcr.io/org/app'],
    ['docker:ghcr.io/org/app', 'docker://ghcr.io/org/app'],
    ['DOCKER:ghcr.io/org/app', 'docker://ghcr.io/org/app'],
    ['oci://ghcr.io/org/app', 'docker://ghcr.io/org/app'],
    ['s3:bucket', 's3://bucket'],
    ['S3:5000/app', 's3://5000/app'],
    ['File:site', 'file://./site'],
    ['./images/app', 'file://./images/app'],
    ['oci://./layout', 'oci:./layout'],
    ['oci-archive://./app.tar', 'oci-archive:./app.tar'],
    ['dcoker://ghcr.io/org/app', 'docker://ghcr.io/org/app'],
    ['Dokcer://ghcr.io/org/app:1', 'docker://ghcr.io/org/app:1'],
    ['registry://ghcr.io/org/app', 'docker://ghcr.io/org/app'],
    ['files://./site', 'file://./site'],
    ['fiel:./site', 'file://./site'],
    ['oci-archiv:./app.tar', 'oci-archive:./app.tar'],
    ['oci-dir:./layout', 'oci:./layout'],
    ['ocidir://./layout', 'oci:./layout'],
    ['s3:/bucket', 's3://bucket'],
    ['htps://files.example.org/site', 'https://files.example.org/site'],
    ['org/app', undefined],
    ['file.txt', undefined],
    ['docs:v1', undefined],
    ['app:1.0', undefined],
    ['images/app.tar.gz', undefined],
    ['https://example.org/Some%20page', undefined],
    ['./100%', undefined],
  ])('may be meant as one to publish to: %s', (text, meant) => {
    expect(guessAddress(text, 'target')).toBe(meant);
  });

  it.each([
    ['ghcr.io/org/app:1', `docker://ghcr.io/org/app:1`],
    [`ghcr.io/org/app@${digest}`, `docker://ghcr.io/org/app@${digest}`],
    ['OCI://./layout:1', 'oci:./layout:1'],
    ['s3:bucket#app:1', 's3://bucket#app:1'],
    ['./site#app:1', 'file://./site#app:1'],
    ['./images/app', undefined],
    ['images/app.tar', undefined],
    ['dockr://ghcr.io/org/app:1', 'docker://ghcr.io/org/app:1'],
    ['gh-release:org/app', undefined],
  ])('may be meant as one to read: %s', (text, meant) => {
    expect(guessAddress(text, 'reference')).toBe(meant);
  });

  it.each([
    'gh-release:',
    'github-relase:',
    'githubrelease:',
    'ghrelease:',
    'gh:',
    'github:',
    'GitHub-Release://',
  ])('may be meant as one for plain files: %s', (text) => {
    expect(guessAddress(text, 'files')).toBe('github-release:');
    expect(guessAddress(`${text}org/app`, 'files')).toBe('github-release:org/app');
  });

  it.each([
    ['target', 'target "gopher://x" is of no known kind: expected docker://host'],
    ['reference', 'reference "gopher://x" is of no known kind: expected docker://host'],
    [
      'files',
      'target "gopher://x" cannot hold plain files: expected s3://bucket[/prefix]?…, file://./directory, https://host/folder[?server=…] or github-release:[owner/repo]',
    ],
    ['download', 'source "gopher://x" is of no known kind: expected docker://host'],
  ] as const)('is refused as a %s, with all that is known', (role, message) => {
    expect(() => parseAddress('gopher://x', role)).toThrow(message);
  });

  it('is an error of usage, whatever it is', () => {
    const roles = ['target', 'files', 'reference', 'download'] as const;
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .tuple(
          fc.constantFrom('docker://', 's3://', 'FILE://', 'oci:', 'oci://', 'https://', 'http://a:b@c/'),
          fc.string({ unit: 'grapheme' }),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...roles), (written, role) => {
        try {
          parseAddress(written, role);
        } catch (thrown) {
          expect(thrown, messageOf(thrown)).toBeInstanceOf(AlbaError);
          expect(thrown).toMatchObject({ code: 'usage' });
        }
      }),
      { seed: 11, numRuns: 2_000 },
    );
  });
});

describe('what is published at a place', () => {
  const label = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,8})?$/);
  const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('/'));
  const tag = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/);
  const sign = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(...':@#?% '),
  );
  const segment = fc
    .string({ unit: sign, minLength: 1, maxLength: 8 })
    .filter((text) => !/[/\\\0]|^\.{1,2}$/.test(text));
  const path = fc.array(segment, { minLength: 1, maxLength: 3 });
  const escaped = path.map((segments) => segments.map(encodeURIComponent).join('/'));
  const inStorage = <T>(base: fc.Arbitrary<T>) =>
    fc
      .tuple(base, name, tag)
      .map(([url, repository, tagged]) => [`${url}#${repository}`, `:${tagged}`] as const);

  /** An address without tag and digest, and the tag as it is written after it. */
  const written: Readonly<
    Record<string, fc.Arbitrary<readonly [base: string, tag: string, query?: string]>>
  > = {
    docker: fc
      .tuple(
        fc.stringMatching(/^[a-z]{1,8}\.[a-z]{2,6}(:[1-9]\d{1,3})?$/),
        name,
        tag,
        fc.constantFrom('', '?plain-http=true', '?plain-http=false'),
      )
      .map(([host, repository, tagged, query]) => [`docker://${host}/${repository}`, `:${tagged}`, query]),
    s3: inStorage(
      fc
        .tuple(
          fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,10}[a-z0-9])?$/),
          escaped,
          fc.constantFrom('', '?region=eu&fips=T'),
        )
        .map(([bucket, prefix, query]) => `s3://${bucket}/${prefix}${query}`),
    ),
    file: inStorage(
      fc.tuple(fc.constantFrom('/', './', '../'), escaped).map((parts) => `file://${parts.join('')}`),
    ),
    https: fc
      .tuple(
        fc.stringMatching(/^https?:\/\/[a-z]{1,8}\.[a-z]{2,6}(:[1-9]\d{1,3})?$/),
        fc.option(escaped, { nil: undefined }),
        name,
        tag,
      )
      .map(([origin, folder, repository, tagged]) => [
        folder === undefined ? `${origin}/${repository}` : `${origin}/${folder}#${repository}`,
        `:${tagged}`,
      ]),
    oci: fc.tuple(path, tag).map(([segments, tagged]) => [`oci:./${segments.join('/')}`, `:${tagged}`]),
  };

  /** All that a place answers without being opened. */
  const answers = ({ place }: Address) => [
    place?.urlOf(digest),
    place?.reference,
    place?.loginHost,
    place?.directory?.replace(/\/$/, ''),
  ];

  it.each(Object.keys(written))(
    'is read from the address that a run told, whatever is in it: %s',
    (scheme) => {
      const any = written[scheme];
      if (!any) throw new Error(`no addresses of ${scheme}`);
      fc.assert(
        fc.property(any, ([base, colonTag, query = '']) => {
          const tag = colonTag.slice(1);
          const tagged = parseAddress(base + colonTag + query, 'reference');
          expect(tagged).toMatchObject({ tag });
          expect(tagged.digest).toBeUndefined();
          const told = parseAddress(tagged.place?.urlOf(digest) ?? '', 'reference');
          expect(told).toMatchObject({ digest });
          expect(told.tag).toBeUndefined();
          const both = parseAddress(`${base}${colonTag}@${digest}${query}`, 'reference');
          expect(both).toMatchObject({ tag, digest });
          for (const found of [told, both]) expect(answers(found)).toEqual(answers(tagged));
        }),
        { seed: 3, numRuns: 500 },
      );
    },
  );
});

describe('a text of any length', () => {
  const long = ['/', '//', ':', 's3:', 'a.b/', '@', '?', '%', '['];

  it.each(long)('is refused in good time, however often it repeats: %s', (piece) => {
    const began = performance.now();
    for (const text of [piece.repeat(30_000), `docker://ghcr.io/org/app:1.0${piece.repeat(30_000)}`]) {
      expect(() => parseAddress(text, 'target')).toThrow(/no more than 8192/);
      expect(isAddress(text)).toBe(text.startsWith('docker:'));
      expect(guessAddress(text, 'target')).toBeUndefined();
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is shown without a password in good time', () => {
    const began = performance.now();
    expect(redactUrl(`x${'//'.repeat(50_000)}`)).toBe(`x${'//'.repeat(50_000)}`);
    expect(withoutPassword(':'.repeat(100_000))).toBe(':'.repeat(100_000));
    expect(redactUrl(`s3:${'//'.repeat(50_000)}me:hush@host@sha256:1`)).toBe('s3://***@host@sha256:1');
    expect(withoutPassword('me:hush:@x@host')).toBe('me:***@host');
    expect(redactUrl('@sha256:1')).toBe('@sha256:1');
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

import fc from 'fast-check';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { isDirect } from '../../../src/network/no-proxy.ts';
import { proxyFor } from '../../../src/network/proxy.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { isTag } from '../../../src/oci/reference.ts';
import { parseLocator } from '../../../src/place/locator.ts';
import type { Address, Role } from '../../../src/place/scheme.ts';
import { guessAddress, isAddress, parseAddress, splitAddresses } from '../../../src/place/schemes.ts';
import { parseWantedRelease } from '../../../src/pull/static/wanted-release.ts';
import type { Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { judge } from '../judge.ts';
import { anyOf } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** URLs in a round. */
const perRound = 200;
const digest = digestOf(Buffer.from('x'));
const password = 'hush%2Fof-a-login';
const roles: readonly Role[] = ['target', 'files', 'reference', 'download'];

const samples: readonly string[] = [
  `docker://ghcr.io/org/app:1.0@${digest}`,
  'docker://[::1]:5000/app?plain-http=true',
  `localhost:5000/org/app@${digest}`,
  's3://bucket/folder?region=eu&endpoint=https://s3.example&s3ForcePathStyle=true#org/app:1',
  `file://./out/a%20b?no_tmp_dir=1#app@${digest}`,
  'file:///srv/www#app:1',
  'oci:./layout:1.0',
  'oci-archive:./app.tar:1.0',
  `https://me:${password}@files.example:8443/dav/x?server=webdav#app:1`,
  `https://me:${password}@host.example/org/app:1.0`,
  'https://host.example/artifactory/generic?server=artifactory&properties=a=b',
  'https://gitlab.example/api/v4/projects/1/packages/generic',
  'github-release:org/app',
  `ghcr.io/me:${password}@org/app`,
];
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...[
        'docker',
        's3',
        'file',
        'oci',
        'https',
        'http',
        'HTTPS',
        '://',
        ':',
        '/',
        '//',
        '..',
        '.',
        '@',
        '#',
      ],
      ...[
        '?',
        '&',
        '=',
        '%',
        '%00',
        '%2e%2e',
        '[::1]',
        '127.0.0.1',
        'xn--',
        ':5000',
        'app',
        digest,
        'A',
        ' ',
        '\n',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ),
  { maxLength: 14 },
);

/** What a person, a workflow or a matrix names as a place; what is wrong with it is told without the password that it has. */
export const target: FuzzTarget = {
  about:
    'URLs of places and proxies are parsed or refused as usage, and nothing that is said of them has a password',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) all.push(await tryText(textOf(random)), await tryProxy(random));
    return addCounts(...all);
  },
};

function textOf(random: Random): string {
  if (random(3) === 0) return (fc.sample(pieces, { numRuns: 1, seed: random(2 ** 31) })[0] ?? []).join('');
  let text = anyOf(samples, random);
  for (let times = random(4); times > 0; times--) text = damageText(text, random);
  return text;
}

async function tryText(text: string): Promise<Counts> {
  const counts: Counts[] = [];
  // Where the login is as it was written, it is one; a piece of it may have become anything else.
  const isLogin = /:\/\/me:hush%2Fof-a-login@/.test(text) && text.split('hush').length === 2;
  for (const role of roles) {
    const { value, refusal } = await judge(() => parseAddress(text, role));
    if (refusal && refusal.code !== 'usage') throw new Error('it is blamed on something else than the call');
    const told = refusal?.message ?? saidOf(value);
    if (isLogin && /hush/.test(told))
      throw new Error(`a password is told: ${told}\nof ${text.slice(0, 300)}`);
    if (value?.tag !== undefined && !isTag(value.tag)) throw new Error(`a tag is ${value.tag}`);
    counts.push({ [value ? 'parsed' : 'refused']: 1 });
    await judge(() => guessAddress(text, role));
  }
  await judge(() => [isAddress(text), splitAddresses(text)]);
  await judge(() => parseLocator(text));
  const { refusal } = await judge(() => parseWantedRelease(text));
  if (refusal && refusal.code !== 'usage') throw new Error('a release is blamed on something else');
  return addCounts(...counts);
}

/** All that is told of an address that is right. */
function saidOf(address: Address | undefined): string {
  const urls = address?.place
    ? [address.place.url, address.place.urlOf(digest), address.place.referenceOf('1', digest)]
    : [];
  return [address?.url, address?.storage?.url, ...urls].join(' ');
}

async function tryProxy(random: Random): Promise<Counts> {
  const url = new URL(
    anyOf(['https://registry.example/v2/', 'http://10.1.2.3:5000/', 'http://[fe80::1]/'], random),
  );
  const proxy = damageText(`http://me:${password}@proxy.example:3128`, random);
  const no = damageText('*.corp, 10.0.0.0/8 ,[2001:db8::1]:443,.example.org', random);
  const { refusal } = await judge(() => proxyFor(url, { http: proxy, https: proxy, no }));
  if (refusal?.message.includes('hush')) throw new Error('a password of a proxy is told');
  const { refusal: unclear } = await judge(() => isDirect(url, no));
  if (unclear) throw new Error('NO_PROXY is never refused', { cause: unclear });
  return refusal ? { proxiesRefused: 1 } : { proxies: 1 };
}

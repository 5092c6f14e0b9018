import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { Authorizer } from '../../../src/repository/registry/authorizer.ts';
import { parseChallenges } from '../../../src/repository/registry/challenge.ts';
import { passwordCredentials } from '../../../src/repository/registry/credentials.ts';
import { damageText } from '../damage-text.ts';
import { judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Headers in a round. */
const perRound = 200;

const samples: readonly string[] = [
  'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:app:pull,push"',
  'Basic realm="a \\"quoted\\" one", charset="UTF-8", Bearer realm="https://auth.example/token"',
  'Negotiate, Basic realm=plain , bearer realm=https://registry.example/token, error = "x"',
  'Bearer realm="http://registry.example/token?a=b#c"',
  'Bearer realm="/token"',
];

/** Challenges. Who we are goes to https alone, and nothing of a challenge but its strings is believed. */
export const target: FuzzTarget = {
  about: 'challenges are read to where they are malformed, and take a password to no place over plain http',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      let header = samples[random(samples.length)] ?? '';
      for (let times = random(4); times > 0; times--) header = damageText(header, random);
      const { refusal } = await judge(() => parseChallenges(header));
      if (refusal) throw new Error('a challenge is read, never refused', { cause: refusal });
      all.push(await answerTo(header));
    }
    return addCounts(...all);
  },
};

/** Answers a challenge as a client does; the token service is not asked. */
async function answerTo(header: string): Promise<Counts> {
  const realms: URL[] = [];
  const authorizer = new Authorizer({
    registry: 'registry.example',
    repository: 'app',
    access: 'pull',
    debug: () => {},
    home: new URL('https://registry.example'),
    credentials: passwordCredentials('me', 'hush', 'a test'),
    fetchToken: async ({ realm, scopes }) => {
      realms.push(realm);
      if (scopes.some((scope) => typeof scope !== 'string')) throw new Error('a scope is no text');
      return { value: 'token', expires: Number.MAX_SAFE_INTEGER };
    },
  });
  const response = { header: (name: string) => (name === 'www-authenticate' ? header : undefined) };
  const { value, refusal } = await judge(() =>
    authorizer.renew(response, ['repository:app:pull'], undefined),
  );
  const plain = realms.find(
    ({ protocol, hostname }) => protocol !== 'https:' && !/^(localhost|127\.|\[::1)/.test(hostname),
  );
  if (plain) throw new Error(`credentials go to ${plain}`);
  if (refusal) return { refused: 1 };
  if (value !== undefined && !/^(Basic|Bearer) [\w+/=]+$/.test(value))
    throw new Error(`the header is ${value}`);
  return value === undefined ? { none: 1 } : { answered: 1 };
}

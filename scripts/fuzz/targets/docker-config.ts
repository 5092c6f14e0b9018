import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { storedCredentials } from '../../../src/repository/registry/stored-credentials.ts';
import { damageBytes } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { assertPlain, judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Files in a round. */
const perRound = 40;

/** Secrets tell by themselves which host they are for. */
const secretOf = (host: string): string => `hush-for-${host}-hush`;
const auth = (host: string): string => Buffer.from(`me:${secretOf(host)}`).toString('base64');
const config = {
  auths: {
    'one.example': { auth: auth('one.example') },
    'https://two.example/v2/': { username: 'me', password: secretOf('two.example') },
    'https://index.docker.io/v1/': { identitytoken: secretOf('docker.io') },
    'three.example/org': { auth: auth('three.example/org') },
  },
  credHelpers: { 'four.example': 'not-there-for-fuzzing' },
  HttpHeaders: { 'User-Agent': 'docker' },
};
const hosts = ['one.example', 'two.example', 'docker.io', 'three.example', 'four.example', 'evil.example'];
const strange = ['__proto__', 'constructor', 'toString', ''];

/** Docker's config.json. What is kept for one host is given to no other, and no error quotes it. */
export const target: FuzzTarget = {
  about: "docker's config.json gives a host its own credentials, or an error that quotes none",
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const path = join(folder, 'config.json');
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      const text = JSON.stringify(config);
      const damaged = random(4) > 0 ? damageText(text, random) : damageBytes(Buffer.from(text), random);
      await writeFile(path, damaged);
      const source = storedCredentials([{ kind: 'file', path, name: 'the docker config' }]);
      for (const host of [...hosts, ...strange]) {
        const missed: string[] = [];
        const query = { registry: host, repository: 'org/app', access: 'pull' as const };
        const { value, refusal } = await judge(() =>
          source({ ...query, missed: (where) => missed.push(where) }),
        );
        // The name of a helper is no secret, even where damage has put one there.
        const told = [...missed, refusal?.message ?? ''].filter(
          (text) => !/credential[- ]helper|docker-credential-/.test(text),
        );
        if (told.join().includes('hush-for')) throw new Error('an error quotes a secret');
        assertPlain(value, 'credentials');
        all.push(value ? { found: 1 } : refusal ? { refused: 1 } : { none: 1 });
        const secret = value && (value.kind === 'password' ? value.password : value.token);
        // Damage may move a secret to another host's entry, but only as a value that is written there.
        if (secret && !`${damaged}`.toLowerCase().includes(host)) {
          throw new Error(`${host} is not in the file, and has ${secret}`);
        }
      }
    }
    return addCounts(...all);
  },
};

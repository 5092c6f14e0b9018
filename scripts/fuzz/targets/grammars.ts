import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { loadWorkflowContext } from '../../../src/action/github.ts';
import { parseArguments } from '../../../src/commands/container/arguments.ts';
import { parseCreated } from '../../../src/commands/created.ts';
import { parseAnnotation } from '../../../src/image/annotate.ts';
import { parseLabel } from '../../../src/image/parse-label.ts';
import { parseRetryAfter } from '../../../src/network/http/retry-after.ts';
import { isPem, unfoldPem } from '../../../src/network/pem.ts';
import { formatPlatform, parsePlatform } from '../../../src/oci/platform.ts';
import { formatReference, parseReference } from '../../../src/oci/reference.ts';
import { parseTagPattern } from '../../../src/oci/tag-pattern.ts';
import { defaultName, defaultTag } from '../../../src/oci/tag-rules.ts';
import { compareVersions, parseVersion } from '../../../src/oci/version.ts';
import { isInRange, isVersionRange } from '../../../src/oci/version-range.ts';
import { notesFor } from '../../../src/release/about.ts';
import { parseAge } from '../../../src/retention/age.ts';
import { parseKeep } from '../../../src/retention/rules.ts';
import { platformInName } from '../../../src/source/platform-name.ts';
import { platformsInFolderName } from '../../../src/source/tree/folder-name.ts';
import { readListedPrograms } from '../../../src/source/tree/goreleaser.ts';
import { nearest } from '../../../src/source/tree/nearest.ts';
import type { Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { judge } from '../judge.ts';
import { anyOf, hostileJson } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Texts in a round, each of which is read as everything. */
const perRound = 100;

const samples: readonly string[] = [
  ...['linux/arm64/v8', 'windows/amd64:10.0.17763', 'v1.2.3-rc.1+build', '>=1.2 <2 || ^3', 'v*=10', '30d'],
  ...['ghcr.io/org/app:1.0', 'index,manifest:org.opencontainers.image.title=a b', 'k=v', '["a","b c"]'],
  ...['120', 'Sat, 28 Nov 2026 12:00:00 GMT', 'retry-after: 10.3ms, allowed', '2026-11-28T12:00:00Z'],
  ...['app_linux_amd64_v1', 'dist/app-1.0-windows-x86_64', 'refs/tags/v1.2.3', 'x86_64-unknown-linux-musl'],
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  '# Changes\n## [1.2.3] - 2026-11-28\n- this\n## 1.2.2\n- that\n',
];
const event = hostileJson({
  repository: { description: 'An app', license: { spdx_id: 'MIT' } },
  head_commit: { timestamp: '2026-11-28T12:00:00Z' },
});
const programs = hostileJson([
  { type: 'Binary', path: 'dist/app_linux_arm_6/app', goos: 'linux', goarch: 'arm', goarm: '6' },
  { type: 'Binary', path: '../../x', goos: 'linux', goarch: 'amd64', goamd64: 'v1' },
]);
const texts = fc.string({ unit: 'binary', maxLength: 60 });

/** The small languages of inputs, names and headers, and files that tools hand over. */
export const target: FuzzTarget = {
  about:
    'platforms, versions, ranges, patterns, ages, names, headers, events and lists of programs are read or refused',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    await mkdir(folder, { recursive: true });
    for (let i = 0; i < perRound; i++)
      all.push(await tryText(textOf(random)), await tryFiles(folder, random));
    return addCounts(...all);
  },
};

function textOf(random: Random): string {
  if (random(4) === 0) return fc.sample(texts, { numRuns: 1, seed: random(2 ** 31) })[0] ?? '';
  let text = anyOf(samples, random);
  for (let times = random(4); times > 0; times--) text = damageText(text, random);
  return text;
}

const readers: readonly ((text: string) => unknown)[] = [
  (text) => {
    const once = formatPlatform(parsePlatform(text));
    if (formatPlatform(parsePlatform(once)) !== once) throw new Error(`a platform is another: ${once}`);
  },
  (text) => {
    const once = formatReference(parseReference(text));
    if (formatReference(parseReference(once)) !== once) throw new Error(`a reference is another: ${once}`);
  },
  (text) => {
    const version = parseVersion(text);
    if (version && compareVersions(version, version) !== 0) throw new Error('a version is not itself');
  },
  (text) => isVersionRange(text) && isInRange('1.2.3', text),
  (text) => parseTagPattern(text, 'keep').matches('1.0-alpha'),
  (text) => parseAge(text, 'older-than'),
  (text) => parseKeep(text),
  (text) => parseAnnotation(text),
  (text) => parseLabel(text),
  (text) => parseArguments(text, 'entrypoint'),
  (text) => parseCreated(text, 'created'),
  (text) => {
    const wait = parseRetryAfter(text, text, 0);
    if (wait !== undefined && !(wait >= 0)) throw new Error(`it waits ${wait} ms`);
  },
  (text) => [isPem(text), unfoldPem(text)],
  (text) => [defaultName({ repository: text, ref: text }), defaultTag({ repository: text, ref: text })],
  (text) => notesFor('1.2.3', text, 'CHANGELOG.md'),
  (text) => [
    platformInName(text),
    platformsInFolderName(text),
    nearest(text.slice(0, 200), ['linux', 'windows']),
  ],
];

async function tryText(text: string): Promise<Counts> {
  const counts: Counts[] = [];
  for (const read of readers) {
    const { refusal } = await judge(() => read(text));
    counts.push(refusal ? { refused: 1 } : { read: 1 });
  }
  return addCounts(...counts);
}

async function tryFiles(folder: string, random: Random): Promise<Counts> {
  const path = join(folder, 'file.json');
  await writeFile(path, event(random));
  process.env.GITHUB_EVENT_PATH = path;
  const { refusal } = await judge(loadWorkflowContext);
  await writeFile(path, programs(random));
  const { value = [], refusal: none } = await judge(() => readListedPrograms(path));
  if (none) throw new Error('a list of programs is none, never refused', { cause: none });
  if (value.some(({ parts }) => parts.length === 0)) return { programsWithoutPath: 1 };
  return { [refusal ? 'eventsRefused' : 'events']: 1, programs: value.length };
}

// Takes the pictures of the README, docs/pictures/*.png, of what real runs of the action leave: the job summary, as GitHub shows
// it, and the page to download from; narrow and wide, light and dark. Needs Chromium.
// node scripts/pictures.ts [--check]: whether what they show is still what runs leave, which needs none.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { dockerArchive } from '../__tests__/fixtures/docker-archive.ts';
import { noise } from '../__tests__/fixtures/image.ts';
import { imageOf } from '../__tests__/fixtures/pullable.ts';
import { runAction } from '../__tests__/support/alba.ts';
import { githubPage } from '../__tests__/support/github-page.ts';

const pictures = join(import.meta.dirname, '..', 'docs', 'pictures');
const recorded = join(pictures, 'shown.json');
/** 2026-11-28: what is shown says the same on any day. */
const env = { SOURCE_DATE_EPOCH: '1795867200' };
const changelog = `## 1.1.0

- **Faster**: \`albatros dive\` takes half the time.
- Wind from astern is no longer taken for a storm.

## 1.0.0

The first release.
`;

/** Of the program, in bytes. */
const sizes = {
  amd64: { '1.0.0': 900_000, '1.1.0': 1_400_000 },
  arm64: { '1.0.0': 850_000, '1.1.0': 1_300_000 },
  riscv64: { '1.0.0': 870_000, '1.1.0': 1_350_000 },
};

/** A page to look at, and how wide it is in the two windows. */
interface Shown {
  readonly html: string;
  readonly wide: number;
}

/** Publishes a second release of images and of files, and gives what people see of it. */
async function play(cwd: string): Promise<Readonly<Record<string, Shown>>> {
  const act = async (inputs: Readonly<Record<string, string>>) => {
    const ended = await runAction(inputs, { cwd, env });
    if (ended.code !== 0) throw new Error(`${ended.stdout}${ended.stderr}`);
    return ended.summary;
  };
  let summary = '';
  for (const version of ['1.0.0', '1.1.0'] as const) {
    for (const [arch, size] of Object.entries(sizes)) {
      const layers = [
        [{ name: 'usr/lib/base', content: noise('base', 3_000_000) }],
        [{ name: 'usr/bin/albatros', content: noise(arch + version, size[version]), mode: 0o755 }],
      ];
      mkdirSync(join(cwd, 'docker'), { recursive: true });
      const archive = dockerArchive(imageOf({ os: 'linux', architecture: arch }, ...layers));
      writeFileSync(join(cwd, 'docker', `linux.${arch}.tar`), archive);
    }
    summary = await act({
      artifacts: 'docker/',
      tag: `albatros:${version}\nalbatros:latest`,
      target: 'file://./registry',
      'public-url': 'https://registry.example.org',
    });
    for (const [platform, name] of Object.entries({
      'linux/amd64': 'albatros',
      'linux/arm64': 'albatros',
      'darwin/arm64': 'albatros',
      'windows/amd64': 'albatros.exe',
    })) {
      const path = join(cwd, 'df', platform);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, name), `#!${noise(platform + version, 1_200_000).toString('latin1')}`);
      chmodSync(join(path, name), 0o755);
      writeFileSync(join(path, `${name}.asc`), `signed ${platform}`);
    }
    writeFileSync(join(cwd, 'CHANGELOG.md'), changelog);
    await act({
      command: 'static push',
      artifacts: 'df/',
      tag: `albatros:${version}`,
      target: 'file://./site',
      'public-url': 'https://download.example.org',
      'source-url': `https://github.com/org/albatros/tree/v${version}`,
      notes: 'CHANGELOG.md',
      page: 'true',
      installer: 'true',
    });
  }
  // Where it ran and how long it took is of no interest, and another in every run.
  const folder = new RegExp(
    [...cwd].map((sign) => (/\w/.test(sign) ? sign : `\\${sign}`)).join('(?:<wbr>)?'),
    'g',
  );
  const told = summary.replaceAll(folder, '/srv').replaceAll(/\bin \d[\d.]* (ms|s)\./g, 'in 0.8 s.');
  const page = readFileSync(join(cwd, 'site/df-dist-v1/albatros/index.html'), 'utf8');
  return { summary: { html: githubPage(told), wide: 900 }, page: { html: page, wide: 1100 } };
}

async function photograph(shown: Readonly<Record<string, Shown>>): Promise<void> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const executablePath = folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('there is no chromium: install it, or give --check');
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const [name, { html, wide }] of Object.entries(shown)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const [width, called] of [
          [wide, name],
          [390, `${name}-narrow`],
        ] as const) {
          const page = await browser.newPage({ viewport: { width, height: 300 }, colorScheme });
          await page.setContent(html);
          const path = join(pictures, `${called}-${colorScheme}.png`);
          const height = await page.locator('html').evaluate((all) => all.scrollHeight);
          await page.screenshot({
            path,
            fullPage: true,
            clip: { x: 0, y: 0, width, height: Math.min(height, 1000) },
          });
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'alba-pictures-'));
try {
  const shown = await play(folder);
  const digests = Object.entries(shown).map(([name, { html }]) => [
    name,
    createHash('sha256').update(html).digest('hex'),
  ]);
  const record = `${JSON.stringify(Object.fromEntries(digests), undefined, 2)}\n`;
  if (!process.argv.includes('--check')) {
    await photograph(shown);
    writeFileSync(recorded, record);
  } else if (readFileSync(recorded, 'utf8') !== record) {
    console.error('docs/pictures show what runs left before: npm run pictures');
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

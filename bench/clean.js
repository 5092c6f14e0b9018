// What ls, gc --dry-run and gc cost where many releases are: node bench/clean.js [directory|versitygw|minio|registry …]
// TAGS=100,2500,10000 says how many are there, KEEP=10 how many stay; ALBA=src/main.ts runs the sources.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { dist, node } from '../__tests__/support/alba.ts';
import { targets } from './growth/targets.js';
import { measure } from './measure.js';

const { ALBA: alba = dist, TAGS = '100,2500,10000', KEEP = '10', NODE_FLAGS = '' } = process.env;

const lines = {
  ls: 'ls',
  'ls --long': 'ls --long',
  'gc --dry-run': `gc --keep ${KEEP} --grace 0s --dry-run`,
  gc: `gc --keep ${KEEP} --grace 0s`,
};

const folder = await mkdtemp(join(tmpdir(), 'alba-clean-'));
try {
  const named = process.argv.slice(2);
  console.log('| | tags | wall s | CPU s | peak MB | requests |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const name of named.length > 0 ? named : Object.keys(targets)) {
    for (const tags of TAGS.split(',').map(Number)) {
      const target = await targets[name](folder);
      try {
        await target.fill(0, tags);
        for (const [what, words] of Object.entries(lines))
          await tell(`${name}, ${what}`, tags, target, words);
      } finally {
        await target.stop();
      }
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function tell(what, tags, { url, env, asked }, words) {
  asked.length = 0;
  const named = url.startsWith('docker:') ? '' : '-t app';
  const line = `${node} ${NODE_FLAGS} ${alba} container ${words} ${named} '${url}' >/dev/null`;
  const { wall, cpu, peak } = await measure(line, { scratch: folder, env });
  const figures = [wall.toFixed(1), cpu.toFixed(1), peak.toFixed(0), asked.length];
  console.log(`| ${[what, tags, ...figures].join(' | ')} |`);
}

// A line to a network namespace of its own, and registries and buckets at its far end.
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { findTool, requireTool } from '../../__tests__/support/tools.ts';

/** Why no line can be made here; undefined where one can. */
export function whyNoLine() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return 'needs root on Linux';
  const missing = ['cc', 'ip', 'docker-registry', 'versitygw'].filter((tool) => !findTool(tool));
  if (missing.length > 0) return `needs ${missing.join(', ')}`;
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return 'needs /dev/net/tun';
  }
}

/** A line; `delay` in µs one way, `rate` in bit/s, `queue` in bytes. */
export async function openLine(folder, { delay = 15_000, rate = 300_000_000, queue = 1_500_000 } = {}) {
  const name = `alba${process.pid}`;
  const subnet = `10.${100 + (process.pid % 100)}.${Math.floor(process.pid / 100) % 250}`;
  const program = join(folder, 'line');
  const source = join(import.meta.dirname, 'line.c');
  const ip = (...words) => execFileSync(requireTool('ip'), words, { stdio: 'pipe' });
  execFileSync(requireTool('cc'), ['-O2', '-o', program, source]);
  ip('netns', 'add', name);
  const stops = [() => ip('netns', 'delete', name)];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      const left = ip('netns', 'pids', name).toString().split('\n').filter(Boolean);
      for (const pid of left) process.kill(Number(pid));
      ip('netns', 'delete', name);
      process.exit(1);
    });
  }
  try {
    const words = [name, `${name}n`, `${name}f`, delay, rate, queue].map(String);
    const line = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    stops.push(() => ended(line, () => line.stdin.end()));
    await new Promise((resolve, reject) => line.stdout.once('data', resolve) && line.once('close', reject));
    ip('address', 'add', `${subnet}.1/24`, 'dev', `${name}n`);
    ip('link', 'set', `${name}n`, 'up');
    const far = (...rest) => ip('netns', 'exec', name, requireTool('ip'), ...rest);
    far('address', 'add', `${subnet}.2/24`, 'dev', `${name}f`);
    far('link', 'set', `${name}f`, 'up');
    far('link', 'set', 'lo', 'up');
  } catch (failure) {
    await stop();
    throw failure;
  }
  const begin = (tool, args, options) =>
    spawn(requireTool('ip'), ['netns', 'exec', name, tool, ...args], options);
  return {
    startServer: (options) => startServer({ folder, address: `${subnet}.2`, begin, ...options }),
    [Symbol.asyncDispose]: stop,
  };
}

let ports = 20_000;

/** Who may write to a bucket of this line, as the tools find it in their environment. */
export const bucketEnvironment = {
  AWS_ACCESS_KEY_ID: 'line',
  AWS_SECRET_ACCESS_KEY: 'for one process alone',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** How each kind of server is started over a folder, to listen at an address. */
const kinds = {
  registry(directory, addr) {
    const config = {
      version: 0.1,
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(directory, 'content') }, delete: { enabled: true } },
      http: { addr, secret: 'for one process alone' },
    };
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config));
    return { tool: 'docker-registry', words: ['serve', join(directory, 'config.json')] };
  },
  /** Of one bucket, `bench`. */
  bucket(directory, addr) {
    const {
      AWS_ACCESS_KEY_ID: access,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_REGION: region,
    } = bucketEnvironment;
    mkdirSync(join(directory, 'content', 'bench'));
    const words = [
      '--access',
      access,
      '--secret',
      secret,
      '--region',
      region,
      '--port',
      addr,
      '--keep-alive',
    ];
    return { tool: 'versitygw', words: [...words, 'posix', join(directory, 'content')] };
  },
};

/** An empty server of a kind; with `records` what it was asked is kept, which costs time. */
async function startServer({ folder, address, begin, kind = 'registry', records = false }) {
  const directory = mkdtempSync(join(folder, `${kind}-`));
  mkdirSync(join(directory, 'content'));
  const port = ports++;
  const inner = records ? `127.0.0.1:${ports++}` : `${address}:${port}`;
  const { tool, words } = kinds[kind](directory, inner);
  const server = begin(requireTool(tool), words, { stdio: 'ignore' });
  const recorder = records
    ? begin(process.execPath, [join(import.meta.dirname, 'recorder.js'), inner, address, `${port}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
    : undefined;
  const requests = [];
  let text = '';
  recorder?.stdout.on('data', (chunk) => {
    const lines = `${text}${chunk}`.split('\n');
    text = lines.pop();
    requests.push(...lines.map((line) => JSON.parse(line)));
  });
  const host = `${address}:${port}`;
  for (let tries = 0; ; tries += 1) {
    const isThere = await fetch(`http://${host}/v2/`).then(
      ({ status }) => status < 500,
      () => false,
    );
    if (isThere) break;
    if (tries > 100) throw new Error(`no ${kind} at the far end`);
    await wait(50);
  }
  return {
    host,
    /** What it was asked since the last call. */
    async take() {
      await wait(200);
      return requests.splice(0);
    },
    async [Symbol.asyncDispose]() {
      for (const child of [recorder, server]) if (child) await ended(child, () => child.kill());
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function ended(child, end) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((resolve) => {
    child.once('close', resolve);
    end();
  });
}

import { execFile } from 'node:child_process';
import * as v from 'valibot';
import { AlbaError } from '../../errors.ts';
import type { Credentials } from './credentials.ts';
import { parseSecretJson } from './secret-json.ts';

const answerSchema = v.object({ Username: v.string(), Secret: v.string() });
const identityUser = '<token>';
const patience = 30_000;

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly failure?: { readonly code?: string | number | null; readonly killed?: boolean };
}

/** Asks `docker-credential-<helper> get` about a server; undefined when it keeps nothing for it. */
export async function askHelper(helper: string, server: string): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  if (!/^[\w.-]{1,200}$/.test(helper)) {
    throw new AlbaError(
      'auth',
      `the docker config names a credential helper "${helper.slice(0, 200)}": not a program's name`,
    );
  }
  const { stdout, stderr, failure } = await run(program, server);
  if (failure) {
    if (/credentials not found/i.test(stdout + stderr)) return undefined;
    throw new AlbaError('auth', `${program} get, asked about ${server}, ${explain(failure, stdout, stderr)}`);
  }
  const answer = parseSecretJson(answerSchema, stdout, `what ${program} answered about ${server}`);
  if (answer.Secret === '') return undefined;
  return answer.Username === identityUser
    ? { kind: 'identity', token: answer.Secret, origin: program }
    : { kind: 'password', username: answer.Username, password: answer.Secret, origin: program };
}

function run(program: string, server: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { timeout: patience, maxBuffer: 64 * 1024, windowsHide: true };
    const child = execFile(program, ['get'], options, (error, stdout, stderr) => {
      resolve({ stdout, stderr, ...(error && { failure: error }) });
    });
    // A program that does not read its input is judged by what it answers.
    child.stdin?.on('error', () => {});
    child.stdin?.end(`${server}\n`);
  });
}

/** By the helpers' protocol a failure is told on stdout; text that might be credentials is not repeated. */
function explain(failure: NonNullable<Outcome['failure']>, stdout: string, stderr: string): string {
  if (failure.code === 'ENOENT') {
    return 'is not on PATH: install it, or remove it from credsStore and credHelpers of the docker config';
  }
  if (failure.killed) return `gave no answer within ${patience / 1_000} s`;
  const [line = ''] = (stderr.trim() || (stdout.includes('{') ? '' : stdout.trim())).split('\n');
  return `failed (${failure.code})${line && `: ${line.slice(0, 200)}`}`;
}

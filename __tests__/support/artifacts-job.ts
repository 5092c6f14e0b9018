import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { type ActionEnded, runAction, type SpawnOptions } from './alba.ts';

// What actions/runner 2.336 does with $GITHUB_ARTIFACTS, and actions/attest 4.2 with $GITHUB_ARTIFACTS_LIST,
// written after the observed behaviour of both.

/** What a job declares: a name of its own, the digest that it has, and whether it is an image or a file. */
export interface Declared {
  readonly name: string;
  readonly digest: string;
  readonly kind: 'oci' | 'file';
}

type Inputs = Readonly<Record<string, string>>;

/** A job whose runner takes what its steps declare. */
export class ArtifactsJob {
  readonly folder: string;
  readonly temporary: string;
  readonly #declared = new Map<string, Declared>();
  readonly #isOn: boolean;
  #steps = 0;

  /** `isOn`: whether GitHub has the feature switched on; a runner sets the variables all the same. */
  constructor(folder: string, { isOn = true, temporary = join(folder, '_temp') } = {}) {
    this.folder = folder;
    this.temporary = temporary;
    this.#isOn = isOn;
  }

  /** Those of all steps up to now. */
  get declared(): readonly Declared[] {
    return [...this.#declared.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Plays a step of this action. Throws where the runner would fail it for what it has declared. */
  async step(inputs: Inputs, options: SpawnOptions = {}): Promise<ActionEnded & { readonly lines: string }> {
    const { file, list } = await this.#begin();
    const env = {
      GITHUB_ARTIFACTS: file,
      GITHUB_ARTIFACTS_LIST: list,
      RUNNER_TEMP: this.temporary,
      ...options.env,
    };
    const ended = await runAction(inputs, { cwd: this.folder, ...options, env });
    const lines = await readFile(file, 'utf8');
    await this.take(lines);
    return { ...ended, lines };
  }

  /** What actions/attest attests in a step that names no subject. Throws where that step would fail. */
  async attest(inputs: Inputs): Promise<readonly Declared[]> {
    const { list } = await this.#begin();
    const text = await readFile(list, 'utf8');
    const { version, subjects }: { version: number; subjects: Declared[] } =
      text.trim() === '' ? { version: 1, subjects: [] } : JSON.parse(text);
    if (version !== 1) throw new Error(`Unsupported artifacts list version: ${version}`);
    const named = Object.keys(inputs).filter((name) => name.startsWith('subject-'));
    if (named.length > 0) throw new Error(`these look at no list: ${named.join(', ')}`);
    if (subjects.length === 0) throw new Error('One of subject-path, subject-digest, … must be provided');
    if (inputs['push-to-registry'] === 'true') {
      if (subjects.some(({ kind }) => kind !== 'oci'))
        throw new Error('push-to-registry requires an OCI subject');
      if (subjects.length > 1) throw new Error('push-to-registry requires exactly one subject');
    }
    return subjects;
  }

  /** Takes the lines of a step, all of them or none. */
  async take(text: string): Promise<void> {
    if (!this.#isOn) return;
    if (Buffer.byteLength(text) > 1024 * 1024) throw new Error('$GITHUB_ARTIFACTS exceeds 1024 KiB');
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    const found: Declared[] = [];
    for (const line of lines) if (line !== '' && !line.startsWith('#')) found.push(await this.#read(line));
    for (const one of found) {
      const known = this.#declared.get(one.name);
      if (known && known.digest !== one.digest) throw new Error(`${one.name} has two digests`);
      if (!known && this.#declared.size >= 500) throw new Error('more than 500 artifacts');
      this.#declared.set(one.name, known ?? one);
    }
  }

  async #begin(): Promise<{ readonly file: string; readonly list: string }> {
    this.#steps += 1;
    const commands = join(this.folder, '_commands');
    const [file, list] = ['artifacts', 'artifacts_list'].map((name) =>
      join(commands, `${name}_${this.#steps}`),
    ) as [string, string];
    await Promise.all([mkdir(commands, { recursive: true }), mkdir(this.temporary, { recursive: true })]);
    const listed = JSON.stringify({ version: 1, subjects: this.declared });
    await Promise.all([writeFile(file, ''), writeFile(list, this.#isOn ? listed : '')]);
    return { file, list };
  }

  async #read(line: string): Promise<Declared> {
    if (line.includes('=')) throw new Error(`reserved: ${line}`);
    const [, scheme = '', rest = line] = /^([a-z][\w+.-]*):\/\/(.*)$/i.exec(line) ?? [];
    if (!['', 'oci', 'file'].includes(scheme.toLowerCase()))
      throw new Error(`unsupported URI scheme: ${line}`);
    const [, name, digest] = /^(.+)@(sha256:[0-9a-f]{64})$/i.exec(rest) ?? [];
    if (name && digest && !/^file$/i.test(scheme)) return { name, digest: digest.toLowerCase(), kind: 'oci' };
    if (/^oci$/i.test(scheme)) throw new Error(`no digest: ${line}`);
    const path = isAbsolute(rest) ? rest : join(this.folder, rest);
    if (!(await stat(path)).isFile()) throw new Error(`not a regular file: ${line}`);
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return { name: basename(path), digest: `sha256:${hash}`, kind: 'file' };
  }
}

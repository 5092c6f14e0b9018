import { setTimeout as wait } from 'node:timers/promises';
import { allOrAbort } from '../../concurrency/all-or-abort.ts';
import type { Node } from '../../content/content.ts';
import { AlbaError } from '../../errors.ts';
import { type JoinedIndex, type Joining, joinIndex, type StandingIndex } from '../../image/join-index.ts';
import type { Digest } from '../../oci/digest.ts';
import { formatPlatform } from '../../oci/platform.ts';
import { formatCount, formatDuration } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import type { Publication } from '../publication.ts';
import type { TaggedRepository } from '../publication-options.ts';
import { readStandingIndex } from './standing-index.ts';

/** Each round but the last was lost to another publisher, who has won one. */
const rounds = 40;

/**
 * In milliseconds: where there is no conditional write, a tag has to stay as it is for so long. Who had seen an older one
 * has written by then, as he looks once more right before he writes; who looks meanwhile sees this one.
 */
const settling = 2_000;

/** Brings what goes with an index to the targets, before any tag names it; the manifests once the index is `sent`. */
export type Accompany = (index: Node, sent: Promise<unknown>) => Promise<void>;

/** How a release joins what is published. */
export interface UpdateOptions {
  /** The index where the tag is not there yet. */
  readonly made: Node;
  readonly joining: Joining;
  /** Of the index, where artifacts join that are no images. */
  readonly artifactType: string | undefined;
  readonly accompany: Accompany;
  readonly abort: AbortController;
  readonly dryRun: boolean;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What was published in the end. */
export interface UpdatedRelease {
  readonly index: Node;
  /** Platforms that were there, and stayed. */
  readonly kept: number;
}

/**
 * Lets images join the index that the first tag of the first target names; all other tags, here and elsewhere, come to name
 * what that comes to. Where another publisher joins meanwhile, both are in it in the end.
 */
export async function updateRelease(
  leader: TaggedRepository,
  publication: Publication,
  options: UpdateOptions,
): Promise<UpdatedRelease> {
  const [tag] = leader.tags;
  if (tag === undefined) throw new AlbaError('usage', '"update" adds to the index of a tag: none is given');
  const update = new Update(leader, tag, publication, options);
  for (let round = 1; round <= rounds; round += 1) {
    const updated = await update.join(round);
    if (updated) return updated;
    await wait(Math.random() * Math.min(50 * round, 1_000), undefined, { signal: options.signal });
  }
  const remedy = 'other publishers keep changing it; publish again';
  throw new AlbaError('target', `${update.where} did not settle in ${rounds} rounds: ${remedy}`);
}

class Update {
  readonly where: string;
  readonly #leader: TaggedRepository;
  readonly #tag: string;
  readonly #publication: Publication;
  readonly #options: UpdateOptions;
  #told: Digest | 'nothing' | undefined;
  #isDoubtful = false;

  constructor(leader: TaggedRepository, tag: string, publication: Publication, options: UpdateOptions) {
    this.where = leader.repository.reference(tag, undefined);
    this.#leader = leader;
    this.#tag = tag;
    this.#publication = publication;
    this.#options = options;
  }

  /** One round; undefined where another publisher came between. */
  async join(round: number): Promise<UpdatedRelease | undefined> {
    const { dryRun, accompany, abort, progress } = this.#options;
    const standing = await this.#read();
    const joined = this.#joinTo(standing);
    const { node } = joined;
    this.#tell(standing, joined, round);
    const sent = this.#publication.send(node);
    await allOrAbort([sent, accompany(node, sent)], abort);
    if (!dryRun) {
      await this.#publication.ensureSent();
      if (!(await this.#move(standing?.node.descriptor.digest, node))) {
        progress.line(`another publisher has changed ${this.where} meanwhile: joined once more`);
        return undefined;
      }
    }
    await this.#publication.tag(node, this.#leader, this.#tag);
    if (!dryRun && (await this.#resolve()) !== node.descriptor.digest) return undefined;
    return { index: node, kept: joined.kept.length };
  }

  async #read(): Promise<StandingIndex | undefined> {
    const descriptor = await this.#leader.repository.resolve(this.#tag);
    const { artifactType } = this.#options;
    return descriptor && readStandingIndex(this.#leader, descriptor, { where: this.where, artifactType });
  }

  async #resolve(): Promise<Digest | undefined> {
    return (await this.#leader.repository.resolve(this.#tag))?.digest;
  }

  #joinTo(standing: StandingIndex | undefined): JoinedIndex {
    const { made, joining } = this.#options;
    return standing ? joinIndex(standing, joining) : { node: made, replaced: [], kept: [] };
  }

  /** Whether the tag names the index, and nobody who had seen the older one has written another since. */
  async #move(before: Digest | undefined, index: Node): Promise<boolean> {
    const { digest } = index.descriptor;
    if (before !== digest) {
      this.#publication.destinations.find((one) => one.isOf(this.#leader))?.beginTagging();
      const moved = await this.#leader.repository.moveTag(this.#tag, before, index);
      if (moved !== 'doubtful') return moved === 'done';
      if (!this.#isDoubtful) this.#tellDoubt();
      this.#isDoubtful = true;
    }
    if (!this.#isDoubtful) return true;
    await wait(settling, undefined, { signal: this.#options.signal });
    return (await this.#resolve()) === digest;
  }

  #tellDoubt(): void {
    const pause = formatDuration(settling);
    this.#options.progress.line(
      `${this.where} cannot be changed under a condition: in ${pause} it is seen whether another publisher came between`,
    );
  }

  #tell(standing: StandingIndex | undefined, { replaced, kept }: JoinedIndex, round: number): void {
    const { progress, joining } = this.#options;
    const digest = standing?.node.descriptor.digest ?? 'nothing';
    if (this.#told === digest) return;
    this.#told = digest;
    const names = joining.images
      .map(({ platform }) => formatPlatform(platform))
      .sort()
      .join(', ');
    if (!standing) {
      progress.line(`${this.where} is not there yet: it is made with ${names}`);
      return;
    }
    const instead =
      replaced.length > 0 ? `, in the place of ${formatCount(replaced.length, 'manifest')}` : '';
    const again = round > 1 ? 'now ' : '';
    const stays = `${formatCount(kept.length, 'manifest')} of it ${kept.length === 1 ? 'stays' : 'stay'}`;
    progress.line(
      `${this.where} is ${again}${digest}: ${names} ${joining.images.length === 1 ? 'joins' : 'join'}${instead}, ${stays}`,
    );
  }
}

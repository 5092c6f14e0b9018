import { setTimeout } from 'node:timers/promises';
import { randomNumbers } from '../../__tests__/compression/samples.ts';
import { hurry } from '../../__tests__/support/hurry.ts';
import type { Passing } from '../../__tests__/support/servers/faulty.ts';
import { AlbaError, messageOf } from '../../src/errors.ts';
import { printable } from '../../src/progress/format.ts';
import { assertWell, type Done, doHere } from './act.ts';
import { type Victim, victimKinds } from './fault-commands.ts';
import { type FaultStand, faultStands } from './fault-stands.ts';
import { type Order, Tally, type Torture } from './torture.ts';

/** The last of the parts of a path that tell what it is about. */
const subjects: readonly (readonly [RegExp, string])[] = [
  [/^\/token/, 'token'],
  [/[?&]uploads/, 'parts'],
  [/[?&]partNumber=/, 'part'],
  [/[?&]uploadId=/, 'whole of parts'],
  [/[?&]list-type=/, 'list'],
  [/[?&]delete/, 'deletions'],
  [/[?&]mount=/, 'mount'],
  [/\/tags\/list/, 'tag list'],
  [/\/blobs\/uploads\//, 'upload'],
  [/\/blobs\//, 'blob'],
  [/\/manifests\/sha256:|\/manifests\/sha256%3A/, 'manifest'],
  [/\/manifests\//, 'tag'],
  [/\/referrers\//, 'referrers'],
  [/\/df-dist-v1\/.*\/(app|own|same|large)/, 'file'],
  [/\/df-dist-v1\//, 'document'],
];

/** `PUT tag`: which kind of request it is. */
export function kindOf({ method, path, headers }: Passing): string {
  const subject = subjects.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
  return `${method} ${subject}${headers['x-amz-copy-source'] === undefined ? '' : ' as a copy'}`;
}

/** Whatever one kind of request suffers, by the name of the command that makes it: each holds on every place that it goes to. */
export const faults: Readonly<Record<string, Torture>> = Object.fromEntries(
  Object.entries(victimKinds).map(([name, { about, on, open }]) => [
    name,
    {
      about: `whatever goes wrong with a kind of request, ${about}`,
      places: Object.fromEntries(
        Object.entries(faultStands)
          .filter(([, { isRegistry }]) => on === undefined || (on === 'registry') === isRegistry)
          .map(([place, kind]) => [
            place,
            {
              tools: kind.tools,
              async run(order: Order) {
                await using stand = await kind.open(order.folder);
                // Before the first request: the timers of HTTP are made once.
                using _ = hurry({ delay: 200, patience: 60 });
                const victim = await open(stand, order.folder);
                return await sufferFaults(stand, victim, order);
              },
            },
          ]),
      ),
    },
  ]),
);

/** One misfortune of one kind of request. */
interface Case {
  readonly kind: string;
  readonly name: string;
  readonly always: boolean;
}

/** By which a server says that something is done, or not there, and it is not so. */
const lies: ReadonlySet<string> = new Set(['404', '204', '200, not done', '201, not done']);

/** In ms, real ones: what a command works for that is left alone by whoever it asks. */
const longest = 120_000;

/** Draws as many of the cases as there are rounds: each misfortune of each kind of request that a clean run makes, once or always. */
async function sufferFaults(stand: FaultStand, victim: Victim, order: Order): Promise<Tally> {
  const tally = new Tally();
  const random = randomNumbers(order.seed);
  const { kinds, after } = await cleanRun(stand, victim);
  const cases = kinds.flatMap((kind) =>
    Object.keys(stand.misfortunes).flatMap((name) => [true, false].map((always) => ({ kind, name, always }))),
  );
  tally.count('kinds of requests', kinds.length);
  tally.count('cases', cases.length);
  for (let round = 1; round <= order.rounds && cases.length > 0 && !order.isOver?.(); round += 1) {
    const isAll = order.rounds >= cases.length + round - 1;
    const [drawn] = cases.splice(isAll ? 0 : random(cases.length), 1);
    if (!drawn) break;
    tally.count('rounds');
    await tally.check(round, async () => {
      try {
        await suffer(stand, victim, { ...drawn, round: `r${round}`, after, tally });
      } catch (cause) {
        const { kind, name, always } = drawn;
        throw new Error(`${kind}, ${name}, ${always ? 'always' : 'once'}: ${messageOf(cause)}`, { cause });
      } finally {
        stand.proxy.misfortune = () => undefined;
        stand.proxy.passed.splice(0);
        stand.toldElsewhere.splice(0);
      }
    });
    order.tell?.(tally);
  }
  return tally;
}

/** Which kinds of requests there are where nothing goes wrong, and what is there then. */
async function cleanRun(stand: FaultStand, { before, act, read }: Victim) {
  for (const one of before('clean')) assertWell(await doHere(one));
  const old = await read('clean');
  stand.proxy.passed.splice(0);
  assertWell(await doHere(act('clean')));
  const after = await read('clean');
  if (old === undefined || after === undefined || old === after) throw new Error('a clean run does not work');
  return { kinds: [...new Set(stand.proxy.passed.map(kindOf))].sort(), after };
}

async function suffer(
  stand: FaultStand,
  { before, act, read, between, isOnce }: Victim,
  {
    kind,
    name,
    always,
    round,
    after,
    tally,
  }: Case & { readonly round: string; readonly after: string; readonly tally: Tally },
): Promise<void> {
  for (const one of before(round)) assertWell(await doHere(one));
  const old = await read(round);
  let hits = 0;
  stand.proxy.misfortune = (request) => {
    if (kindOf(request) !== kind || (hits > 0 && !always)) return undefined;
    hits += 1;
    return stand.misfortunes[name];
  };
  const done = await inTime(doHere(act(round)));
  stand.proxy.misfortune = () => undefined;
  const isFailed = done.failure !== undefined;
  tally.count(hits === 0 ? 'not met' : isFailed ? 'failed' : 'whole');
  assertTold(done, stand);
  const found = await read(round);
  if (isFailed) {
    const isUnsure = isToldUnsure(done);
    const mayBe = between === 'any' || (found === undefined && between === 'nothing');
    if (found !== old && !mayBe && !(found === after && isUnsure))
      throw new Error(`it failed (${messageOf(done.failure)}), and there is ${found}`);
    if (found === after) tally.count('failed, and told that it may be there');
  } else if (found !== after) {
    // What is there all the same goes the next time.
    if (between !== 'any' || !lies.has(name)) throw new Error(`it went well, and there is ${found}`);
    tally.count('went well, and not all is gone');
  }
  if (isOnce && found === after) return;
  const again = await inTime(doHere(act(round)));
  if (again.failure) throw new Error(`the next run failed: ${messageOf(again.failure)}`);
  if ((await read(round)) !== after) throw new Error('the next run did not complete');
}

async function inTime(work: Promise<Done>): Promise<Done> {
  const ended = new AbortController();
  // Shorter by as much as other waits are (`hurry`).
  const late = setTimeout(longest * 200, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`it was not over after ${longest} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}

/** Whether it says that what failed may be there, or is: a server may hide what it took in, a list may fail after the tag. */
function isToldUnsure({ failure, page = '', told }: Done): boolean {
  return (
    /was written and is not there|\npublished is /.test(messageOf(failure)) ||
    page.includes('Look whether this is there') ||
    told.some((line) => line.includes('may be missing until'))
  );
}

function assertTold({ failure, told, page = '' }: Done, { secrets, toldElsewhere }: FaultStand): void {
  const texts = [...told, page, ...toldElsewhere, ...(failure ? [printable(messageOf(failure))] : [])];
  for (const secret of secrets) {
    const text = texts.find((one) => one.includes(secret));
    if (text !== undefined) throw new Error(`a secret is told: ${text.replaceAll(secret, '[SECRET]')}`);
  }
  if (failure === undefined) return;
  if (!(failure instanceof AlbaError))
    throw new Error(`no error of ours: ${failure instanceof Error ? failure.stack : failure}`);
  const { message } = failure;
  const isLong = message.length > 900 || message.split('\n').length > 2;
  if (isLong || /[\r<>]|undefined|\[object/.test(message)) throw new Error(`no clear sentence: ${message}`);
}

import type { GenericSchema } from 'valibot';
import { AlbaError, Stopped } from '../errors.ts';
import type { Host } from './host.ts';
import type { Door, Given, Input, Inputs } from './input.ts';
import { parseAllLater } from './problems.ts';
import { nothingReached, type Reached, tellReached } from './reached.ts';
import type { Summary } from './summary.ts';

/** Inputs that are one value together, which may need the machine besides: `read` makes it. */
export interface Group<T = unknown> {
  readonly inputs: Inputs;
  read(given: Given, host: Host): T | Promise<T>;
}

/** What a command is told: inputs under their names, groups under any. */
export type Entries = Readonly<Record<string, Input | Group>>;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;
type Value<E> = E extends Input<infer T> ? T : E extends Group<infer T> ? T : never;

/** The values of entries: that of `dry-run` is `dryRun`. */
export type Values<E extends Entries> = {
  readonly [Name in keyof E & string as Camel<Name>]: Value<E[Name]>;
};

/** One output of the action. */
export interface Output<R> {
  /** What it holds, in Markdown, without a capital and a full stop. */
  readonly about: string;
  of(result: R): string;
}

/** How a command's result is told. */
export interface Report<R> {
  /** The schema of the result, as `--json` and the output `metadata` have it. */
  schema(): Promise<GenericSchema<unknown, R>>;
  /** What a person reads at the end. */
  lines(result: NoInfer<R>): readonly string[] | Promise<readonly string[]>;
  /** The action's outputs, by name. */
  readonly outputs: Readonly<Record<string, Output<NoInfer<R>>>>;
  /** Outputs whose names depend on the result. */
  readonly moreOutputs?: {
    /** What the common ones hold, by name, for action.yml. */
    readonly common: Readonly<Record<string, string>>;
    of(result: NoInfer<R>): Readonly<Record<string, string>>;
  };
  /** The page of its run, which took so many milliseconds. */
  summary(result: NoInfer<R>, took: number): Promise<Summary>;
  /** What makes the run a failure although there is a result: only a part was published. */
  failure?(result: NoInfer<R>): string | undefined;
  /** What makes a comparison a failure that went well. */
  difference?(result: NoInfer<R>): string | undefined;
}

interface Definition<E extends Entries, R> {
  /** `container push`: its words on the command line, and the action's `command`. */
  readonly name: string;
  /** One line about it, without a capital and a full stop. */
  readonly about: string;
  /** The only door that has it; both if it is not given. */
  readonly only?: Door;
  readonly inputs: E;
  /** How it is called, to copy from --help. */
  readonly example?: string;
  readonly report?: Report<R>;
  /** Whether this run fails for a difference: then any other failure is told from that, as diff(1) does. */
  compares?(values: Values<E>): boolean;
  /** `follow` is told how to find out, where this fails, how far it had come. */
  run(values: Values<E>, host: Host, follow: (reached: () => Reached) => void): Promise<R>;
}

/** Why a call failed. */
interface Failure {
  readonly thrown: unknown;
  /** Whether it kept a comparison from its end, rather than being what that found. */
  readonly isTrouble: boolean;
}

/** What became of a call, for a door to tell; of one that failed, outputs are of what is published all the same. */
export interface CommandOutcome {
  /** Given where the command failed, be it that there is a result: only a part was published then. */
  readonly failure: Failure | undefined;
  /** For JSON; undefined where the command has no result. */
  readonly result: unknown;
  readonly lines: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  summary(): Promise<Summary | undefined>;
}

/** A command as doors and documents use it; `only`, `about` and the like are those of its definition. */
export interface Command {
  readonly name: string;
  readonly about: string;
  readonly only: Door | undefined;
  /** All of them, those in groups, too. */
  readonly inputs: Inputs;
  readonly example: string | undefined;
  /** What each output holds. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What others hold that it may have, by name. */
  readonly moreOutputs: Readonly<Record<string, string>>;
  /** The schema of its result, undefined where it has none. */
  readonly schema: (() => Promise<GenericSchema>) | undefined;
  /** Reads what was given and runs; one usage error, as its failure, tells of everything that is wrong with it. */
  run(given: Given, host: Host): Promise<CommandOutcome>;
}

/** A command out of its definition; the types of its values are those of its inputs. */
export function command<const E extends Entries, R>(definition: Definition<E, R>): Command {
  const { name, about, only, inputs, example, report } = definition;
  return {
    name,
    about,
    only,
    inputs: flattened(inputs),
    example,
    outputs: Object.fromEntries(
      Object.entries(report?.outputs ?? {}).map(([output, told]) => [output, told.about]),
    ),
    moreOutputs: report?.moreOutputs?.common ?? {},
    schema: report?.schema,
    async run(given, host) {
      const began = performance.now();
      let reached = (): Reached => nothingReached;
      let compares = false;
      const run = async (): Promise<R> => {
        const values = await readValues(inputs, given, host);
        compares = definition.compares?.(values) ?? false;
        return definition.run(values, host, (ask) => {
          reached = ask;
        });
      };
      try {
        const result = await Promise.race([
          run(),
          new Promise<never>((_, reject) =>
            host.onStop((signal) => reject(new Stopped(signal, tellReached(reached())))),
          ),
        ]);
        return await outcomeOf(report, result, performance.now() - began, compares);
      } catch (thrown) {
        const what = given.tag?.join(', ') || name;
        return failedOutcome(what, thrown, reached(), performance.now() - began, compares);
      }
    },
  };
}

async function outcomeOf<R>(
  report: Report<R> | undefined,
  result: R,
  took: number,
  compares: boolean,
): Promise<CommandOutcome> {
  const outputs = Object.entries(report?.outputs ?? {});
  const trouble = report?.failure?.(result);
  const failure = trouble ?? report?.difference?.(result);
  const isTrouble = compares && trouble !== undefined;
  return {
    failure: failure === undefined ? undefined : { thrown: new AlbaError('target', failure), isTrouble },
    result,
    lines: (await report?.lines(result)) ?? [],
    outputs: {
      ...report?.moreOutputs?.of(result),
      ...Object.fromEntries(outputs.map(([output, { of }]) => [output, of(result)])),
    },
    summary: async () => report?.summary(result, took),
  };
}

/** The outcome of what failed after `took` milliseconds: what it was called, why, how far it had come, and whether it was to compare. */
export function failedOutcome(
  what: string,
  thrown: unknown,
  reached = nothingReached,
  took = 0,
  isTrouble = false,
): CommandOutcome {
  return {
    failure: { thrown, isTrouble },
    result: undefined,
    lines: [],
    outputs: reached.outputs,
    summary: async () => (await import('./failure-summary.ts')).failureSummary(what, thrown, reached, took),
  };
}

/** The values in what was given, each parsed by its own input; one usage error tells of everything that is wrong. */
export async function readValues<E extends Entries>(
  entries: E,
  given: Given,
  host: Host,
): Promise<Values<E>> {
  const parsers = Object.entries(entries).map(([name, entry]): [string, () => unknown] => [
    camelCase(name),
    () => (isGroup(entry) ? entry.read(given, host) : entry.parse(name, given[name] ?? [])),
  ]);
  return (await parseAllLater(Object.fromEntries(parsers))) as Values<E>;
}

/** Inputs that are one value together. */
export function group<const I extends Inputs, T>(
  inputs: I,
  join: (values: Values<I>, host: Host) => T | Promise<T>,
): Group<T> & { readonly inputs: I } {
  return { inputs, read: async (given, host) => join(await readValues(inputs, given, host), host) };
}

function flattened(entries: Entries): Inputs {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) =>
      isGroup(entry) ? Object.entries(entry.inputs) : [[name, entry] as const],
    ),
  );
}

function isGroup(entry: Input | Group): entry is Group {
  return 'inputs' in entry;
}

/** `dryRun` for `dry-run`. */
function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

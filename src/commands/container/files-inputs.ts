import { AlbaError } from '../../errors.ts';
import { parseLocator } from '../../place/locator.ts';
import { isAddress } from '../../place/schemes.ts';
import { parseImagePath, parseLayerLine } from '../../source/files/layer-line.ts';
import { group } from '../command.ts';
import { parseCreated } from '../created.ts';
import { choice, each, flag, lines, list, pairs, parsed, text } from '../kinds.ts';
import { followInput } from '../push.ts';
import { parseArguments } from './arguments.ts';
import { parseSkeleton } from './skeleton.ts';

/** What is made of files, and how; undefined where the artifacts are images. */
export const filesInputs = group(
  {
    'from-files': flag('make images of the files in folders `<os>/<architecture>[/<variant>]/<files>`', {
      more: 'Implied by `layers`, `base`, `entrypoint` and `cmd`. A plain folder will do where `platforms` names one platform',
    }),
    artifact: choice('what is made of files', ['image', 'wasm'], {
      usual: 'image',
      more: '`wasm` is one module, or component, of WebAssembly in the form of the CNCF, as wkg, Spin and wasmCloud pull it: a manifest without an index. The artifacts name a file, or a folder with just one `*.wasm`',
    }),
    layers: lines(
      'which files are a layer of their own: `GLOB [=> DESTINATION] [chown=UID:GID] [chmod=0755]`',
      {
        more: 'A layer a line, what changes rarely first; what no line takes is the last layer. Globs begin at the folder of a platform, and what lies below their fixed part goes below the destination. What has a blank in it is quoted as in a shell',
        singular: 'layer',
        placeholder: 'line',
        parse: each(parseLayerLine),
      },
    ),
    prefix: parsed('where files go in the image that no line of `layers` gives a destination', parsePathOf, {
      more: 'The root, unless told',
      placeholder: 'path',
    }),
    follow: followInput,
    base: parsed(
      'the image that files are put on: a reference, an archive or a layout, or `scratch`',
      parseBase,
      {
        more: 'By platform. Its layers stay as they are, and its settings hold where none are given here',
        placeholder: 'image',
      },
    ),
    skeleton: list('what else to write where it is missing: `passwd`, `tmp`, `nsswitch`, `ca=PATH`', {
      more: '`ca=PATH` is a file of certificates to trust (PEM): those of the machine that publishes would give each machine another digest',
      placeholder: 'list',
      parse: parseSkeleton,
    }),
    entrypoint: parsed('the program that a container runs, with its first arguments', parseArguments, {
      more: 'A line with words quoted as in a shell, without any expansion, or a JSON array of them',
      placeholder: 'line',
    }),
    cmd: parsed(
      'arguments that a container gets if it is given no others; written as `entrypoint`',
      parseArguments,
      {
        placeholder: 'line',
      },
    ),
    env: pairs('`NAME=value` for the environment of containers', {
      parse: (given) => each(parseVariable)(given).flat(),
    }),
    workdir: parsed('the directory that a container starts in', parsePathOf, { placeholder: 'path' }),
    user: text('whom a container runs as: `UID[:GID]`, or names that the image knows', {
      placeholder: 'user',
    }),
    expose: list('ports that a container listens at, such as `80` or `53/udp`', {
      placeholder: 'port',
      parse: each(parsePort),
    }),
    volumes: list('directories of a container whose content outlives it', {
      singular: 'volume',
      placeholder: 'path',
      parse: each((path) => parsePathOf(path, 'volumes')),
    }),
    'stop-signal': parsed('what ends a container, such as `SIGINT`', parseSignal, { placeholder: 'signal' }),
    created: parsed(
      'when the images were made, as RFC 3339 or in seconds since 1970; for the config alone',
      parseCreated,
      {
        more: '`SOURCE_DATE_EPOCH` if that is set, else the time of the commit, else 1970',
        placeholder: 'time',
      },
    ),
  },
  ({ fromFiles, artifact, ...given }) => {
    const { layers, base, entrypoint, cmd, prefix, workdir, user, stopSignal, ...values } = given;
    if (artifact === 'wasm') {
      const { follow, created, ...others } = given;
      const unfit = namesOf(others);
      if (unfit.length === 0) return { artifact, follow, created };
      throw new AlbaError(
        'usage',
        `${unfit.join(', ')}: for images, which an artifact of WebAssembly is not: leave it out`,
      );
    }
    if (fromFiles || layers.length > 0 || base || entrypoint || cmd) {
      const { env, expose, volumes, skeleton, follow, created } = values;
      const settings = {
        ...{ env, expose, volumes },
        ...(entrypoint && { entrypoint }),
        ...(cmd && { cmd }),
        ...(workdir && { workdir }),
        ...(user && { user }),
        ...(stopSignal && { stopSignal }),
      };
      const recipe = { lines: layers, prefix: prefix ?? '/', skeleton, settings, base };
      return { artifact: 'image', follow, created, ...recipe } as const;
    }
    const lost = namesOf({ prefix, workdir, user, stopSignal, ...values });
    if (lost.length === 0) return undefined;
    throw new AlbaError(
      'usage',
      `${lost.join(', ')}: for images that are made of files alone; to make some, give from-files, layers, base, entrypoint or cmd`,
    );
  },
);

/** The names of inputs that have a value. */
function namesOf(values: object): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    isGiven(value) ? [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)] : [],
  );
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function parsePathOf(given: string, name: string): string {
  const path = parseImagePath(given, name);
  return path === '/' ? path : path.replace(/\/$/, '');
}

/** Where a base is: published, or at a path. */
function parseBase(given: string) {
  if (given === 'scratch') return { kind: 'scratch' } as const;
  if (isAddress(given)) return { kind: 'published', locator: parseLocator(given) } as const;
  return { kind: 'path', path: given } as const;
}

function parseVariable(line: string): (readonly [name: string, value: string])[] {
  if (line.trim() === '') return [];
  const equals = line.indexOf('=');
  if (equals > 0 && !/[\s"']/.test(line.slice(0, equals)))
    return [[line.slice(0, equals), line.slice(equals + 1)]];
  throw new AlbaError('usage', `env "${line}" is not NAME=value, without quotes around it`);
}

function parsePort(given: string): string {
  const [, port = '', protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(given) ?? [];
  if (Number(port) >= 1 && Number(port) <= 65535) return `${Number(port)}/${protocol}`;
  throw new AlbaError('usage', `expose "${given}" is not a port, such as 80, 80/tcp or 53/udp`);
}

function parseSignal(given: string): string {
  if (/^(SIG[A-Z0-9+-]+|\d{1,2})$/.test(given)) return given;
  throw new AlbaError('usage', `stop-signal "${given}" is not a signal, such as SIGINT or 2`);
}

/** Gives whole numbers from 0 to below the one that it is given. */
export type Random = (below: number) => number;

/** Damages bytes behind the first `from`: most often a few bits early on, where headers are; at times cuts them off. */
export function damageBytes(bytes: Uint8Array, random: Random, from = 0): Buffer {
  const damaged = Buffer.from(bytes);
  if (damaged.length <= from) return damaged;
  for (let times = 1 + random(4); times > 0; times--) {
    const at = from + random(Math.max(1, random(2) ? damaged.length - from : 100));
    if (at >= damaged.length) continue;
    if (random(3) > 0) damaged[at] = (damaged[at] ?? 0) ^ (1 << random(8));
    else if (random(2)) damaged[at] = random(256);
    else damaged.copyWithin(at, from + random(damaged.length - from));
  }
  return random(10) ? damaged : damaged.subarray(0, from + random(damaged.length));
}

/** In bytes, as is a header. */
const blockSize = 512;
/** Where a field of a header is, and how long (POSIX.1-1988, ustar). */
const fields = [
  { start: 0, length: 100 }, // name
  { start: 100, length: 8 }, // mode
  { start: 124, length: 12 }, // size
  { start: 136, length: 12 }, // mtime
  { start: 156, length: 1 }, // type
  { start: 157, length: 100 }, // link
  { start: 257, length: 8 }, // magic and version
  { start: 345, length: 155 }, // prefix
];
const checksum = { start: 148, length: 8 };
const values = [
  '',
  '0',
  '7777777',
  '77777777777',
  '-1',
  '../../x',
  '/etc/x',
  'x',
  'L',
  'K',
  'g',
  '1',
  '2',
  '5',
  'S',
];

/** Changes a field of one header of a tar and puts its checksum right, so that readers believe it. */
export function damageTarHeader(tar: Uint8Array, random: Random): Buffer {
  const damaged = Buffer.from(tar);
  const headers = [];
  for (let at = 0; at + blockSize <= damaged.length; at += blockSize) {
    if (damaged.toString('latin1', at + 257, at + 262) === 'ustar') headers.push(at);
  }
  const at = headers[random(headers.length)];
  const field = fields[random(fields.length)];
  if (at === undefined || field === undefined) return damaged;
  const header = damaged.subarray(at, at + blockSize);
  const bytes = header.subarray(field.start, field.start + field.length);
  const how = random(6);
  if (how === 0) bytes.fill(random(256), random(field.length));
  // A number of more digits than fit is binary, and has its first bit set (GNU).
  else if (how === 1)
    bytes.set(Buffer.of(0x80, 0, 0, 0, 0, 0, random(256), random(256)).subarray(0, field.length));
  else bytes.fill(0).write(values[random(values.length)] ?? '', 'latin1');
  header.fill(' ', checksum.start, checksum.start + checksum.length);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, checksum.start, 'latin1');
  return damaged;
}

/** A JSON value's place in the object or the array that holds it. */
interface Slot {
  read(): unknown;
  write(value: unknown): void;
  remove(): void;
}

const hostile: readonly unknown[] = [
  ...[null, true, 0, -1, 1.5, 2 ** 53, 1e308, '', ' ', '\0', '../../x', '/etc/x', '::error::x', '\u001b[2J'],
  ...['x'.repeat(5000), 'sha256:', `sha256:${'0'.repeat(64)}`, `sha512:${'0'.repeat(128)}`, 'ä\ud800'],
  ...[[], {}, [null], [[]], Array(300).fill('x'), { toString: null, constructor: 1 }],
  JSON.parse('{"__proto__":{"polluted":true},"length":-1}'),
];

/** Changes a value or two of a JSON document: another one, a hostile one, none, twice. What is no JSON stays. */
export function damageJson(text: string, random: Random): string {
  const document: unknown[] = [JSON.parse(text)];
  for (let times = 1 + random(2); times > 0; times--) {
    const slots = slotsOf(document);
    const slot = slots[random(slots.length)];
    const other = slots[random(slots.length)];
    const how = random(8);
    if (how === 0) slot?.remove();
    else slot?.write(structuredClone(how < 3 ? other?.read() : hostile[random(hostile.length)]));
  }
  const changed = JSON.stringify(document[0]) ?? '';
  return random(20) ? changed : changed.replace(/"[a-zA-Z]+":/, '"__proto__":');
}

function slotsOf(value: unknown): Slot[] {
  if (Array.isArray(value)) {
    return value.flatMap((child: unknown, index) => [
      {
        read: () => value[index],
        write: (next: unknown) => value.splice(index, 1, next),
        remove: () => value.splice(index, 1),
      },
      ...slotsOf(child),
    ]);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    {
      read: () => Reflect.get(value, key),
      write: (next: unknown) => Reflect.set(value, key, next),
      remove: () => Reflect.deleteProperty(value, key),
    },
    ...slotsOf(child),
  ]);
}

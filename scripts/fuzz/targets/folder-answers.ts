import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { readMultistatus } from '../../../src/storage/http-multistatus.ts';
import { damageText } from '../damage-text.ts';
import { assertPlain, judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Answers in a round. */
const perRound = 200;

const folder = new URL('https://files.example/dav/a%20b/');
const entry = (href: string, props: string): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop>${props}</D:prop></D:propstat></D:response>`;
const sample = `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${[
  entry('/dav/a%20b/', '<D:resourcetype><D:collection/></D:resourcetype>'),
  entry('/dav/a%20b/x&amp;y', '<D:getcontentlength>12</D:getcontentlength><D:resourcetype/>'),
  entry(
    'https://files.example/dav/a b/%D1%8F',
    '<D:getlastmodified>Sat, 28 Nov 2026 12:00:00 GMT</D:getlastmodified>',
  ),
  entry('<![CDATA[/dav/a%20b/..%2fq]]>', '<D:resourcetype><D:collection/></D:resourcetype>'),
].join('')}</D:multistatus>`;

/** Answers to PROPFIND. What comes out are names within the folder that was asked for, and numbers. */
export const target: FuzzTarget = {
  about: 'what a folder of WebDAV is said to have is names within it, and sizes that are numbers',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      let xml = sample;
      for (let times = random(6); times > 0; times--) xml = damageText(xml, random);
      const { value = [], refusal } = await judge(() => readMultistatus(xml, folder));
      for (const { name, size, modified, ...rest } of value) {
        assertPlain(rest, 'an entry');
        if (['', '.', '..'].includes(name) || /[/\0]/.test(name)) throw new Error(`a name is ${name}`);
        if (!Number.isSafeInteger(size) || size < 0) throw new Error(`a size is ${size}`);
        if (Number.isNaN(modified.getTime())) throw new Error('a time is none');
      }
      all.push({ names: value.length, refused: refusal ? 1 : 0 });
    }
    return addCounts(...all);
  },
};

import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setInterval } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resumed } from '../../../src/content/resumed.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import type { Progress } from '../../../src/progress/progress.ts';
import { chooseOne } from '../../../src/publish/copy/choose-named.ts';
import { readCopiedRelease } from '../../../src/publish/copy/read-release.ts';
import { openRegistryDeleter } from '../../../src/repository/registry/deleter.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { makeCertificate } from '../../support/servers/certificate.ts';
import { itWith } from '../../support/tools.ts';
import { type Answer, blobOf, failureOf, memory, openApp, quick, refuse, reset, startFake } from './fake.ts';

const temporary = useTemporary();
const { oci } = mediaTypes;
const blob = blobOf('blob');
const manifest = blobOf('{"schemaVersion":2}', mediaTypes.oci.manifest);

function listener(): Progress & { readonly told: string[] } {
  const told: string[] = [];
  return { ...silent, told, warn: (text) => told.push(text), line: (text) => told.push(text) };
}

/** Items at this pace, in ms: what is slow is what is tried. */
async function* every<T>(milliseconds: number, items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  const ticks = setInterval(milliseconds)[Symbol.asyncIterator]();
  try {
    for await (const item of items) {
      await ticks.next();
      yield item;
    }
  } finally {
    await ticks.return?.();
  }
}

describe('a registry of https', () => {
  itWith(['openssl'], 'has nothing sent or read in the clear elsewhere, unless that is named', async () => {
    const certificate = await makeCertificate(temporary.path);
    const [cert, key] = await Promise.all([readFile(certificate.file), readFile(certificate.key)]);
    const certificates = { ca: `${cert}` };
    const taken: string[] = [];
    await using elsewhere = await startFake(({ method }, response) => {
      taken.push(method);
      response.writeHead(method === 'PUT' ? 201 : 200).end(method === 'PUT' ? '' : 'blob');
    });
    const other = elsewhere.host.replace('127.0.0.1', 'localhost');
    await using server = await startFake(
      ({ method, path }, response) =>
        response.writeHead(method === 'POST' ? 202 : 307, { location: `http://${other}${path}/up` }).end(),
      { cert, key },
    );
    await using app = openApp(server.host, { certificates, plainHttp: false });
    for (const work of [() => app.push(blob), () => app.fetch(blob.descriptor).then(buffer)]) {
      const { message } = await failureOf(work());
      expect(message).toMatch(/leads to http:\/\/localhost:\d+\/.*plain http.*trusted-endpoints/);
    }
    expect(taken).toEqual([]);
    const plainOrigins = new Set([`http://${other}`]);
    await using trusting = openApp(server.host, { certificates, plainHttp: false, plainOrigins });
    expect(`${await buffer(await trusting.fetch(blob.descriptor))}`).toBe('blob');
    expect(taken).toEqual(['GET']);
  });
});

describe('a wait that a registry asks for', () => {
  it('until a date is as long as its own clock says', async () => {
    const registry = memory();
    const [now, later] = ['Thu, 01 Jan 2015 00:00:00 GMT', 'Thu, 01 Jan 2015 00:00:01 GMT'];
    const future = ['Fri, 01 Jan 2100 00:00:00 GMT', 'Fri, 01 Jan 2100 00:00:01 GMT'];
    for (const [date, until] of [[now, later], future]) {
      const answered: number[] = [];
      await using server = await startFake((request, response) => {
        answered.push(performance.now());
        return answered.length === 1
          ? refuse(response, 429, '', '', { date: date ?? '', 'retry-after': until ?? '' })
          : registry(request, response);
      });
      await using app = openApp(server.host);
      await app.push(manifest);
      expect((answered[1] ?? 0) - (answered[0] ?? 0)).toBeGreaterThanOrEqual(990);
    }
  });
});

describe('a registry that refuses to be looked at by HEAD', () => {
  it.each([405, 501])('with %i is asked by GET', async (status) => {
    const registry = memory();
    await using server = await startFake((request, response) =>
      request.method === 'HEAD' ? response.writeHead(status).end() : registry(request, response),
    );
    await using app = openApp(server.host);
    expect(await app.exists(blob.descriptor)).toBe(false);
    await app.push(blob);
    await app.push(manifest);
    await app.tag(manifest, ['1']);
    expect(await app.exists(blob.descriptor)).toBe(true);
    expect((await app.resolve('1'))?.digest).toBe(manifest.descriptor.digest);
    expect(server.calls().filter((call) => call.startsWith('HEAD'))).toHaveLength(1);
  });
});

describe('an error that is compressed', () => {
  it('is read, and what is no text is not shown', async () => {
    const errors = gzipSync(JSON.stringify({ errors: [{ code: 'DENIED', message: 'no room' }] }));
    for (const [body, shown] of [
      [errors, /400 Bad Request: DENIED: no room$/],
      [gzipSync(Buffer.alloc(9_000_000)), /answered 400 Bad Request$/],
      [Buffer.from([0x1f, 0x8b, 8, 0, 0xff, 0xfe, 1, 2]), /answered 400 Bad Request$/],
      [Buffer.from([0xff, 0xfe, 0x80, 0x81]), /answered 400 Bad Request$/],
    ] as const) {
      await using server = await startFake((_, response) =>
        response.writeHead(400, { 'content-encoding': 'gzip' }).end(body),
      );
      await using app = openApp(server.host);
      expect((await failureOf(app.tags())).message).toMatch(shown);
    }
  });
});

describe('a tag', () => {
  it('whose every write is cut off when it is done is written, and told', async () => {
    const registry = memory();
    const answers = { cut: 0 };
    await using server = await startFake((request, response) => {
      if (request.method !== 'PUT' || !request.path.endsWith('/1')) return registry(request, response);
      registry.blobs.set('1', request.body);
      answers.cut += 1;
      return reset(response);
    });
    const progress = listener();
    await using app = openApp(server.host, { progress });
    const written = await app.tag(manifest, ['1']);
    expect([...written.keys()]).toEqual(['1']);
    expect(answers.cut).toBe(4);
    expect(progress.told.at(-1)).toMatch(/app:1 names .*all the same/);
  });
});

describe('a list of tags', () => {
  it('with a page of more than 4 MiB is told as too long', async () => {
    const tags = Array.from({ length: 200_000 }, (_, at) => `a-tag-that-is-rather-long-${at}`);
    await using server = await startFake((_, response) => response.end(JSON.stringify({ tags })));
    await using app = openApp(server.host);
    const { message } = await failureOf(app.tags());
    expect(message).toMatch(/tags\/list.*longer than \d+ bytes/);
    expect(message).not.toContain('JSON');
  });

  it('with pages without end is told as too long, before it fills the memory', async () => {
    const page = `{"tags":["1.0"]${' '.repeat(4_000_000)}}`;
    await using server = await startFake((_, response) => {
      response.writeHead(200, { link: '</v2/app/tags/list?last=a>; rel="next"' }).end(page);
    });
    await using app = openApp(server.host);
    expect((await failureOf(app.tags())).message).toMatch(/the tag list is longer than \d+ bytes/);
    expect(server.seen.length).toBeLessThan(25);
  });

  it('is without what is no tag, which nobody could ask for', async () => {
    const tags = ['1.0', '../../other/manifests/1.0', 'a\r\nb', '\u001b[31m', '', ' '];
    await using server = await startFake((_, response) => response.end(JSON.stringify({ tags })));
    await using app = openApp(server.host);
    expect(await app.tags()).toEqual(['1.0']);
    expect((await app.allTags()).tags).toEqual(['1.0']);
  });
});

/** A registry with a manifest for whoever asks: each is new. */
function endless(found: (path: string) => 'referrer' | 'tag' | undefined): Answer {
  const documents = new Map<string, Buffer>();
  const document = (more: object) => {
    const config = {
      mediaType: 'application/vnd.oci.empty.v1+json',
      digest: digestOf(Buffer.from('{}')),
      size: 2,
    };
    const annotations = { number: `${documents.size}` };
    const bytes = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: oci.manifest, config, layers: [], annotations, ...more }),
    );
    documents.set(digestOf(bytes), bytes);
    return { mediaType: oci.manifest, digest: digestOf(bytes), size: bytes.length };
  };
  const root = document({});
  return ({ path }, response) => {
    const last = path.split('/').at(-1) ?? '';
    if (path.endsWith('/tags/list')) return response.end('{"tags":["1.0"]}');
    if (path.includes('/referrers/')) {
      const subject = { mediaType: oci.manifest, digest: last, size: documents.get(last)?.length ?? 0 };
      const manifests = found(path) === 'referrer' ? [document({ subject })] : [];
      response.writeHead(200, { 'content-type': oci.index });
      return response.end(JSON.stringify({ schemaVersion: 2, mediaType: oci.index, manifests }));
    }
    const digest = found(path) === 'tag' ? document({}).digest : last === '1.0' ? root.digest : last;
    const bytes = documents.get(digest);
    if (!bytes) return refuse(response, 404, 'MANIFEST_UNKNOWN');
    response.writeHead(200, { 'content-type': oci.manifest, 'docker-content-digest': digest });
    return response.end(bytes);
  };
}

describe('a registry in which each manifest', () => {
  it('has a referrer, which has one, and so on, is told so by who looks for what may go', async () => {
    await using server = await startFake(
      endless((path) => (path.includes('/referrers/') ? 'referrer' : undefined)),
    );
    const deleter = openRegistryDeleter({ registry: server.host, repository: 'app' }, quick);
    const failure = await failureOf(deleter.inventory({ needsTime: () => false }));
    await deleter.close();
    expect(failure.message).toMatch(/app nests its documents more than \d+ deep/);
  });

  it('has a signature under a tag, which has one, and so on, is told so by who copies it', async () => {
    await using server = await startFake(endless((path) => (path.endsWith('.sig') ? 'tag' : undefined)));
    await using source = openApp(server.host);
    const { descriptor, tags, origin } = await chooseOne(source, { kind: 'one', tag: '1.0', as: '1.0' });
    const context = { repository: source, nearer: undefined, heldBy: undefined, tags: undefined };
    const named = { descriptor, tags, origin };
    const reading = readCopiedRelease(named, {
      ...context,
      platforms: undefined,
      isStrict: true,
      progress: silent,
    });
    expect((await failureOf(reading)).message).toMatch(/app nests its documents more than \d+ deep/);
  });
});

describe('the silence of a registry', () => {
  const waits = { timeouts: { ...quick.timeouts, answer: 100, upload: 100 } };
  const retries = { count: 50, firstDelay: 1, longestDelay: 5 };

  it('is borne for so long in all, however often it is asked', async () => {
    await using server = await startFake(() => {});
    await using app = openApp(server.host, { ...waits, retries: { ...retries, longestSilence: 1_700 } });
    const { message } = await failureOf(app.exists(blob.descriptor));
    expect(server.seen.length).toBeGreaterThan(1);
    expect(server.seen.length).toBeLessThan(6);
    expect(message).toMatch(/; tried \d times in \d\.\d s$/);
  });

  it('is none while it is left alone for as long as it asks', async () => {
    await using server = await startFake((_, response) =>
      server.seen.length < 4
        ? refuse(response, 429, 'TOOMANYREQUESTS', '', { 'retry-after': '0.3' })
        : response.writeHead(404).end(),
    );
    const progress = listener();
    const impatient = { ...retries, longestDelay: 400, longestSilence: 500, tellSilence: 200 };
    await using app = openApp(server.host, { progress, retries: impatient });
    expect(await app.exists(blob.descriptor)).toBe(false);
    expect(server.seen).toHaveLength(4);
    expect(progress.told.join()).not.toContain('has not answered');
  });

  it('is none for others either while it is left alone', async () => {
    const [one, other] = [blobOf('one'), blobOf('other')];
    await using server = await startFake(({ path }, response) => {
      if (server.seen.length === 1)
        return refuse(response, 429, 'TOOMANYREQUESTS', '', { 'retry-after': '2' });
      const isFirst = server.calls().filter((call) => call.endsWith(path)).length === 1;
      if (path.endsWith(other.descriptor.digest) && isFirst) return refuse(response, 503);
      return response.writeHead(404).end();
    });
    const progress = listener();
    const impatient = { ...retries, longestDelay: 2_500, longestSilence: 1_500, tellSilence: 1_400 };
    await using app = openApp(server.host, { progress, retries: impatient });
    const refused = app.exists(one.descriptor);
    await expect.poll(() => progress.told.join()).toContain('retry 1');
    expect(await app.exists(other.descriptor)).toBe(false);
    expect(await refused).toBe(false);
    expect(progress.told.join()).not.toContain('has not answered');
  });

  it('is none while an upload moves', async () => {
    const registry = memory();
    await using server = await startFake((request, response) => {
      if (request.method === 'PUT' && server.calls().filter((call) => call.startsWith('PUT')).length < 4)
        return refuse(response, 503);
      return registry(request, response);
    });
    const slow = {
      ...blob,
      async *open() {
        for await (const byte of every(30, 'blob')) yield Buffer.from(byte);
      },
    };
    await using app = openApp(server.host, { retries: { ...retries, longestSilence: 110 } });
    await app.push(slow);
    expect(`${registry.blobs.get(blob.descriptor.digest)}`).toBe('blob');
  });

  it('is told while it lasts', async () => {
    const answers: ServerResponse[] = [];
    await using server = await startFake((_, response) => void answers.push(response));
    const progress = listener();
    const line = (text: string): void => {
      progress.told.push(text);
      for (const response of answers.splice(0)) response.writeHead(404).end();
    };
    await using app = openApp(server.host, {
      progress: { ...progress, line },
      retries: { ...retries, tellSilence: 50 },
    });
    expect(await app.exists(blob.descriptor)).toBe(false);
    expect(progress.told[0]).toMatch(/^127\.0\.0\.1:\d+ has not answered for \d[.\d]* m?s/);
  });
});

describe('an upload of bytes that are still made', () => {
  it('whose answer does not come is told of', async () => {
    const registry = memory();
    const waiting: ServerResponse[] = [];
    await using server = await startFake((request, response) =>
      request.method === 'PATCH' ? void waiting.push(response) : registry(request, response),
    );
    const progress = listener();
    const line = (text: string): void => {
      progress.told.push(text);
      for (const response of waiting.splice(0))
        response.writeHead(202, { location: '/v2/app/blobs/uploads/one' }).end();
    };
    const told = { progress: { ...progress, line }, retries: { tellSilence: 50 } };
    await using app = openApp(server.host, told);
    const bytes = async function* () {
      yield Buffer.from('blob');
    };
    await failureOf(app.receive(bytes()));
    expect(progress.told[0]).toMatch(/has not answered for \d[.\d]* m?s/);
  });
});

describe('a connection that ends behind the last byte of a blob', () => {
  it('is as good as one that stays: nothing more is asked for', async () => {
    const large = blobOf(Buffer.alloc(300_000, 'x'));
    await using server = await startFake(async ({ headers }, response) => {
      if (headers.range) return refuse(response, 416);
      // Of no told length, so that its end is missing.
      response.writeHead(200);
      for await (const chunk of large.open()) response.write(chunk);
      response.write('', () => response.destroy());
    });
    await using app = openApp(server.host);
    expect(digestOf(await buffer(await app.fetch(large.descriptor)))).toBe(large.descriptor.digest);
    expect(server.calls()).toHaveLength(1);
  });
});

describe('bytes that come too slowly', () => {
  it('are taken up anew, and given up in the end', async () => {
    const failures: string[] = [];
    const drip = () => setInterval(5, Buffer.from('x'));
    const slow = resumed(drip(), {
      least: { bytes: 1_000, milliseconds: 100 },
      beforeRetry: async (failure, attempt) => {
        failures.push(`${failure}`);
        if (attempt > 2) throw failure;
      },
      rest: async () => ({ bytes: drip(), skip: 0 }),
    });
    await expect(buffer(slow)).rejects.toThrow(/brought \d+ bytes in 0\.1 s/);
    expect(failures).toHaveLength(3);
  });

  it('are not, where who reads them is slow', async () => {
    const bytes = async function* () {
      for (let at = 0; at < 30; at += 1) yield Buffer.from('x');
    };
    const read = resumed(bytes(), {
      least: { bytes: 1_000, milliseconds: 20 },
      beforeRetry: async (failure) => {
        throw failure;
      },
      rest: async () => ({ bytes: bytes(), skip: 0 }),
    });
    let count = 0;
    for await (const chunk of every(5, read)) count += chunk.length;
    expect(count).toBe(30);
  });
});

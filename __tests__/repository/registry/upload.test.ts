import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AlbaError } from '../../../src/errors.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { blobOf, failureOf, heldBy, memory, openApp, refuse, reset, type Seen, startFake } from './fake.ts';

const blob = blobOf(Buffer.alloc(300_000, 'x'));
const { digest } = blob.descriptor;

/** A registry whose first upload ends as the fault wants. */
function faulty(fault: (request: Seen, response: ServerResponse, store: () => void) => void) {
  const registry = memory();
  let faults = 0;
  const answer = (request: Seen, response: ServerResponse) => {
    const isUpload = request.method === 'PUT' && request.query.has('digest');
    if (!isUpload || faults++ > 0) return registry(request, response);
    return fault(request, response, () => registry.blobs.set(digest, request.body));
  };
  return { answer, registry };
}

const session = ['POST /v2/app/blobs/uploads/', 'PUT /v2/app/blobs/uploads/one'];
const head = `HEAD /v2/app/blobs/${digest}`;

/** A registry that takes what is streamed to it, and tells what it was. */
function taking() {
  const taken: Buffer[] = [];
  const answer = ({ method, body }: Seen, response: ServerResponse) => {
    if (method === 'PATCH') taken.push(body);
    const status = method === 'PUT' ? 201 : 202;
    response.writeHead(status, { location: '/v2/app/blobs/uploads/one' }).end();
  };
  return { answer, taken };
}

describe('an upload of bytes that are still made', () => {
  it('sends each chunk as it was, though its buffer is used again', async () => {
    const { answer, taken } = taking();
    await using server = await startFake(answer);
    await using app = openApp(server.host);
    const expected = createHash('sha256');
    const source = async function* () {
      const turns = [0, 1, 2, 3].map(() => Buffer.alloc(100_000));
      for (let number = 0; number < 5_000; number++) {
        const chunk = turns[number % 4]?.subarray(0, number % 50 === 0 ? 100_000 : 4_096).fill(number);
        if (!chunk) return;
        expected.update(chunk);
        yield chunk;
      }
    };
    const { digest: told } = await app.receive(source());
    expect(told).toBe(`sha256:${expected.digest('hex')}`);
    expect(taken.map(digestOf)).toEqual([told]);
    expect(server.calls()).toEqual([
      'POST /v2/app/blobs/uploads/',
      'PATCH /v2/app/blobs/uploads/one',
      'PUT /v2/app/blobs/uploads/one',
    ]);
  });

  it('is not tried again without them', async () => {
    const { answer } = taking();
    await using server = await startFake((request, response) =>
      request.method === 'PATCH'
        ? response.writeHead(307, { location: '/v2/app/blobs/uploads/two' }).end()
        : answer(request, response),
    );
    await using app = openApp(server.host);
    const failure = await failureOf(app.receive(Readable.from([Buffer.alloc(100_000)])));
    expect(failure.message).toMatch(/uploads\/two failed: what was to be sent is read once$/);
    expect(server.calls()).toEqual(['POST /v2/app/blobs/uploads/', 'PATCH /v2/app/blobs/uploads/one']);
  });
});

describe('an upload', () => {
  it('is a POST and one PUT of known length, to a relative Location whose query stays as it is', async () => {
    await using server = await startFake(memory());
    await using app = openApp(server.host);
    await app.push(blob);
    expect(server.calls()).toEqual(session);
    const put = server.seen[1];
    expect(put?.target).toBe(`/v2/app/blobs/uploads/one?state=a%2Bb~c&digest=${encodeURIComponent(digest)}`);
    expect(put?.headers['content-length']).toBe('300000');
    expect(digestOf(put?.body ?? Buffer.alloc(0))).toBe(digest);
  });

  it('starts a new session after a 503, a lost session or a reset, and opens the blob again', async () => {
    const faults: ((response: ServerResponse) => void)[] = [
      (response) => refuse(response, 503),
      (response) => refuse(response, 404, 'BLOB_UPLOAD_UNKNOWN'),
      reset,
    ];
    for (const fault of faults) {
      const { answer, registry } = faulty((_, response) => fault(response));
      await using server = await startFake(answer);
      await using app = openApp(server.host);
      let opened = 0;
      const open = () => {
        opened++;
        return blob.open();
      };
      await app.push({ ...blob, open });
      expect(server.calls()).toEqual([...session, head, ...session]);
      expect(opened).toBe(2);
      expect(registry.blobs.get(digest)?.length).toBe(blob.descriptor.size);
    }
  });

  it('sends nothing again when the failed PUT was stored', async () => {
    for (const fault of [reset, (response: ServerResponse) => refuse(response, 502)]) {
      const { answer } = faulty((_, response, store) => {
        store();
        fault(response);
      });
      await using server = await startFake(answer);
      await using app = openApp(server.host);
      await app.push(blob);
      expect(server.calls()).toEqual([...session, head]);
    }
  });

  it('gives up on a server that never answers', async () => {
    await using server = await startFake((request, response) =>
      request.method === 'POST'
        ? memory()(request, response)
        : request.method === 'HEAD' && refuse(response, 404),
    );
    await using app = openApp(server.host, {
      timeouts: { upload: 50 },
      retries: { count: 1, firstDelay: 1 },
    });
    const failure = await failureOf(app.push(blob));
    expect(failure.message).toMatch(/^PUT http:\S+\/uploads\/one failed: .*UND_ERR_HEADERS_TIMEOUT/);
    expect(server.calls()).toEqual([...session, head, ...session]);
  });

  it('does not repeat what will not change', async () => {
    for (const status of [400, 403, 413]) {
      await using server = await startFake((_, response) =>
        refuse(response, status, 'DENIED', 'no\n::warning::'),
      );
      await using app = openApp(server.host);
      const failure = await failureOf(app.push(blob));
      expect(failure.message).toContain(`answered ${status}`);
      expect(failure.message).toContain('DENIED: no ::warning::');
      expect(server.calls()).toHaveLength(1);
    }
  });

  it('passes on what was wrong with the source, and lets it go', async () => {
    await using server = await startFake(memory());
    await using app = openApp(server.host);
    const broken = new AlbaError('source', 'the archive is cut short');
    const source = Readable.from(
      (async function* () {
        yield Buffer.alloc(1000);
        throw broken;
      })(),
    );
    expect(await failureOf(app.push({ ...blob, open: () => source }))).toBe(broken);
    expect(source.destroyed).toBe(true);
  });

  it('lets go of a blob when it is closed in the middle', async () => {
    await using server = await startFake((request, response) =>
      request.method === 'POST' ? memory()(request, response) : undefined,
    );
    await using app = openApp(server.host, { timeouts: { upload: 50 }, retries: { count: 0 } });
    let [isOpened, isLeft] = [false, false];
    const open = async function* () {
      isOpened = true;
      try {
        for (;;) yield Buffer.alloc(1_000_000);
      } finally {
        isLeft = true;
      }
    };
    const descriptor = { ...blob.descriptor, size: 1_000_000_000 };
    const push = failureOf(app.push({ descriptor, open }));
    await expect.poll(() => isOpened).toBe(true);
    await app.close();
    await push;
    expect(server.calls()).toEqual(session.slice(0, 1));
    await expect.poll(() => isLeft).toBe(true);
  });

  it('is an error when the registry stored something else', async () => {
    const other = digestOf(Buffer.from('other'));
    const tellers: Record<string, string>[] = [
      { 'docker-content-digest': other },
      { location: `/v2/app/blobs/${other}` },
    ];
    for (const headers of tellers) {
      const { answer } = faulty((_, response) => response.writeHead(201, headers).end());
      await using server = await startFake(answer);
      await using app = openApp(server.host);
      expect((await failureOf(app.push(blob))).message).toContain(`stored ${other}, but ${digest} was sent`);
    }
  });

  it('is an error without a Location', async () => {
    await using server = await startFake((_, response) => response.writeHead(202).end());
    await using app = openApp(server.host);
    expect((await failureOf(app.push(blob))).message).toContain('answered 202 without the Location');
  });
});

describe('a mount', () => {
  it('falls back when the registry refuses it', async () => {
    for (const status of [202, 401, 403, 404, 405]) {
      await using server = await startFake((_, response) => response.writeHead(status).end());
      await using app = openApp(server.host);
      expect(await app.mount(heldBy(server.host, 'org/other', blob))).toBe(false);
      expect(server.seen[0]?.query.get('from')).toBe('org/other');
    }
  });

  it('is true only for the blob that was asked for', async () => {
    const other = digestOf(Buffer.from('other'));
    await using server = await startFake((_, response) =>
      response.writeHead(201, { 'docker-content-digest': other }).end(),
    );
    await using app = openApp(server.host);
    expect((await failureOf(app.mount(heldBy(server.host, 'org/other', blob)))).message).toContain(
      `stored ${other}`,
    );
  });
});

describe('a tag', () => {
  const manifest = blobOf('{"schemaVersion":2}', mediaTypes.oci.manifest);

  it('that is immutable and names this manifest already is as good as written', async () => {
    const registry = memory();
    await using server = await startFake((request, response) =>
      registry.blobs.has('1.0') && request.method === 'PUT'
        ? refuse(response, 400, 'TAG_INVALID', "The image tag '1.0' already exists")
        : registry(request, response),
    );
    await using app = openApp(server.host);
    await app.tag(manifest, ['1.0']);
    await app.tag(manifest, ['1.0']);
    const other = blobOf('{"schemaVersion":2 }', mediaTypes.oci.manifest);
    expect((await failureOf(app.tag(other, ['1.0']))).message).toContain('already exists');
  });

  it('is never given to bytes that are not the manifest', async () => {
    await using server = await startFake(memory());
    await using app = openApp(server.host);
    const { open } = blobOf('{"schemaVersion":3}');
    expect((await failureOf(app.tag({ ...manifest, open }, ['1.0']))).message).toContain(
      manifest.descriptor.digest,
    );
    expect(server.seen).toEqual([]);
  });
});

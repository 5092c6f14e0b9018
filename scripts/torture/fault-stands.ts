import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDoor, startTokenDoor, withoutLogin } from '../../__tests__/support/servers/door.ts';
import { type Faulty, startFaulty } from '../../__tests__/support/servers/faulty.ts';
import { registryTool, startRegistry } from '../../__tests__/support/servers/registry.ts';
import {
  type S3Server,
  s3Environment,
  s3Url,
  startMinio,
  startS3,
} from '../../__tests__/support/servers/s3.ts';
import { temporaryIn } from './act.ts';
import { bucketMisfortunes, type Misfortunes, registryMisfortunes } from './misfortunes.ts';
import type { Get } from './read-tag.ts';
import { keyReader, type Stand, standOn } from './stand.ts';

/** Somewhere that alba goes to through a proxy, and that is read past it. */
export interface FaultStand extends Stand, AsyncDisposable {
  readonly proxy: Faulty;
  readonly misfortunes: Misfortunes;
  readonly env: Readonly<Record<string, string>>;
  /** What nothing that is told may hold. */
  readonly secrets: readonly string[];
  /** What another origin was told that requests were led to, in the headers of those. */
  readonly toldElsewhere: string[];
  /** Of a bucket: what lies under a key. */
  readonly key?: Get;
}

/** A kind of stand. */
export interface FaultStandKind {
  readonly tools: readonly string[];
  readonly isRegistry: boolean;
  /** A folder in which alba runs gets the login. */
  open(folder: string): Promise<FaultStand>;
}

const login = { username: 'ann-of-the-torture', password: 'hush-hush-of-the-torture' };

/** For requests: more than are under way at once, and fewer than a push takes. */
const tokenLife = 12;

/** All of them, by name. */
export const faultStands: Readonly<Record<string, FaultStandKind>> = {
  distribution3: registry(3, false),
  'distribution3-token': registry(3, true),
  distribution2: registry(2, false),
  minio: bucket('minio', startMinio),
  versitygw: bucket('versitygw', startS3),
};

function registry(version: 2 | 3, takesTokens: boolean): FaultStandKind {
  const auth = btoa(`${login.username}:${login.password}`);
  const authorization = `Basic ${auth}`;
  return {
    tools: [registryTool[version]],
    isRegistry: true,
    async open(folder) {
      await using stack = new AsyncDisposableStack();
      const server = await startRegistry({ version, ...(!takesTokens && { auth: login }) });
      stack.defer(() => server.stop());
      const door = takesTokens
        ? stack.use(await startTokenDoor(server.url, authorization, tokenLife))
        : { url: server.url };
      const proxy = stack.use(await startFaulty(door.url));
      const toldElsewhere: string[] = [];
      const elsewhere = stack.use(
        await startDoor(server.url, ({ headers }) => {
          toldElsewhere.push(JSON.stringify(headers));
          return { ...withoutLogin(headers), ...(!takesTokens && { authorization }) };
        }),
      );
      const config = { auths: { [proxy.host]: { auth } } };
      await mkdir(folder, { recursive: true });
      await writeFile(join(temporaryIn(folder), 'config.json'), JSON.stringify(config));
      const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
      const headers = { accept, ...(!takesTokens && { authorization }) };
      const owned = stack.move();
      return {
        ...standOn({ target: `docker://${proxy.host}`, env: {} }),
        ...{ proxy, misfortunes: registryMisfortunes(elsewhere.url), env: {}, toldElsewhere },
        secrets: [login.password, auth],
        get: (name) => async (path) => {
          const response = await fetch(`${server.url}/v2/${name}/${path}`, { headers });
          const bytes = Buffer.from(await response.arrayBuffer());
          return response.ok ? bytes : undefined;
        },
        [Symbol.asyncDispose]: () => owned.disposeAsync(),
      };
    },
  };
}

function bucket(tool: string, start: () => Promise<S3Server>): FaultStandKind {
  return {
    tools: [tool],
    isRegistry: false,
    async open(folder) {
      await using stack = new AsyncDisposableStack();
      const server = await start();
      stack.defer(() => server.stop());
      await server.createBucket('bucket');
      const proxy = stack.use(await startFaulty(server.endpoint));
      const toldElsewhere: string[] = [];
      const elsewhere = stack.use(
        await startDoor(server.endpoint, ({ headers }, response) => {
          toldElsewhere.push(JSON.stringify(headers));
          response.writeHead(403).end();
          return undefined;
        }),
      );
      const env = s3Environment(server);
      const through = s3Url({ ...server, endpoint: `http://${proxy.host}` }, 'bucket');
      const past = { target: s3Url(server, 'bucket'), env };
      await mkdir(folder, { recursive: true });
      const owned = stack.move();
      return {
        ...standOn({ target: through, env }),
        ...{ proxy, misfortunes: bucketMisfortunes(elsewhere.url), env, toldElsewhere },
        secrets: [server.secretAccessKey, server.accessKeyId],
        get: standOn(past).get,
        key: keyReader(past),
        [Symbol.asyncDispose]: () => owned.disposeAsync(),
      };
    },
  };
}

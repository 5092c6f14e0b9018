import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** In ms: who has just come is not slow yet. */
const youth = 1_000;

/**
 * Lets a server have so many connections at most. Another one is let in, and the slowest that there is ended: who holds connections
 * without using them would keep all others out.
 */
export function limitConnections(server: Server, most: number): void {
  const began = new Map<Socket, number>();
  server.on('connection', (socket: Socket) => {
    if (began.size >= most) slowest(began)?.destroy();
    began.set(socket, performance.now());
    socket.once('close', () => began.delete(socket));
  });
}

/** By the bytes that it was given and took in its time. */
function slowest(began: ReadonlyMap<Socket, number>): Socket | undefined {
  const now = performance.now();
  let [found, least]: [Socket | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const [socket, since] of began) {
    const speed = (socket.bytesRead + socket.bytesWritten) / Math.max(youth, now - since);
    if (socket.destroyed || speed >= least) continue;
    [found, least] = [socket, speed];
  }
  return found;
}

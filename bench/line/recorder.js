// A proxy before a registry that tells each request, and when it came and was answered, as a line of JSON.
// usage: recorder.js UPSTREAM ADDRESS PORT
import { createServer, request as forward } from 'node:http';
import process from 'node:process';

const [upstream, address, port] = process.argv.slice(2);
const [hostname, inner] = upstream.split(':');

createServer((incoming, response) => {
  const begin = performance.now();
  const { method, url: path, headers } = incoming;
  let sent = 0;
  incoming.on('data', (chunk) => {
    sent += chunk.length;
  });
  const onward = forward({ hostname, port: inner, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
    answer.once('end', () => {
      const told = { method, path, status: answer.statusCode, sent, begin, end: performance.now() };
      process.stdout.write(`${JSON.stringify(told)}\n`);
    });
  });
  onward.once('error', () => response.destroy());
  incoming.pipe(onward);
}).listen(Number(port), address);

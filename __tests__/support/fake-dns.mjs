// Preloaded (`--import`) by a test: names of FAKE_DNS resolve to what that says, `{"name": [["address", …], …]}`: one
// list of addresses a lookup, the last one for all that follow. Other names resolve as ever.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const names = new Map(Object.entries(JSON.parse(process.env.FAKE_DNS ?? '{}')));
const { lookup } = dns;

dns.lookup = (hostname, options, callback) => {
  const answers = names.get(hostname);
  if (!answers) return lookup(hostname, options, callback);
  const found = (answers.length > 1 ? answers.shift() : answers[0]).map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  const [first] = found;
  process.nextTick(() => (options.all ? callback(null, found) : callback(null, first.address, first.family)));
};
syncBuiltinESMExports();

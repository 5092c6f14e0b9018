// Fails where dist is not what src builds to: a file changed, added or left over.
import { execFileSync } from 'node:child_process';

execFileSync(process.execPath, ['scripts/bundle.js'], { stdio: 'inherit' });
const changed = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', 'dist'], {
  encoding: 'utf8',
});
if (changed) {
  console.error(`dist does not match src; run npm run bundle and commit dist:\n${changed}`);
  process.exitCode = 1;
} else {
  console.log('dist matches src');
}

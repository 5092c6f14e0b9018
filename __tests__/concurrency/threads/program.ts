import { isMainThread } from 'node:worker_threads';
import { serveTasks } from '../../../src/concurrency/threads/serve.ts';
import { addUp, breakDown, count, die, dieWhenTold, double, refuse, sum, throwLater } from './tasks.ts';

/** What the threads of these tests begin with. */
if (!isMainThread) serveTasks([addUp, count, double, sum, refuse, breakDown, dieWhenTold, die, throwLater]);

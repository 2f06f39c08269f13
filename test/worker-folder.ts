import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Each worker has a data folder of its own: what one test looks for there is not another's. */
const name = `worker-${process.env['VITEST_POOL_ID'] ?? '0'}`;
const shared = process.env['HAMKOR_DATA'];
if (shared !== undefined && path.basename(shared) !== name) {
	process.env['HAMKOR_DATA'] = path.join(shared, name);
	mkdirSync(process.env['HAMKOR_DATA'], { recursive: true });
}

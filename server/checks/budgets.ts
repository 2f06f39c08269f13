import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Check } from '#server/checks/check.ts';

const built = 'build/client/_app/immutable';

/**
 * Kilobytes after gzip that one built file may weigh. The forms engine is loaded on the filling pages alone, as one file
 * that no other page asks for.
 */
const budgets = { script: 60, style: 40, formsEngine: 400 };

/** No script or stylesheet of the built pages weighs more than phones on slow lines can bear. */
export const budgetsCheck: Check = {
	name: 'built pages keep to their budgets',
	async run() {
		return filesUnder(built).flatMap((file) => {
			if (!/\.(?:js|css)$/.test(file)) return [];
			const bytes = readFileSync(file);
			const kilobytes = gzipSync(bytes).length / 1000;
			const most = budgetOf(file, bytes);
			return kilobytes > most ? [`${file} weighs ${kilobytes.toFixed(0)} kB after gzip; its budget is ${most} kB`] : [];
		});
	}
};

function budgetOf(file: string, bytes: Buffer): number {
	if (file.endsWith('.css')) return budgets.style;
	return bytes.includes('XFormsElement') || bytes.includes('http://www.w3.org/2002/xforms') ? budgets.formsEngine : budgets.script;
}

const filesUnder = (folder: string): string[] =>
	readdirSync(folder).flatMap((name) => {
		const full = path.join(folder, name);
		return statSync(full).isDirectory() ? filesUnder(full) : [full];
	});

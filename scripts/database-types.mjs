/**
 * Writes src/platform/schema.ts from a migrated database, so that a query that does not fit the tables does not compile.
 * @param {string} url the owner's connection of a freshly migrated database
 * @param {string} [outFile] where to write; the check writes elsewhere and compares
 */
import { spawnSync } from 'node:child_process';

export function writeDatabaseTypes(url, outFile = 'src/platform/schema.ts') {
	const result = spawnSync(
		process.execPath,
		[
			'node_modules/kysely-codegen/dist/cli/bin.js',
			'--dialect=postgres',
			`--url=${url}`,
			'--camel-case',
			'--date-parser=string',
			'--include-pattern=(platform|network|assessment|releases|gaps|training|plans|results|policy).*',
			`--out-file=${outFile}`,
			'--log-level=error'
		],
		{ encoding: 'utf8' }
	);
	if (result.status !== 0) throw new Error(`kysely-codegen failed: ${result.stderr}${result.stdout}`);
}

import { statfsSync } from 'node:fs';

/**
 * Whether this is a Linux without the GNU C library (Alpine and other musl systems).
 * The database and the runtime that come with the program are built for glibc.
 *
 * @param {{ platform?: string, report?: unknown }} [machine] what to look at instead of this machine, for tests
 */
export function lacksGlibc(machine = {}) {
	const platform = machine.platform ?? process.platform;
	if (platform !== 'linux') return false;
	const report = machine.report ?? thisReport();
	return !report?.header?.glibcVersionRuntime;
}

function thisReport() {
	const report = process.report;
	// Without this, making a report looks up the name of every open connection.
	report.excludeNetwork = true;
	return report.getReport();
}

/**
 * One sentence when this machine cannot run the program as it is set up, else null.
 *
 * @param {{ DATABASE_URL?: string | undefined }} env
 * @param {{ platform?: string, report?: unknown }} [machine]
 */
export function machineProblem(env, machine) {
	if (!lacksGlibc(machine) || env.DATABASE_URL) return null;
	return (
		'This system has no glibc (Alpine and other musl systems do not), which the PostgreSQL that comes with Hamkor needs: ' +
		'use Debian, Ubuntu, Fedora or another glibc system, or set DATABASE_URL to a PostgreSQL 16 or newer and install Node 24.'
	);
}

/**
 * Free space where `folder` lies, in megabytes, or null when the system does not tell.
 *
 * @param {string} folder must exist
 */
export function freeMegabytes(folder) {
	try {
		const disk = statfsSync(folder);
		return Math.floor((disk.bavail * disk.bsize) / 1e6);
	} catch {
		return null;
	}
}

import { availableParallelism } from 'node:os';
import { areasTables, measure, regionsTable, type Measured } from '../../bench/disclosure.ts';
import { exportSizes, measureExports, type ExportsReport } from '../../bench/exports.ts';
import { fullFigures, measureFigures } from '../../bench/figures.ts';
import { fullSize, measureSubmissions, type Report } from '../../bench/submissions.ts';
import { OperatorProblem } from '#server/problem.ts';

export const help = `
hamkor bench submissions
hamkor bench disclosure
hamkor bench exports [--most 1000000]
hamkor bench figures

submissions: measures how many submissions a second are received and kept: a form of 30 questions with a repeat of 3 (about 2 KB), at 1, 8
and 32 connections, into an empty round and into one with 100,000 submissions, beside a minimal server and raw prepared inserts
into the same database. Starts its own scratch program with durable commits and removes it afterwards; takes a few minutes.

disclosure: protects and attacks tables of 14 regions by 8 services by 3 ages with all margins (540 cells), and four variables of
3,000 small areas in districts and regions, and looks whether the same comes out twice.

exports: downloads 10,000 and 50,000 submissions of 30 questions as CSV, with the memory that the program takes more meanwhile; what
comes in a second beside exports and without; and the first page of a feed (OData) at 10,000, 100,000 and 1,000,000 submissions, or up to --most.

figures: counts six figures over 100,000 and over a million submissions through the program's own fences, and measures the intake
with and without what figures are counted from being prepared; takes several minutes.

Answers with 1 when a wanted figure is missed.
`;

/** What is wanted on two cores, see the help. */
const wanted = { atEight: 1000, ofMinimal: 0.3, slower: 0.15 };

export async function run(args: string[]): Promise<number> {
	if (args[0] === 'disclosure' && args.length === 1) return disclosure();
	if (args[0] === 'figures' && args.length === 1) return figures();
	if (args[0] === 'exports') return exports(args.slice(1));
	if (args[0] !== 'submissions' || args.length > 1) throw new OperatorProblem('Say what to measure: hamkor bench submissions, hamkor bench disclosure, hamkor bench exports or hamkor bench figures.');
	const report = await measureSubmissions(fullSize, (text) => process.stderr.write(`${text}\n`));
	process.stdout.write(table(report));
	const misses = judge(report);
	process.stdout.write(misses.length === 0 ? 'All that was wanted is met.\n' : misses.map((miss) => `Missed: ${miss}\n`).join(''));
	return misses.length === 0 ? 0 : 1;
}

/** What is wanted of exports on two cores: seconds for 50,000, megabytes of memory, share of the intake that stays, milliseconds of a first page. */
const wantedOfExports = { seconds: 4, memory: 300, intake: 0.7, page: 300 };

async function exports(args: string[]): Promise<number> {
	const [option, most = '1000000'] = args;
	if ((option !== undefined && option !== '--most') || !/^\d+$/.test(most) || args.length > 2) throw new OperatorProblem('Say: hamkor bench exports, or hamkor bench exports --most 100000.');
	const { exported, intake, fed }: ExportsReport = await measureExports(exportSizes(Number(most)), (text) => process.stderr.write(`${text}\n`));
	const row = (cells: readonly string[]): string => `${cells.map((cell) => cell.padStart(14)).join('')}\n`;
	process.stdout.write(`Exports as CSV on ${availableParallelism()} cores\n${row(['submissions', 'seconds', 'first byte ms', 'MB', 'memory MB'])}`);
	for (const each of exported) process.stdout.write(row([String(each.rows), each.seconds.toFixed(2), each.firstByte.toFixed(0), each.megabytes.toFixed(1), each.memory.toFixed(0)]));
	process.stdout.write(`Submissions a second at 8 connections: ${intake.alone.toFixed(0)} alone, ${intake.beside.toFixed(0)} beside exports (${((intake.beside / intake.alone) * 100).toFixed(0)} %)\n`);
	process.stdout.write(`A page of a feed, 500 submissions, in ms\n${row(['submissions', 'first', 'near the end', 'with $count'])}`);
	for (const each of fed) process.stdout.write(row([String(each.rows), each.first.toFixed(0), each.far.toFixed(0), each.counted.toFixed(0)]));
	const misses = [
		...exported.filter((each) => each.rows === 50_000 && each.seconds > wantedOfExports.seconds).map(() => `50,000 submissions in ${wantedOfExports.seconds} s`),
		...exported.filter((each) => each.memory > wantedOfExports.memory).map((each) => `${wantedOfExports.memory} MB of memory (${each.rows} submissions)`),
		...(intake.beside < wantedOfExports.intake * intake.alone ? [`${wantedOfExports.intake * 100} % of the intake beside exports`] : []),
		...fed.filter((each) => each.first > wantedOfExports.page).map((each) => `a first page in ${wantedOfExports.page} ms (${each.rows} submissions)`)
	];
	process.stdout.write(misses.length === 0 ? 'All that was wanted is met.\n' : misses.map((miss) => `Missed: ${miss}\n`).join(''));
	return misses.length === 0 ? 0 : 1;
}

/** Seconds that a figure over a million submissions may take, and the part of the intake that it may cost. */
const wantedOfFigures = { p95: 1, slower: 0.1 };

async function figures(): Promise<number> {
	const { counted, intake } = await measureFigures(fullFigures, (text) => process.stderr.write(`${text}\n`));
	process.stdout.write(`${['submissions', 'first', 'median', 'p95'].map((head) => head.padStart(12)).join('')}\n`);
	for (const { rows, first, median, p95 } of counted) process.stdout.write(`${[String(rows), ...[first, median, p95].map((each) => `${each.toFixed(3)} s`)].map((cell) => cell.padStart(12)).join('')}\n`);
	process.stdout.write(`intake at 8 connections: ${Math.round(intake.with)}/s, and ${Math.round(intake.without)}/s without packing\n`);
	const misses = [
		...(Math.max(...counted.map(({ p95 }) => p95)) > wantedOfFigures.p95 ? [`${wantedOfFigures.p95} s at p95`] : []),
		...(intake.with < intake.without * (1 - wantedOfFigures.slower) ? ['an intake slowed by no more than a tenth'] : [])
	];
	process.stdout.write(misses.length === 0 ? 'All that was wanted is met.\n' : misses.map((miss) => `Missed: ${miss}\n`).join(''));
	return misses.length === 0 ? 0 : 1;
}

/** Seconds that protection and attack together may take, by what is protected, and the share of cells to keep. */
const wantedOf = { regions: 3, areas: 600, kept: 0.7 };

async function disclosure(): Promise<number> {
	const trials: [string, () => ReturnType<typeof regionsTable>, number][] = [
		...[10, 12, 20, 40].map((mean): [string, () => ReturnType<typeof regionsTable>, number] => [`14 x 8 x 3, about ${mean} a cell`, () => regionsTable(4, mean), wantedOf.regions]),
		['3,000 areas x 4 variables', () => areasTables(1, 3000), wantedOf.areas]
	];
	const misses: string[] = [];
	process.stdout.write(`${'protected and attacked'.padEnd(30)}${['cells', 'seconds', 'kept', 'recovered'].map((head) => head.padStart(11)).join('')}\n`);
	for (const [what, make, most] of trials) {
		const found: Measured = await measure(what, make());
		const shown = [String(found.cells), found.seconds.toFixed(2), `${(found.kept * 100).toFixed(1)} %`, String(found.recovered)];
		process.stdout.write(`${what.padEnd(30)}${shown.map((cell) => cell.padStart(11)).join('')}\n`);
		if (found.seconds > most) misses.push(`${most} s (${what})`);
		if (found.kept < wantedOf.kept) misses.push(`70 % of cells kept (${what})`);
		if (found.recovered > 0) misses.push(`nothing recovered (${what})`);
		if (!found.same) misses.push(`the same twice (${what})`);
	}
	process.stdout.write(misses.length === 0 ? 'All that was wanted is met.\n' : misses.map((miss) => `Missed: ${miss}\n`).join(''));
	return misses.length === 0 ? 0 : 1;
}

function table({ measured, identical, bytes }: Report): string {
	const row = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(11)).join('');
	const rate = (value: number): string => String(Math.round(value));
	const share = (value: number): string => `${Math.round(value * 100)} %`;
	return [
		`Durable submissions a second, ${bytes} bytes each, on ${availableParallelism()} cores`,
		row(['rows', 'connections', 'raw insert', 'minimal', 'Hamkor', 'of minimal', 'of raw', 'p95 ms']),
		...measured.map((each) =>
			row([each.rows, each.connections, rate(each.raw), rate(each.minimal), rate(each.hamkor), share(each.hamkor / each.minimal), share(each.hamkor / each.raw), each.p95.toFixed(1)])
		),
		`${identical.of} identical posts at once: ${identical.good} answered with success, ${identical.rows} row`,
		''
	].join('\n');
}

/** What was wanted and not reached. */
export function judge({ measured, identical }: Report): string[] {
	const misses: string[] = [];
	for (const each of measured) {
		if (each.connections === 8 && each.hamkor < wanted.atEight) misses.push(`${wanted.atEight} a second at 8 connections (${each.rows} rows)`);
		if (each.hamkor < wanted.ofMinimal * each.minimal) misses.push(`30 % of the minimal server (${each.rows} rows, ${each.connections} connections)`);
		const empty = measured.find((other) => other.rows === 0 && other.connections === each.connections);
		if (empty && each.hamkor < (1 - wanted.slower) * empty.hamkor) misses.push(`within 15 % of an empty round (${each.connections} connections)`);
	}
	if (identical.good !== identical.of || identical.rows !== 1) misses.push('identical posts: one row, all answered with success');
	return misses;
}

/**
 * Writes src/platform/schema.ts from a migrated database, so that a query that does not fit the tables does not compile.
 * @param {string} url the owner's connection of a freshly migrated database
 * @param {string} [outFile] where to write; the check writes elsewhere and compares
 */
import { spawnSync } from 'node:child_process';

const localText = [
	'network.programme.name', 'network.programme.summary', 'network.programme.funder_statement', 'network.programme.funder_disclaimer',
	'network.place.name', 'network.organisation.name', 'network.organisation.description',
	'assessment.instrument.title', 'assessment.instrument_draft.title', 'assessment.round.name', 'assessment.round.consent', 'assessment.round.refusal',
	'assessment.round.minors', 'assessment.round.distress', 'assessment.figure.title', 'assessment.round_sampling.how', 'assessment.question_mapping.reason', 'assessment.document.title',
	'assessment.code.name', 'assessment.code.definition', 'assessment.code.use_when', 'assessment.code.use_not', 'assessment.code.examples',
	'assessment.quotation.words', 'assessment.quotation.spoken_by', 'assessment.finding.statement', 'assessment.score.title',
	'releases.release.title', 'gaps.gap.title', 'gaps.gap.description', 'gaps.gap.for_whom', 'gaps.priority.statement', 'gaps.priority.stated_by',
	'gaps.endorsement.reason', 'gaps.endorsement.gap_title', 'gaps.session.title',
	'training.training.title', 'training.training.aim', 'plans.plan.title', 'plans.plan.aim',
	'results.result.statement', 'results.result.value_unit',
	'policy.recommendation.title', 'policy.recommendation.body', 'policy.recommendation.answer_reason',
	'policy.commitment.title', 'policy.commitment.measure', 'policy.commitment_status.note', 'policy.change.statement',
	'policy.briefing.title', 'policy.briefing.summary', 'policy.briefing_block.words', 'thread.record.title'
];
const withDefault = /(summary|funder_\w+|description|for_whom|aim|body|answer_reason|measure|note|consent|refusal|minors|distress|round_sampling.how|endorsement.reason|code.definition|use_when|use_not|examples|briefing_block.words)$/;
const nullable = new Set(['results.result.value_unit']);
const overrides = {
	columns: Object.fromEntries(
		localText.map((column) => [
			column,
			nullable.has(column) ? 'LocalText | null' : withDefault.test(column) ? 'Generated<LocalText>' : 'LocalText'
		])
	)
};

export function writeDatabaseTypes(url, outFile = 'src/platform/schema.ts') {
	const result = spawnSync(
		process.execPath,
		[
			'node_modules/kysely-codegen/dist/cli/bin.js',
			'--dialect=postgres',
			`--url=${url}`,
			'--camel-case',
			'--date-parser=string',
			'--include-pattern=(platform|network|assessment|releases|gaps|training|plans|results|policy|thread).*',
			`--out-file=${outFile}`,
			`--custom-imports=${JSON.stringify({ LocalText: './locales.ts#LocalText' })}`,
			`--overrides=${JSON.stringify(overrides)}`,
			'--log-level=error'
		],
		{ encoding: 'utf8' }
	);
	if (result.status !== 0) throw new Error(`kysely-codegen failed: ${result.stderr}${result.stdout}`);
}

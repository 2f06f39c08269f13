import { m } from '#paraglide/messages.js';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { Cell, ExportTable } from '#platform/spreadsheet.server.ts';
import { getAssessment, resultsOf } from './queries.server.ts';
import type { SheetRow } from './scoring.ts';
import { settledOf, sheetOf } from './sheet-queries.server.ts';
import { evidenceWords } from './ui/words.ts';

/** An assessment as tables: criterion by criterion, and the signed result by area; each as far as it is open to the actor. */
export async function assessmentTables(tx: Tx, programmeId: string, id: string, locale: Locale): Promise<{ service: LocalText; tables: [ExportTable, ...ExportTable[]] }> {
	const { assessment, areas } = await getAssessment(tx, programmeId, id);
	const [civil, authority] = [await sheetOf(tx, id, 'civil_society'), await sheetOf(tx, id, 'authority')];
	const revision = assessment.state === 'signed' ? (assessment.signedRevision ?? assessment.revision) : assessment.revision;
	const settled = await settledOf(tx, id, revision);
	const said = (row: SheetRow | undefined): Cell[] => [row?.score ?? null, (row?.evidence ?? []).map((kind) => evidenceWords[kind]()).join(', '), row?.note ?? ''];
	const criteria = areas.flatMap((area) =>
		area.criteria.map((criterion): Cell[] => {
			const stands = settled.get(criterion.criterion);
			return [
				localText(area.title, locale).text, localText(criterion.words, locale).text, criterion.critical ? m.ui_yes() : m.ui_no(),
				...said(civil.get(criterion.criterion)), ...said(authority.get(criterion.criterion)),
				stands?.civil ?? null, stands?.authority ?? null, stands?.reason ?? '', stands?.civilReason ?? '', stands?.authorityReason ?? ''
			];
		})
	);
	const [c, a] = [m.scoring_side_civil(), m.scoring_side_authority()];
	const sheet: ExportTable = {
		name: m.scoring_criteria(),
		columns: [
			m.scoring_area(), m.scoring_criterion(), m.scoring_critical(), c, `${c}: ${m.scoring_evidence()}`, `${c}: ${m.scoring_note()}`, a, `${a}: ${m.scoring_evidence()}`, `${a}: ${m.scoring_note()}`,
			`${m.scoring_settled()}: ${c}`, `${m.scoring_settled()}: ${a}`, m.scoring_agreed_reason(), m.scoring_reason_civil(), m.scoring_reason_authority()
		],
		rows: criteria
	};
	const results = assessment.signedRevision === null ? [] : await resultsOf(tx, id, assessment.signedRevision);
	const title = (code: string): string => localText(areas.find((area) => area.code === code)?.title ?? {}, locale).text || m.scoring_whole();
	const result: ExportTable = {
		name: m.scoring_result(),
		columns: [m.scoring_area(), `${m.scoring_mean()}: ${c}`, `${m.scoring_mean()}: ${a}`, `${m.scoring_share()}: ${c}`, `${m.scoring_share()}: ${a}`, m.scoring_criteria(), m.scoring_dissent()],
		rows: results.map((row) => [title(row.area), row.civil.cappedMean, row.authority.cappedMean, row.civil.cappedShare, row.authority.cappedShare, row.criteria, row.dissent])
	};
	// A file of one table holds the criteria where they are open, else the result that the service agreed to show.
	const open = civil.size > 0 || authority.size > 0 || settled.size > 0;
	return { service: assessment.service, tables: open ? [sheet, ...(results.length > 0 ? [result] : [])] : [result] };
}

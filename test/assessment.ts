import { sql } from 'kysely';
import { asActor, type Tx } from '#platform/database.server.ts';
import { system } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { convert } from '#xforms/convert.ts';
import { describe } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { saveInstrument } from '#modules/assessment/instruments/commands.server.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { draftRound, nameAnalysts, openRound } from '#modules/assessment/round-commands.server.ts';
import { roundFields } from '#modules/assessment/round.ts';
import type { ReadyInstrument } from '#modules/assessment/instruments/xlsform.ts';
import type { World } from './personas.ts';

const sheet = (version: string): string => `
| survey |
| | type | name | label::Oʻzbekcha (uz) | label::English (en) |
| | select_one sex | sex | Jinsingiz | Sex |
| | select_multiple need | needs | Nima kerak? | What is needed? |
| | integer | age | Yoshingiz | Age |
| choices |
| | list_name | name | label::Oʻzbekcha (uz) | label::English (en) |
| | sex | f | Ayol | Woman |
| | sex | m | Erkak | Man |
| | need | law | Huquqiy yordam | Legal help |
| | need | home | Boshpana | Shelter |
| | need | work | Ish | Work |
| settings |
| | form_id | form_title | version |
| | baseline | Baseline | ${version} |
`;

/** A converted instrument of three questions. */
export function readyInstrument(version = '1'): ReadyInstrument {
	const result = convert(readMarkdown(sheet(version)));
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return { ok: true, model: describe(result.form), xml: result.xml, warnings: [], identifying: [], versionGiven: false, workbook: { sheets: [] } };
}

/** Everything a round needs before it opens, as its form sends it. */
export const roundForm = (instrumentVersionId: string, places: string[]) =>
	roundFields.parse({
		instrumentVersionId,
		name: { uz: 'Boshlangʻich' },
		kind: 'baseline',
		unit: 'people',
		consent: { uz: 'Rozimisiz?' },
		refusal: { uz: 'Rad etish mumkin' },
		minors: { uz: 'Faqat kattalar' },
		distress: { uz: 'Toʻxtatamiz' },
		places
	});

/** Saves the instrument as the coordinator. */
export const makeInstrument = (tx: Tx, world: World, version = '1') =>
	asActor(tx, world.person.coordinator, async () => {
		const sourceFileId = newId();
		await sql`insert into platform.file (id, programme_id, sha256, media_type, name, bytes, person_id)
			values (${sourceFileId}, ${world.programmeId}, '\\x00', 'x', 'x.xlsx', 1, ${world.person.coordinator.personId})`.execute(tx);
		return saveInstrument(tx, await permit(tx, verbs.uploadInstrument, { programmeId: world.programmeId }), { title: { uz: 'Soʻrovnoma' }, sourceFileId, ready: readyInstrument(version) });
	});

/** An open round of which the analyst is the named analyst. */
export async function makeOpenRound(tx: Tx, world: World): Promise<string> {
	const { versionId } = await makeInstrument(tx, world);
	return asActor(tx, world.person.coordinator, async () => {
		const id = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
		await nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, id), [world.person.analyst.personId]);
		await openRound(tx, await permit(tx, verbs.openRound, id));
		return id;
	});
}

/** Puts answers into a round as if they had arrived. */
export async function putAnswers(tx: Tx, world: World, roundId: string, answers: readonly Record<string, string>[]): Promise<void> {
	await asActor(tx, system('recheck'), async () => {
		for (const each of answers) {
			const id = newId();
			await sql`insert into assessment.submission (id, programme_id, round_id, instance_id, place_id, xml, xml_sha256, answers)
				values (${id}, ${world.programmeId}, ${roundId}, ${`uuid:${id}`}, ${world.jizzakh}, '<data/>', '\\x00', ${JSON.stringify(each)}::jsonb)`.execute(tx);
		}
	});
}

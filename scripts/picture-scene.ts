import type pg from 'pg';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { newId } from '#platform/ids.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';

/** A questionnaire that names a picture, a table of its own, and a list of the programme. */
const book = JSON.stringify(bookOf(readMarkdown(`
| survey |
|        | type                               | name    | label::Oʻzbekcha (uz)        | label::Русский (ru)        | label::English (en)      | media::image |
|        | select_one_from_file services.csv  | service | Qaysi xizmatga murojaat?     | В какую службу обращались? | Which service was asked? |              |
|        | select_one_from_file tumanlar.csv  | place   | Qaysi tumanda?               | В каком районе?            | In which district?       |              |
|        | note                               | shown   | Yordam olish tartibi         | Как получить помощь        | How to get help          | tartib.png   |
| settings |
|          | form_id | form_title | version |
|          | access  | Access     | 1       |
`)));

const entries = [
	['Reabilitatsiya va moslashtirish markazi', 'Jizzax', '1146'], ['Ishonch telefoni', 'Toshkent', '1147'], ['Huquqiy yordam markazi', 'Namangan', '1008'],
	['Oilaviy poliklinika', 'Zomin', '1050'], ['Psixologik yordam xonasi', 'Forish', '1051']
] as const;

/** Lays out what the demonstration does not have: a list of entities, and a draft whose form names files. @returns their ids */
export async function layListAndDraft(database: pg.Client, programmeId: string): Promise<{ list: string; draft: string }> {
	const [list, draft] = [newId(), newId()];
	await database.query(`insert into assessment.entity_list (id, programme_id, name, properties) values ($1, $2, 'services', '["district", "line"]')`, [list, programmeId]);
	for (const [label, district, line] of entries) {
		await database.query('insert into assessment.entity (list_id, id, programme_id, label, data) values ($1, $2, $3, $4, $5)', [list, newId(), programmeId, label, JSON.stringify({ district, line })]);
	}
	const title = JSON.stringify({ uz: 'Xizmatlarga murojaat', ru: 'Обращение в службы', en: 'Access to services' });
	await database.query('insert into assessment.instrument_draft (id, programme_id, title, book) values ($1, $2, $3, $4)', [draft, programmeId, title, book]);
	await database.query('insert into assessment.instrument_draft_step (programme_id, draft_id, position, book) values ($1, $2, 0, $3)', [programmeId, draft, book]);
	return { list, draft };
}

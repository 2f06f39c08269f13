import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { newPace } from '#platform/right-of-way.ts';
import { instrumentSchema, type Instrument } from '#xforms/instrument.ts';
import { codeOf } from '#platform/codes.ts';
import { shownStateSql } from '../collection/review-queries.server.ts';
import { statesOf, type ExportChoice } from './choice.ts';
import type { Submitted } from './rows.ts';

/** A round whose answers leave, with its version of the questionnaire. */
export type ExportRound = { readonly id: string; readonly programmeId: string; readonly code: string; readonly name: LocalText; readonly version: string; readonly instrument: Instrument };

/** The rounds of an export, the earliest first. @throws Problem `not-found` when one is not there, or asks another questionnaire */
export async function roundsOf(tx: Tx, programmeId: string, ids: readonly string[]): Promise<ExportRound[]> {
	const found = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select(['r.id', 'r.number', 'r.name', 'r.programmeId', 'v.version', 'v.model', 'v.instrumentId'])
		.where('r.id', 'in', [...ids])
		.where('r.programmeId', '=', programmeId)
		.orderBy('r.number')
		.execute();
	if (found.length !== new Set(ids).size || new Set(found.map((round) => round.instrumentId)).size !== 1) throw notFound();
	return found.map(({ number, model, ...round }) => ({ ...round, code: codeOf('round', number), instrument: instrumentSchema.parse(model) }));
}

/** Which submissions of a round are asked for. Days are days of the programme's time zone, which the transaction has stated. */
function wanted(roundId: string, choice: ExportChoice): RawBuilder<unknown> {
	return sql.join([
		sql`s.round_id = ${roundId}`,
		...(choice.replaced ? [] : [sql`s.superseded_by is null`]),
		sql`${shownStateSql} = any(${[...statesOf(choice)]}::text[])`,
		...(choice.from ? [sql`s.received_at >= ${choice.from}::date::timestamptz`] : []),
		...(choice.to ? [sql`s.received_at < (${choice.to}::date + 1)::timestamptz`] : []),
		...(choice.place ? [sql`s.place_id = any(array(select p.id from network.place p where p.path <@ (select top.path from network.place top where top.id = ${choice.place})))`] : [])
	], sql` and `);
}

/** How many submissions an export holds, of how many the rounds have, and whether any of them is made up. */
export type Counted = { readonly submissions: number; readonly total: number; readonly madeUp: number };

/** States the programme's time zone for days and moments of this transaction. */
export async function stateTimeZone(tx: Tx, programmeId: string): Promise<void> {
	const programme = await tx.selectFrom('network.programme').select('timeZone').where('id', '=', programmeId).executeTakeFirst();
	if (programme) await sql`select set_config('timezone', ${programme.timeZone}, true)`.execute(tx);
}

export async function countWanted(tx: Tx, rounds: readonly string[], choice: ExportChoice): Promise<Counted> {
	let [submissions, total, madeUp] = [0, 0, 0];
	for (const id of rounds) {
		const { rows } = await sql<{ matching: string; total: string; madeUp: string }>`select count(*) filter (where w) as matching, count(*) as total, count(*) filter (where w and made_up) as made_up
			from (select ${wanted(id, choice)} as w, s.made_up from assessment.submission s where s.round_id = ${id}) x`.execute(tx);
		submissions += Number(rows[0]?.matching ?? 0);
		total += Number(rows[0]?.total ?? 0);
		madeUp += Number(rows[0]?.madeUp ?? 0);
	}
	return { submissions, total, madeUp };
}

type ReadRow = {
	instanceId: string; received: string; placeId: string | null; reviewState: string; flags: number; replacedBy: string | null; answers: Record<string, unknown>; xml: string | null;
};

/** Submissions that are fetched at once. */
const step = 1000;

/**
 * Reads the submissions of an export through a cursor, in the order of their coming: however many there are, only some are in
 * memory. The next ones are asked for while the last ones are being worked on.
 */
export class AnswerReading {
	readonly #tx: Tx;
	readonly #rounds: readonly ExportRound[];
	readonly #choice: ExportChoice;
	readonly #withXml: boolean;
	readonly #locale: Locale;
	#places: Map<string, { name: string; code: string | null }> | undefined;

	constructor(tx: Tx, rounds: readonly ExportRound[], choice: ExportChoice, withXml: boolean, locale: Locale) {
		this.#tx = tx;
		this.#rounds = rounds;
		this.#choice = choice;
		this.#withXml = withXml;
		this.#locale = locale;
	}

	async *batches(): AsyncGenerator<Submitted[]> {
		this.#places ??= await this.#readPlaces();
		const pace = newPace();
		for (const round of this.#rounds) {
			await sql`declare answers_leaving no scroll cursor for select s.instance_id, to_char(s.received_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as received, s.place_id,
					${shownStateSql} as review_state, jsonb_array_length(s.flags) as flags, s.superseded_by as replaced_by, s.answers, ${this.#withXml ? sql`s.xml` : sql`null::text as xml`}
				from assessment.submission s where ${wanted(round.id, this.#choice)} order by s.received_at, s.id`.execute(this.#tx);
			let next = this.#fetch();
			for (;;) {
				const rows = await next;
				if (rows.length === 0) break;
				await pace();
				next = this.#fetch();
				// When whoever reads stops, nobody waits for these.
				next.catch(() => {});
				yield rows.map((row) => this.#submitted(round, row));
			}
			await sql`close answers_leaving`.execute(this.#tx);
		}
	}

	async #fetch(): Promise<ReadRow[]> {
		return (await sql<ReadRow>`fetch ${sql.raw(String(step))} from answers_leaving`.execute(this.#tx)).rows;
	}

	#submitted(round: ExportRound, row: ReadRow): Submitted {
		const place = row.placeId === null ? undefined : this.#places?.get(row.placeId);
		return {
			instanceId: row.instanceId,
			about: {
				received: row.received, round: round.code, version: round.version, place: place?.name ?? null, 'place-code': place?.code ?? null,
				review: row.reviewState, flags: String(row.flags), 'replaced-by': row.replacedBy
			},
			answers: row.answers,
			xml: row.xml
		};
	}

	async #readPlaces(): Promise<Map<string, { name: string; code: string | null }>> {
		const [first] = this.#rounds;
		const rows = first === undefined ? [] : await this.#tx.selectFrom('network.place').select(['id', 'name', 'code']).where('programmeId', '=', first.programmeId).execute();
		return new Map(rows.map(({ id, name, code }) => [id, { name: localText(name, this.#locale).text, code }]));
	}

	/** The files that these submissions name: the hash of what is kept, null while it has not arrived or once it was struck. */
	async *files(): AsyncGenerator<{ instanceId: string; name: string; sha256: Buffer | null; struck: boolean }[]> {
		for (const round of this.#rounds) {
			for (let after = ''; ; ) {
				const { rows } = await sql<{ key: string; instanceId: string; name: string; sha256: Buffer | null; struck: boolean }>`
					select a.submission_id || '/' || a.name as key, s.instance_id, a.name, f.sha256, a.struck_at is not null as struck
					from assessment.submission s join assessment.attachment a on a.submission_id = s.id left join platform.file f on f.id = a.file_id
					where ${wanted(round.id, this.#choice)} and a.submission_id || '/' || a.name > ${after} order by 1 limit ${step}`.execute(this.#tx);
				const last = rows.at(-1);
				if (last === undefined) break;
				yield rows;
				after = last.key;
			}
		}
	}
}

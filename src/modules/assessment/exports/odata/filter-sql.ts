import { sql, type RawBuilder } from 'kysely';
import type { About } from '../columns.ts';
import type { Property } from './edm.ts';
import type { Condition, Literal, Operand } from './filter.ts';

/** A condition on submissions as SQL; the same as `meets` says of a row. Moments are looked at in Greenwich time, which the transaction has stated. */
export function conditionSql(condition: Condition, facts: Readonly<Partial<Record<About, RawBuilder<unknown>>>>): RawBuilder<boolean> {
	switch (condition.is) {
		case 'and':
			return sql`(${conditionSql(condition.left, facts)} and ${conditionSql(condition.right, facts)})`;
		case 'or':
			return sql`(${conditionSql(condition.left, facts)} or ${conditionSql(condition.right, facts)})`;
		case 'not':
			return sql`(not ${conditionSql(condition.of, facts)})`;
		case 'text': {
			const text = textSql(condition.property, facts);
			const { test, value } = condition;
			if (test === 'contains') return sql`coalesce(strpos(${text}, ${value}) > 0, false)`;
			return test === 'startswith' ? sql`coalesce(starts_with(${text}, ${value}), false)` : sql`coalesce(right(${text}, ${[...value].length}) = ${value}, false)`;
		}
		case 'compare': {
			const value = valueSql(condition.operand, facts);
			const wanted = literalSql(condition.operand, condition.value);
			switch (condition.with) {
				case 'eq':
					return sql`(${value} is not distinct from ${wanted})`;
				case 'ne':
					return sql`(${value} is distinct from ${wanted})`;
				case 'gt':
					return sql`coalesce(${value} > ${wanted}, false)`;
				case 'ge':
					return sql`coalesce(${value} >= ${wanted}, false)`;
				case 'lt':
					return sql`coalesce(${value} < ${wanted}, false)`;
				case 'le':
					return sql`coalesce(${value} <= ${wanted}, false)`;
			}
		}
	}
}

function textSql({ column: { source } }: Property, facts: Readonly<Partial<Record<About, RawBuilder<unknown>>>>): RawBuilder<unknown> {
	if (source.from === 'about') return facts[source.what] ?? sql`null::text`;
	const answer = sql`nullif(s.answers ->> ${source.path}::text, '')`;
	return source.from === 'answer' ? answer : sql`case when ${answer} is null then null when ${source.option}::text = any(regexp_split_to_array(${answer}, '\\s+')) then '1' else '0' end`;
}

const number = '^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(e[+-]?[0-9]+)?\\s*$';

/** The value of an operand, null where the answer does not fit its type. */
function valueSql({ property, part }: Operand, facts: Readonly<Partial<Record<About, RawBuilder<unknown>>>>): RawBuilder<unknown> {
	const text = textSql(property, facts);
	if (property.column.source.from === 'about' && property.type === 'Edm.DateTimeOffset') return part === null ? sql`date_trunc('milliseconds', s.received_at)` : partSql(part, sql`s.received_at`);
	switch (property.type) {
		case 'Edm.String':
			return sql`${text} collate "C"`;
		case 'Edm.Date': {
			const day = sql`case when ${text} ~ '^\\s*\\d{4}-\\d{2}-\\d{2}\\s*$' and pg_input_is_valid(${text}, 'date') then (${text})::date end`;
			return part === null ? day : partSql(part, day);
		}
		case 'Edm.DateTimeOffset': {
			const moment = sql`case when ${text} ~ '^\\s*\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}.*(Z|[+-]\\d{2}:?\\d{2})\\s*$' and pg_input_is_valid(${text}, 'timestamptz') then date_trunc('milliseconds', (${text})::timestamptz) end`;
			return part === null ? moment : partSql(part, moment);
		}
		default: {
			const fits = sql`${text} ~* ${number} and length(regexp_replace(btrim(${text}), '^[+-]?0*|\\.|e.*$', '', 'gi')) <= 15`;
			return property.type === 'Edm.Double' ? sql`case when ${fits} then (${text})::float8 end` : sql`case when ${fits} and (${text})::float8 = trunc((${text})::float8) then (${text})::float8 end`;
		}
	}
}

const partSql = (part: string, moment: RawBuilder<unknown>): RawBuilder<unknown> => sql`trunc(extract(${sql.raw(part)} from ${moment}))::float8`;

function literalSql({ property, part }: Operand, value: Literal): RawBuilder<unknown> {
	const type = part !== null ? 'float8' : property.type === 'Edm.String' ? 'text' : property.type === 'Edm.Date' ? 'date' : property.type === 'Edm.DateTimeOffset' ? 'timestamptz' : 'float8';
	if (value === null) return sql`null::${sql.raw(type)}`;
	if (typeof value === 'object') return 'moment' in value ? sql`${new Date(value.moment).toISOString()}::timestamptz` : sql`${value.day}::date`;
	return sql`${value}::${sql.raw(type)}`;
}
